import { environmentOf } from '../../compose/insert.ts';
import { entry, get, items, text, type ComposeFile, type MapNode } from '../../compose/model.ts';
import { composeRule, type World } from '../../lint/rule.ts';
import { serviceBuild } from '../shared/composeImage.ts';
import { listeningOn, type Listening } from '../shared/listening.ts';
import { commandWords, optionValue, type CommandWord } from '../shared/serviceCommand.ts';
import { scriptedStart } from '../shared/scriptedStart.ts';
import { startCommands } from '../shared/startCommand.ts';

export default composeRule({
  id: 'healthcheck-wrong-port',
  severity: 'warning',
  quiet: 'The container runs; which port its program listens on is read from an option of its command.',
  title: 'Check the port that is served',
  why: 'The check runs inside the container and asks a port on which nothing listens: it fails every time.',
  looksAt: ['image', 'build', 'command', 'entrypoint', 'environment', 'env_file', 'healthcheck', 'ports', 'expose', 'volumes', 'configs'],
  examples: [
    {
      title: 'the address of gunicorn, in the Dockerfile too',
      files: { Dockerfile: 'FROM python:3.12\nCMD ["gunicorn", "--bind=0.0.0.0:5000", "app:app"]\n' },
      bad: 'services:\n  api:\n    build: .\n    healthcheck:\n      test: «curl -f http://localhost:8000/»\n',
      good: 'services:\n  api:\n    build: .\n    healthcheck:\n      test: curl -f http://localhost:5000/\n',
    },
    {
      bad: 'services:\n  api:\n    image: api:1\n    command: uvicorn app:app --host 0.0.0.0 --port 5000\n    healthcheck:\n      test: «curl -f http://localhost:8000/health»\n',
      good: 'services:\n  api:\n    image: api:1\n    command: uvicorn app:app --host 0.0.0.0 --port 5000\n    healthcheck:\n      test: curl -f http://localhost:5000/health\n',
    },
    {
      title: 'what the Dockerfile serves, or the image is known for',
      files: { Dockerfile: 'FROM python:3.12-slim\nEXPOSE 8000\nCMD ["uvicorn", "app:app", "--host", "0.0.0.0", "--port", "8000"]\n' },
      bad: 'services:\n  api:\n    build: .\n    healthcheck:\n      test: ["CMD", "python", "-c", «"import urllib.request as u; u.urlopen(\'http://localhost:8080/health\')"»]\n',
      good: 'services:\n  api:\n    build: .\n    healthcheck:\n      test: ["CMD", "python", "-c", "import urllib.request as u; u.urlopen(\'http://localhost:8000/health\')"]\n',
    },
    {
      bad: 'services:\n  board:\n    image: grafana/grafana:12.1.1\n    healthcheck:\n      test: «curl -f http://localhost:8080/api/health»\n',
    },
    {
      title: 'a second port of the same container',
      good: 'services:\n  api:\n    image: api:1\n    command: serve --port 5000 --metrics-port 8000\n    healthcheck:\n      test: ["CMD", "curl", "-f", "http://localhost:8000/"]\n  b:\n    image: b:1\n    command: serve --port 5000\n    ports: ["8000:8000"]\n    healthcheck:\n      test: curl -f http://localhost:8000/\n',
    },
  ],
  *check(file, world) {
    for (const { node } of file.services) {
      const test = get(node, 'healthcheck', 'test');
      if (!test) continue;
      const words = startWords(file, node, world);
      const option = optionValue(words, '--port', '-p', '--http-port', '--server-port')?.value ?? boundPort(words);
      const served = option !== undefined && /^\d+$/.test(option) ? option : undefined;
      let known: Listening | undefined;
      for (const item of items(test)) {
        const asked = /(?:localhost|127\.0\.0\.1|0\.0\.0\.0):(\d+)/.exec(text(item) ?? '')?.[1];
        if (asked === undefined || asked === served) continue;
        const others = [
          ...words.filter(({ value }) => !/^(?:curl|wget)$/.test(value)).map(({ value }) => value),
          ...[...environmentOf(node).values()].map(({ value }) => value ?? ''),
          ...items(get(node, 'ports')).map((port) => text(port) ?? text(get(port, 'target')) ?? ''),
        ];
        if (others.some((value) => new RegExp(`(?:^|\\D)${asked}(?:\\D|$)`).test(value))) continue;
        if (option === undefined && !entry(node, 'extends')) known ??= listeningOn(file, node, world, ['ports']);
        if (served === undefined && (!known || known.ports.includes(Number(asked)) || known.mentioned(Number(asked)))) continue;
        const right = served ?? (known?.known || known?.ports.length === 1 ? String(known.ports[0]) : undefined);
        const raw = file.source.text.slice(item.span.start, item.span.end);
        const at = item.span.start + raw.search(new RegExp(`:${asked}(?!\\d)`)) + 1;
        yield {
          span: item.span,
          message: known
            ? `${known.says} ${known.ports.join(', ')}; the check asks ${asked}, where nothing listens.`
            : `The service listens on ${served ?? ''}, and the check asks ${asked}.`,
          fixes:
            right === undefined
              ? []
              : [{ title: `Check port ${right}`, safe: true, edits: [{ span: { start: at, end: at + asked.length }, text: right }] }],
        };
      }
    }
  },
});

/** What a service starts: its own command, else that of the Dockerfile it is built from, where this is one program. */
function startWords(file: ComposeFile, service: MapNode, world: World): readonly CommandWord[] {
  const own = commandWords(service);
  const built = own.length ? undefined : serviceBuild(file, service, world);
  const starts = built ? startCommands(built.dockerfile, built.stage) : [];
  const [start] = starts;
  if (!built || !start || starts.length > 1) return own;
  const { words } = scriptedStart(built.dockerfile, built.stage, start, world) ?? start;
  return words.map(({ value }) => ({ value, node: service }));
}

/** The port of `gunicorn --bind 0.0.0.0:8000`. */
function boundPort(words: readonly CommandWord[]): string | undefined {
  if (!words.some(({ value }) => /^(?:.*\/)?(?:gunicorn|hypercorn)$/.test(value))) return undefined;
  const binds = words.flatMap(({ value }, at) =>
    /^(?:-b|--bind)$/.test(words[at - 1]?.value ?? '') ? [value] : (/^(?:-b|--bind=)(.+)$/.exec(value)?.[1] ?? []),
  );
  return binds.length === 1 ? /:(\d+)$/.exec(binds[0] ?? '')?.[1] : undefined;
}
