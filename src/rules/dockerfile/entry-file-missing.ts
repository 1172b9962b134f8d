import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import type { ShellWord } from '../../dockerfile/shell/model.ts';
import { dockerfileRule, type Fix, type World } from '../../lint/rule.ts';
import { builtServices } from '../shared/builtServices.ts';
import { imageContent, startFolder } from '../shared/imageContents.ts';
import { foundAbove } from '../shared/missing.ts';
import { baseName, folderOf, join } from '../../text/paths.ts';
import { serviceMounts, within } from '../shared/published.ts';
import { shippedStages } from '../shared/shipped.ts';
import { startCommands } from '../shared/startCommand.ts';
import { copied } from '../shared/copied.ts';
import { beside, starts } from '../shared/looksAt.ts';

export default dockerfileRule({
  id: 'entry-file-missing',
  severity: 'warning',
  title: 'Start a file that the image has',
  why: "When no COPY brings the file that CMD or ENTRYPOINT names, or `.dockerignore` leaves it out, the container ends at once: «can't open file '/app/app.py'» with exit code 2, «no such file or directory» with 127.",
  reach: 'file',
  looksAt: [...starts('.py', '.sh'), ...beside('CMD', 'ENTRYPOINT', 'COPY', 'ADD', 'WORKDIR', 'RUN')],
  examples: [
    {
      title: 'the context is a folder above',
      path: 'docker/simple/Dockerfile',
      files: { 'docker/simple/run.sh': 'x' },
      good: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY . /app\nCMD ["/bin/sh", "/app/docker/simple/run.sh"]\n',
    },
    {
      files: { 'src/main.py': '' },
      bad: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY src/ .\nCMD ["python", «"src/main.py"»]\n',
      good: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY src/ .\nCMD ["python", "main.py"]\n',
    },
    {
      title: 'left out by .dockerignore',
      files: { 'start.sh': '', '.dockerignore': '*.sh\n', 'app.py': '' },
      bad: 'FROM python:3.12-slim\nCOPY . /app\nENTRYPOINT [«"/app/start.sh"»]\n',
    },
    {
      title: 'in a folder of its own it may be mounted: a remark only',
      files: { 'a.txt': '' },
      bad: 'FROM python:3.12-slim\nCOPY a.txt /app/\nENTRYPOINT [«"/config/start.sh"»]\n',
    },
    {
      title: 'what a RUN may have made, another stage brings, or a Compose file mounts',
      files: { 'a.txt': '', 'compose.yaml': 'services:\n  a:\n    build: .\n    volumes: [".:/app"]\n' },
      good: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY a.txt .\nCMD ["python", "app.py"]\n',
    },
    {
      title: 'a script beside it mounts the folder',
      files: { 'a.txt': '', 'run.sh': 'docker run -d -p 80:80 -v ./:/app app:1\n' },
      good: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY a.txt .\nCMD ["python", "app.py"]\n',
    },
    {
      files: { 'a.txt': '' },
      good: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY a.txt .\nRUN git clone https://example.org/a .\nCMD ["python", "app.py"]\n',
    },
    {
      files: { 'a.txt': '' },
      good: 'FROM python:3.12 AS b\nFROM python:3.12-slim\nWORKDIR /app\nCOPY --from=b /app .\nCMD ["python", "app.py"]\n',
    },
  ],
  *check(file, world) {
    const [stage] = shippedStages(file);
    if (!stage) return;
    const folder = startFolder(stage);
    for (const { words } of startCommands(file, stage)) {
      const [first, ...rest] = words;
      const program = baseName(first?.value ?? '');
      const word = /\.(?:py|sh)$/.test(program)
        ? first
        : /^(?:python[\d.]*|(?:ba|da)?sh)$/.test(program)
          ? rest.find(({ value }) => !/^-(?:u|O+|B|e|x|ex|eu)$/.test(value))
          : undefined;
      if (!word || word.dynamic || !/^[\w./-]+\.(?:py|sh)$/.test(word.value)) continue;
      // Without a slash a program is looked for on PATH.
      if (word === first && !word.value.includes('/')) continue;
      if (!word.value.startsWith('/') && folder === undefined) continue;
      const path = join(folder ?? '/', word.value);
      if (isAbove(file.source.path, path, world.files)) continue;
      const mounts = builtServices(file, world).flatMap(({ service }) => serviceMounts(service.node));
      if (mounts.some(({ target }) => within(path, target)) || imageContent(file, stage, path, world).kind !== 'nothing') continue;
      if (mountedByScript(file, world).some((target) => within(path, target))) continue;
      const right = fixes(file, stage, word, path, folder, world);
      // Where nothing else of the project lies, a file is mounted when the container starts.
      const apart =
        !right.length && !copied(stage).some(({ target }) => topOf(target) === topOf(path)) && topOf(folder ?? '') !== topOf(path);
      yield {
        span: word.span,
        ...(apart ? { severity: 'info' as const } : {}),
        message: `No COPY brings «${path}» into the image: the container ends at once${apart ? ' unless it is mounted there' : ''}. Copy it there, or start the file under the name it has.`,
        fixes: right,
      };
    }
  },
});

/** Where scripts and guides beside a Dockerfile mount something when they start its container. */
function mountedByScript({ source }: Dockerfile, { files }: World): readonly string[] {
  const folder = folderOf(source.path);
  return (files.list(folder) ?? [])
    .filter((name) => /\.sh$|^(?:README\.md|[Mm]akefile|justfile)$/.test(name))
    .flatMap((name) =>
      [...(files.read(join(folder, name)) ?? '').matchAll(/(?:\s-v|--volume)[ =]?\S+?:(\/[^\s:"']+)|\b(?:target|dst)=(\/[^\s,"']+)/g)].map(
        ([, short, long]) => (short ?? long ?? '').replace(/(?<=.)\/$/, ''),
      ),
    );
}

/** The first folder of an absolute path. */
const topOf = (path: string): string => path.replace(/^\/+/, '').replace(/\/.*$/, '');

/** The one place where the image does have a file of this name. */
function fixes(file: Dockerfile, stage: Stage, word: ShellWord, path: string, folder: string | undefined, world: World): readonly Fix[] {
  const name = baseName(path);
  const places = [...new Set(copied(stage).flatMap(({ target }) => [target, join(target, name)]))].filter(
    (place) => place.endsWith(`/${name}`) && imageContent(file, stage, place, world).kind === 'file',
  );
  const [place, ...others] = places;
  if (place === undefined || others.length || !word.text.includes(word.value)) return [];
  const inside = folder !== undefined && !word.value.startsWith('/') && place.startsWith(`${folder.replace(/\/$/, '')}/`);
  const right = inside ? place.slice(folder.replace(/\/$/, '').length + 1) : place;
  return [{ title: `Start ${right}`, safe: false, edits: [{ span: word.span, text: word.text.replace(word.value, right) }] }];
}

/** Whether the end of a path is there from a folder above: that folder is the context then. */
function isAbove(dockerfile: string, path: string, files: World['files']): boolean {
  const parts = path.split('/').filter(Boolean);
  return parts.slice(1, -1).some((_, at) => foundAbove(folderOf(dockerfile), parts.slice(at + 1).join('/'), files));
}
