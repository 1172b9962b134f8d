import type { NewFile } from './kind.ts';
import type { Survey } from './survey.ts';

/** Folders that hold data, results or caches when no code is in them. */
const folders = ['data', 'datasets', 'outputs', 'checkpoints', 'models', 'mlruns', 'wandb', 'runs', 'lightning_logs', 'notebooks'];

/** What a build of Python code needs nothing of. */
export function dockerignore({ paths }: Survey): NewFile {
  const holdsCode = (folder: string): boolean => [...paths].some((path) => path.startsWith(`${folder}/`) && path.endsWith('.py'));
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
    ...['ckpt', 'pt', 'pth', 'safetensors', 'onnx', 'gguf'].map((suffix) => `**/*.${suffix}`),
  ];
  return { path: '.dockerignore', text: lines.map((line) => `${line}\n`).join(''), lines: true };
}

/** Keeps passwords out of Git. */
export const gitignore: NewFile = { path: '.gitignore', text: '.env\n', lines: true };
