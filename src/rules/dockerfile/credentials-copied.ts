import { dockerfileRule, type Files } from '../../lint/rule.ts';
import { buildContext } from '../shared/buildContext.ts';
import { ignored } from '../shared/dockerignore.ts';
import { baseName, join } from '../../text/paths.ts';
import { isSecretName } from '../shared/secretName.ts';
import { withoutArgument } from '../shared/edits.ts';

const secret =
  /(?:^|\/)(?:\.env(?:\.(?:local|prod|production|staging|dev|development))?|\.netrc|\.npmrc|\.pypirc|kaggle\.json|service[-_]account[\w-]*\.json|id_rsa|id_ed25519|credentials\.json|config\.local)$|(?:^|\/)\.(?:aws|kaggle|ssh|gcloud)(?:\/|$)/;
const certain = ['.env', '.netrc', '.pypirc', 'kaggle.json', 'id_rsa', 'id_ed25519', '.aws/', '.kaggle/', '.ssh/', '.dvc/config.local'];

/** What holds a key in the folders of AWS, Kaggle and ssh: the rest may be settings. */
const keys = /^(?:credentials|config|kaggle\.json|id_\w+|.*\.pem)$/;

/** What stands where somebody has to write a secret. */
const standIn =
  /^["']?(?:<.*>|\[.*\]|your[-_ ].*|my[-_]?secret.*|change-?me.*|replace.*|xx+.*|\*+|\.{3}|dummy.*|example.*|placeholder.*|todo)["']?$/i;

export default dockerfileRule({
  id: 'credentials-copied',
  severity: 'error',
  title: 'Keep credentials out of the build context',
  why: 'A copied `.env`, `.aws`, `.netrc` or `kaggle.json` is in a layer: deleting it later does not remove it, and everyone who can pull the image can read it. Use `RUN --mount=type=secret`, and name the file in `.dockerignore`.',
  looksAt: ['COPY', 'ADD'],
  examples: [
    {
      title: 'words that stand for a secret, and a folder of AWS without keys',
      files: { '.env': 'POSTGRES_PASSWORD=your_password\nOPENAI_API_KEY=<key>\n', '.aws/task-definition.json': '{}' },
      good: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\n',
    },
    {
      title: 'a key in a folder',
      files: { 'secrets/gcp.json': '{"type": "service_account", "private_key": "x"}' },
      bad: 'FROM python:3.12-slim\nCOPY «secrets/» /app/secrets/\n',
      good: 'FROM python:3.12-slim\n',
    },
    {
      title: 'by name',
      files: { '.env': 'KEY=x' },
      bad: 'FROM python:3.12-slim\nCOPY «.env» /app/.env\n',
      good: 'FROM python:3.12-slim\n',
    },
    {
      title: 'with everything else',
      files: { '.env': 'KEY=x', 'app.py': 'x', '.dockerignore': '.git\n' },
      bad: 'FROM python:3.12-slim\nCOPY «.» /app\n',
    },
    { files: { '.env': 'KEY=x', '.dockerignore': '.env\n' }, good: 'FROM python:3.12-slim\nCOPY . /app\n' },
    {
      title: 'what a password stands in',
      files: { '.npmrc': '//registry.example.org/:_authToken=abc\n', '.env': 'DATABASE_URL=postgres://me:pw@db/x\n' },
      bad: 'FROM node:22\nCOPY package.json «.npmrc» «.env» ./\n',
    },
    {
      title: 'addresses and switches are none',
      files: { 'web/.npmrc': 'engine-strict=true\n', '.env': 'VITE_API_URL=/api\nDEBUG=1\n' },
      good: 'FROM node:22\nCOPY web/package.json web/.npmrc ./web/\nCOPY .env .\nCOPY . .\n',
    },
    {
      title: 'taken back into the context by name',
      files: { '.env': 'KEY=x', '.dockerignore': '.env*\n!.env\n' },
      good: 'FROM node:22\nCOPY .env /app/.env\nCOPY . /app\n',
    },
    { title: 'an example file', files: { '.env.example': 'KEY=\n' }, good: 'FROM python:3.12-slim\nCOPY .env.example /app/.env\n' },
  ],
  *check(file, world) {
    const { files } = world;
    const folder = buildContext(file, world);
    const ignores = ignored(file.source.path, files, folder);
    // Who writes `!.env` wants it in the image.
    const wanted = (files.read(join(folder, '.dockerignore')) ?? '')
      .split(/\r?\n/)
      .flatMap((line) => (line.startsWith('!') ? [line.slice(1).trim()] : []));
    const skip = (path: string): boolean => ignores(path) || wanted.some((each) => each.replace(/^\//, '') === path);
    /** The secrets in a folder, two folders deep; a key for service accounts says itself what it is. */
    const secretsIn = (path: string, depth = 1): readonly string[] =>
      (files.list(join(folder, path)) ?? []).flatMap((name) => {
        const below = join(path, name);
        if (name.endsWith('/')) return depth > 0 && !/^(?:node_modules|\.git)\/$/.test(name) ? secretsIn(below, depth - 1) : [];
        return (certain.includes(name) && !name.endsWith('/')) || (name.endsWith('.json') && isServiceAccount(join(folder, below), files))
          ? [below]
          : [];
      });
    for (const instruction of file.instructions) {
      const { keyword, args, flags } = instruction;
      if ((keyword !== 'COPY' && keyword !== 'ADD') || flags.some(({ name }) => name === 'from')) continue;
      for (const word of args.slice(0, -1)) {
        const { value } = word;
        if (/[$*?]/.test(value)) continue;
        const clean = join('', value);
        const everything = clean === '';
        const found = everything
          ? certain.filter(
              (name) =>
                (name.endsWith('/')
                  ? files.list(join(folder, name))?.some((each) => keys.test(each)) === true
                  : files.exists(join(folder, name)) && !isHarmless(join(folder, name), files)) && !skip(name.replace(/\/$/, '')),
            )
          : secret.test(clean) && files.exists(join(folder, clean)) && !skip(clean) && !isHarmless(join(folder, clean), files)
            ? [clean]
            : secretsIn(clean).filter((path) => !skip(path) && !isHarmless(join(folder, path), files));
        if (!found.length) continue;
        const edit = everything ? undefined : withoutArgument(file, instruction, word, 2);
        yield {
          span: word.span,
          message: `This copies ${found.join(', ')} into a layer, where everyone who has the image can read it. ${everything ? 'Name it in .dockerignore' : 'Mount it as a secret (RUN --mount=type=secret)'}.`,
          fixes: edit ? [{ title: `Do not copy ${value}`, safe: false, edits: [edit] }] : [],
        };
      }
    }
  },
});

/** Whether a file is a key for a service account of Google’s, the key in it. */
const isServiceAccount = (path: string, files: Files): boolean =>
  /account|credential|gcp|google|key|secret/i.test(path) &&
  (files.size(path) ?? Infinity) < 10_000 &&
  /"type"\s*:\s*"service_account"/.test(files.read(path) ?? '');

/** Whether the file is one that often holds a secret, and can be seen to hold none: addresses and switches alone. */
function isHarmless(path: string, files: Files): boolean {
  const name = baseName(path);
  const holds = /^\.env(?:\.|$)/.test(name)
    ? holdsSecretVariable
    : name === '.npmrc'
      ? /^[^#;\n]*_(?:auth|authToken|password)\s*=\s*(?!\$\{)\S/m
      : name === '.pypirc' || name === '.netrc'
        ? /^[^#\n]*\bpassword\b/m
        : undefined;
  const text = holds && files.read(path);
  if (text === undefined || !holds) return false;
  return typeof holds === 'function' ? !holds(text) : !holds.test(text);
}

const holdsSecretVariable = (text: string): boolean =>
  [...text.matchAll(/^\s*(?:export\s+)?([\w.-]+)\s*=\s*(.*)$/gm)].some(
    ([, name = '', value = '']) =>
      (isSecretName(name) && !/^(?:["']?["']?|\$.*)$/.test(value.trim()) && !standIn.test(value.replace(/\s+#.*$/, '').trim())) ||
      /:\/\/[^/\s:]*:[^/\s@]+@/.test(value),
  );
