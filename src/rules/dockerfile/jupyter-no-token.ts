import { commandsOf } from '../../dockerfile/shell/scripts.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { openJupyter } from '../shared/jupyterToken.ts';
import { scriptedStart } from '../shared/scriptedStart.ts';
import { shippedStages } from '../shared/shipped.ts';
import { startCommands } from '../shared/startCommand.ts';
import { withoutWord } from '../shared/edits.ts';

export default dockerfileRule({
  id: 'jupyter-no-token',
  severity: 'warning',
  title: 'Keep Jupyter’s token',
  why: 'Jupyter without a token is a shell for everyone who reaches the port. In an image it holds wherever that is run.',
  reach: 'shipped',
  looksAt: ['CMD', 'ENTRYPOINT', '&COPY', '&ADD', '&WORKDIR'],
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
    {
      title: 'in a script that the image starts',
      files: {
        'start.sh': "#!/bin/bash\nset -e\nexec jupyter lab --ip=0.0.0.0 --ServerApp.token='' --allow-root\n",
        'kept.sh': 'jupyter lab --ip=0.0.0.0\n',
      },
      bad: 'FROM python:3.12\nWORKDIR /app\nCOPY . .\nCMD ["bash", «"start.sh"»]\n',
    },
    {
      title: 'a script that keeps it',
      files: { 'kept.sh': 'jupyter lab --ip=0.0.0.0 --ServerApp.token="$TOKEN"\n' },
      good: 'FROM python:3.12\nWORKDIR /app\nCOPY . .\nCMD ["./kept.sh"]\n',
    },
  ],
  *check(file, world) {
    const [shipped] = shippedStages(file);
    for (const start of shipped ? startCommands(file, shipped) : []) {
      const script = shipped && scriptedStart(file, shipped, start, world);
      const open = script?.words.find(({ value }) => openJupyter([value]) !== undefined);
      if (script && open)
        yield {
          span: script.word.span,
          message: `${script.path} starts Jupyter with an empty ${open.value.split('=')[0] ?? ''}: whoever reaches the port gets a shell. Keep the token there.`,
        };
    }
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
