import type { NewFile } from './kind.ts';
import type { Survey } from './survey.ts';

/** Folders that hold data, results or caches when no code is in them. */
const folders = ['data', 'datasets', 'outputs', 'checkpoints', 'models', 'mlruns', 'wandb', 'runs', 'lightning_logs', 'notebooks'];

/** Files that hold weights. */
const suffixes = ['ckpt', 'pt', 'pth', 'safetensors', 'onnx', 'gguf'];

const codeIn =
  ({ paths }: Survey) =>
  (folder: string): boolean =>
    [...paths].some((path) => path.startsWith(`${folder}/`) && path.endsWith('.py'));

/** The folders and files of weights that an image does not get: whole folders where no code is in them. */
export function weights(survey: Survey): readonly string[] {
  const holdsCode = codeIn(survey);
  const wholly = (path: string): string | undefined =>
    ['models', 'checkpoints'].find((folder) => path.startsWith(`${folder}/`) && !holdsCode(folder));
  const found = [...survey.paths].flatMap((path) => wholly(path) ?? (suffixes.some((suffix) => path.endsWith(`.${suffix}`)) ? [path] : []));
  return [...new Set(found.filter((path) => !/[\s:"'#]/.test(path)))].sort().slice(0, 10);
}

/** What a build of Python code needs nothing of. */
export function dockerignore(survey: Survey): NewFile {
  const holdsCode = codeIn(survey);
  const lines = [
    '.git',
    '.gitignore',
    '.dockerignore',
    '.env',
    '.env.*',
    '**/__pycache__',
    '**/*.pyc',
    '**/.ipynb_checkpoints',
    '.venv',
    'venv',
    '.pytest_cache',
    '.mypy_cache',
    '.ruff_cache',
    '.devcontainer',
    '.vscode',
    'Dockerfile*',
    'compose*.yaml',
    ...folders.filter((folder) => !holdsCode(folder)),
    ...suffixes.map((suffix) => `**/*.${suffix}`),
  ];
  return { path: '.dockerignore', text: lines.map((line) => `${line}\n`).join(''), lines: true };
}

/** Keeps passwords out of Git. */
export const gitignore: NewFile = { path: '.gitignore', text: '.env\n', lines: true };
