import { variablesAt } from '../../dockerfile/scope.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { homeless, homeVariables } from '../shared/homeless.ts';
import { stagePackages } from '../shared/stagePackages.ts';
import { beside, pythonPackages, stageWords } from '../shared/looksAt.ts';
import { pythonInstalls } from '../shared/pythonInstalls.ts';

/** Packages that write to the home folder, and what they keep there. */
const writers: Readonly<Record<string, string>> = {
  transformers: 'models',
  'sentence-transformers': 'models',
  'huggingface-hub': 'models',
  diffusers: 'models',
  datasets: 'data sets',
  vllm: 'models',
  torchvision: 'models',
  ultralytics: 'settings',
  matplotlib: 'fonts',
  numba: 'compiled code',
  librosa: 'compiled code',
  nltk: 'corpora',
  'openai-whisper': 'models',
  keras: 'settings',
  streamlit: 'settings',
  jupyterlab: 'settings',
  notebook: 'settings',
};

export default dockerfileRule({
  id: 'user-no-home',
  severity: 'info',
  title: 'Give a user whose libraries write to ~ a home folder',
  why: '`useradd` makes no home folder unless -m asks for it. transformers, torch.hub, matplotlib, numba and others keep models, fonts and compiled code below `~`: they fail with «PermissionError», or work slowly without their cache. `-m` makes the folder; `HF_HOME` and the like put the caches elsewhere.',
  reach: 'shipped',
  looksAt: ['RUN useradd', 'RUN adduser', ...beside(...stageWords, ...pythonPackages, 'USER')],
  needs: pythonInstalls(...Object.keys(writers)),
  examples: [
    {
      bad: 'FROM python:3.12-slim\nRUN pip install transformers\nRUN «useradd» -r app\nUSER app\n',
      good: 'FROM python:3.12-slim\nRUN pip install transformers\nRUN useradd -m -r app\nUSER app\n',
    },
    {
      title: 'the caches are elsewhere',
      good: 'FROM python:3.12-slim\nENV HF_HOME=/models\nRUN pip install transformers\nRUN useradd -r app\nUSER app\n',
    },
    { title: 'nothing is known to write there', good: 'FROM python:3.12-slim\nRUN pip install flask && useradd a\nUSER a\n' },
    {
      title: 'it is made by hand',
      good: 'FROM python:3.12-slim\nRUN pip install transformers && useradd b && mkdir /home/b && chown b /home/b\nUSER b\n',
    },
  ],
  *check(file, world) {
    for (const { stage, user } of homeless(file)) {
      if (user.folder !== undefined) continue;
      const set = variablesAt(file, stage, undefined, world.options.buildArgs);
      if (homeVariables.some((name) => set.has(name))) continue;
      const found = stagePackages(file, stage, world).find(({ requirement }) => Object.hasOwn(writers, requirement.name));
      if (!found) continue;
      const { head, instruction, program } = user.call;
      yield {
        span: head.span,
        message: `«${user.name ?? user.uid ?? ''}» gets no home folder, and ${found.requirement.name} keeps its ${writers[found.requirement.name] ?? 'files'} there. Add -m, or set ${/matplotlib/.test(found.requirement.name) ? 'MPLCONFIGDIR' : 'HF_HOME or HOME'}.`,
        fixes:
          program === 'useradd' && !instruction.json
            ? [{ title: 'Add -m', safe: true, edits: [{ span: { start: head.span.end, end: head.span.end }, text: ' -m' }] }]
            : [],
      };
    }
  },
});
