import { commandsOf } from '../../dockerfile/shell/scripts.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { openJupyter } from '../shared/jupyterToken.ts';
import { withoutWord } from '../shared/edits.ts';

export default dockerfileRule({
  id: 'jupyter-no-token',
  severity: 'warning',
  title: 'Keep Jupyter’s token',
  why: 'Jupyter without a token is a shell for everyone who reaches the port. In an image it holds wherever that is run.',
  looksAt: ['CMD', 'ENTRYPOINT'],
  examples: [
    {
      bad: 'FROM python:3.12\nCMD ["jupyter", "lab", "--ip=0.0.0.0", «"--ServerApp.token="»]\n',
      good: 'FROM python:3.12\nCMD ["jupyter", "lab", "--ip=0.0.0.0"]\n',
    },
    {
      title: 'token and password',
      bad: 'FROM python:3.12\nCMD ["bash", "-c", "jupyter lab «--ServerApp.token=» --ServerApp.password= --ip=0.0.0.0"]\n',
      good: 'FROM python:3.12\nCMD ["bash", "-c", "jupyter lab --ip=0.0.0.0"]\n',
    },
    {
      bad: "FROM python:3.12\nCMD jupyter lab «--ServerApp.token=''» --ip=0.0.0.0\n",
      good: 'FROM python:3.12\nCMD jupyter lab --ip=0.0.0.0\n',
    },
  ],
  *check(file) {
    for (const instruction of file.instructions) {
      if (instruction.keyword !== 'CMD' && instruction.keyword !== 'ENTRYPOINT') continue;
      for (const { words } of commandsOf(file, instruction)) {
        const open = words.filter(({ value }) => openJupyter([value]) !== undefined);
        const [word] = open;
        if (!word) continue;
        const edits = open.flatMap((each) => withoutWord(file, words, each) ?? []);
        yield {
          span: word.span,
          message: `${word.value.split('=')[0] ?? ''} is empty: whoever reaches the port gets a shell. Keep the token.`,
          fixes: edits.length === open.length ? [{ title: 'Keep the token', safe: false, edits }] : [],
        };
      }
    }
  },
});
