import { addItem } from '../../compose/insert.ts';
import { get } from '../../compose/model.ts';
import { composeRule } from '../../lint/rule.ts';
import { serviceBuild } from '../shared/composeImage.ts';
import { workdir } from '../shared/copied.ts';
import { serviceMounts, within } from '../shared/published.ts';
import { stageText } from '../shared/stageText.ts';

export default composeRule({
  id: 'code-mount-hides-install',
  severity: 'warning',
  title: 'Keep the virtual environment when the code is mounted',
  why: 'A bind mount over the folder that holds the image’s `.venv` hides it: «No module named …» right after `up`. An anonymous volume at the environment’s path keeps it visible.',
  looksAt: ['build', 'volumes'],
  examples: [
    {
      files: {
        Dockerfile:
          'FROM python:3.12-slim\nWORKDIR /app\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --frozen\nCOPY . .\nCMD ["uv", "run", "main.py"]\n',
      },
      bad: 'services:\n  api:\n    build: .\n    volumes:\n      - «.:/app»\n',
      good: 'services:\n  api:\n    build: .\n    volumes:\n      - .:/app\n      - /app/.venv\n',
    },
    {
      files: { Dockerfile: 'FROM python:3.12-slim\nWORKDIR /app\nRUN uv sync --frozen\n' },
      good: 'services:\n  api:\n    build: .\n    volumes:\n      - .:/app\n      - /app/.venv\n',
    },
    {
      title: 'the environment is elsewhere',
      files: { Dockerfile: 'FROM python:3.12-slim\nENV UV_PROJECT_ENVIRONMENT=/venv\nWORKDIR /app\nRUN uv sync --frozen\n' },
      good: 'services:\n  api:\n    build: .\n    volumes: [".:/app"]\n',
    },
  ],
  *check(file, world) {
    for (const { node } of file.services) {
      const built = serviceBuild(file, node, world);
      if (!built) continue;
      const text = stageText(built.stage);
      const folder = workdir(built.stage);
      const own = folder === undefined ? undefined : environment(text, folder);
      if (own === undefined) continue;
      const mounts = serviceMounts(node);
      if (mounts.some(({ target }) => within(own, target) && target.includes('venv'))) continue;
      const hides = mounts.find(({ type, target }) => type === 'bind' && within(own, target));
      const list = get(node, 'volumes');
      const edit = list?.kind === 'list' ? addItem(file.source, list, own) : undefined;
      if (hides)
        yield {
          span: hides.node.span,
          message: `This mount hides ${own}, where ${built.dockerfile.source.path} installed the packages: the program does not find them${/\buv sync\b/.test(text) ? ', or uv installs them again, into the mounted folder' : ''}. Add a volume «${own}» below it.`,
          fixes: edit ? [{ title: `Add a volume at ${own}`, safe: true, edits: [edit] }] : [],
        };
    }
  },
});

/** The environment that a stage makes below its working directory. */
function environment(text: string, folder: string): string | undefined {
  if (/\buv sync\b/.test(text) && !/UV_PROJECT_ENVIRONMENT|--active|UV_SYSTEM_PYTHON/.test(text))
    return `${folder}/.venv`.replace('//', '/');
  const made = /python3? -m venv\s+(\/\S+)/.exec(text)?.[1];
  return made !== undefined && folder !== '/' && within(made, folder) ? made : undefined;
}
