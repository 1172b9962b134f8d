import { systemPackages } from '../../dockerfile/packages/system.ts';
import { commandsOf, programOf } from '../../dockerfile/shell/scripts.ts';
import { imageFacts } from '../../knowledge/lookup.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { bases } from '../shared/bases.ts';
import { stageText } from '../shared/stageText.ts';
import { beside, calls, setting } from '../shared/looksAt.ts';

export default dockerfileRule({
  id: 'pip-vs-python',
  severity: 'error',
  title: 'Call Python by the name that the image has',
  why: 'Ubuntu, Debian and the CUDA images have no command `python`: apt installs `python3`. A RUN ends with 127, a CMD with «executable file not found in $PATH».',
  looksAt: [
    ...[...calls('python'), 'HEALTHCHECK python', ...beside('RUN', 'COPY', 'ADD')],
    ...beside(
      ...setting('PATH', '/bin:', 'python3', 'ln -s', 'update-alternatives', 'venv', 'conda', 'mamba', 'pyenv', 'uv', 'alias '),
      ...setting('deadsnakes', '.sh', 'asdf', 'pixi', 'poetry'),
    ),
  ],
  examples: [
    {
      bad: 'FROM nvidia/cuda:12.4.1-runtime-ubuntu22.04\nRUN apt-get update && apt-get install -y python3 python3-pip\nCMD [«"python"», "train.py"]\n',
      good: 'FROM nvidia/cuda:12.4.1-runtime-ubuntu22.04\nRUN apt-get update && apt-get install -y python3 python3-pip\nCMD ["python3", "train.py"]\n',
    },
    {
      bad: 'FROM ubuntu:22.04\nRUN apt-get update && apt-get install -y python3 && «python» --version\n',
      good: 'FROM ubuntu:22.04\nRUN apt-get update && apt-get install -y python3 && python3 --version\n',
    },
    {
      title: 'installed above, called as a module',
      bad: 'FROM ubuntu:22.04\nRUN apt-get update && \\\n    apt-get install -y python3 python3-pip\nRUN «python» -m pip install flask==3.1.0\n',
      good: 'FROM ubuntu:22.04\nRUN apt-get update && \\\n    apt-get install -y python3 python3-pip\nRUN python3 -m pip install flask==3.1.0\n',
    },
    {
      title: 'Python 2',
      good: 'FROM ubuntu:16.04\nRUN apt-get update && apt-get install -y python3 python-dev && curl -O https://example.com/get-pip.py && python get-pip.py\n',
    },
    { good: 'FROM ubuntu:22.04\nRUN apt-get update && apt-get install -y python-is-python3\nCMD ["python", "train.py"]\n' },
    { good: 'FROM ubuntu:22.04\nCOPY --from=build /venv /venv\nENV PATH=/venv/bin:$PATH\nCMD ["python", "train.py"]\n' },
  ],
  *check(file, world) {
    for (const { image, stage, parts } of bases(file, world)) {
      const facts = imageFacts(world.knowledge, image);
      if (facts?.python !== 'none' || facts.sure !== 'certain' || !/^(?:ubuntu|debian|nvidia\/cuda)$/.test(parts.name)) continue;
      for (const each of file.stages.filter((other) => other === stage || other.base === stage)) {
        const text = stageText(each);
        if (!/\bpython3\b/.test(text)) continue;
        // Python 2 was called so, and its packages bring the name.
        if (
          [...systemPackages(file, each)].some((name) =>
            /^python(?:2(?:\.7)?)?(?:-(?:dev|pip|minimal|setuptools|numpy|virtualenv))?$/.test(name),
          )
        )
          continue;
        // A name python, or another Python, may come from any of these.
        if (
          /python-is-python3|ln -s|update-alternatives|venv|conda|mamba|pyenv|\buv\b|alias |ENV PATH|\/bin:|deadsnakes|\.sh\b|asdf|pixi|poetry/.test(
            text,
          )
        )
          continue;
        if (
          each.instructions.some(({ keyword, flags, body }) =>
            keyword === 'ENV' ? /^PATH\b/.test(body.text) : keyword === 'COPY' && flags.some(({ name }) => name === 'from'),
          )
        )
          continue;
        for (const instruction of each.instructions)
          for (const command of commandsOf(file, instruction)) {
            const [program] = programOf(command);
            if (program?.value !== 'python' || command.under.length) continue;
            yield {
              span: program.span,
              message: `«${image}» has no command «python», only python3 once apt has installed it: this ends with «not found» (127).`,
              fixes: [
                { title: 'Use python3', safe: true, edits: [{ span: program.span, text: program.text.replace('python', 'python3') }] },
              ],
            };
          }
      }
    }
  },
});
