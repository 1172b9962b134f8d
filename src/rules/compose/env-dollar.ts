import { substitute } from '../../compose/interpolate.ts';
import { environmentOf } from '../../compose/insert.ts';
import { get, items, text, type MapNode, type Node } from '../../compose/model.ts';
import { variablesFor } from '../../compose/variables.ts';
import { composeRule, type Fix } from '../../lint/rule.ts';
import type { Source } from '../../text/text.ts';
import { folderOf } from '../../text/paths.ts';
import { isSecretName } from '../shared/secretName.ts';
import { variableUses } from '../shared/variableUse.ts';
import { surroundingsOf } from '../shared/surroundings.ts';

/** Variables that a value means to take from the container, never from the host. */
const insides = new Set(['PATH', 'LD_LIBRARY_PATH', 'PYTHONPATH', 'HOSTNAME', 'RANDOM']);

/** A hashed password: bcrypt, Apache’s and those of crypt, Argon2. */
const isHash = /^(?:[\w.-]+:)?\$(?:2[abxy]\$\d\d|apr1|argon2(?:id?|d)|[156])\$/;

/** Those that a shell in the container has of its own, too; the host's are meant where its folder is mounted at the same path. */
const ofUser = new Set(['HOME', 'USER', 'SHELL']);

export default composeRule({
  id: 'env-dollar',
  severity: 'warning',
  title: 'Write $$ where the container shall read a variable',
  why: 'Compose fills in `$NAME` itself, from `.env` and the shell on the host, before any container runs. What is meant for a shell in the container (a variable of `environment`, one that the command sets itself, the container’s PATH) becomes the host’s value, or nothing. `$$NAME` reaches the container as `$NAME`.',
  looksAt: ['command', 'entrypoint', 'environment', 'healthcheck', 'volumes'],
  examples: [
    {
      title: 'set where the host has none',
      good: 'services:\n  init:\n    image: python:3.12\n    command:\n      - sh\n      - -c\n      - |\n        if [ -z "${APP_UID}" ]; then export APP_UID=1000; fi\n        chown "${APP_UID}" /data\n',
    },
    {
      title: 'a hash',
      bad: 'services:\n  a:\n    image: a:1\n    environment: [«"ADMIN_HASH=$2b$12$abcdefghijk"»]\n',
      good: 'services:\n  a:\n    image: a:1\n    environment: ["ADMIN_HASH=$2b$12$$abcdefghijk"]\n',
    },
    {
      bad: 'services:\n  db:\n    image: postgres:17\n    environment:\n      POSTGRES_USER: app\n    healthcheck:\n      test: ["CMD-SHELL", «"pg_isready -U $POSTGRES_USER"»]\n',
      good: 'services:\n  db:\n    image: postgres:17\n    environment:\n      POSTGRES_USER: app\n    healthcheck:\n      test: ["CMD-SHELL", "pg_isready -U $$POSTGRES_USER"]\n',
    },
    {
      title: 'a variable of the command',
      bad: 'services:\n  job:\n    image: job:1\n    command: «sh -c "for f in a b; do echo $f; done"»\n',
      good: 'services:\n  job:\n    image: job:1\n    command: sh -c "for f in a b; do echo $$f; done"\n',
    },
    {
      title: 'each of them, at every place',
      bad: 'services:\n  job:\n    image: job:1\n    environment: {A: a, B: b}\n    command: «sh -c "echo $A $$A ${B} $A"»\n',
      good: 'services:\n  job:\n    image: job:1\n    environment: {A: a, B: b}\n    command: sh -c "echo $$A $$A $${B} $$A"\n',
    },
    {
      title: 'the PATH of the host; no shell reads `environment`, so it has to be written out',
      bad: 'services:\n  job:\n    image: job:1\n    environment:\n      PATH: «/opt/venv/bin:$PATH»\n',
      good: 'services:\n  job:\n    image: job:1\n    environment:\n      PATH: /opt/venv/bin:/usr/local/bin:/usr/bin:/bin\n',
    },
    {
      title: 'the home of who starts it',
      bad: 'services:\n  job:\n    image: job:1\n    command: «sh -c "ls $HOME/.cache"»\n',
      good: 'services:\n  job:\n    image: job:1\n    command: sh -c "ls $$HOME/.cache"\n',
    },
    {
      title: 'no shell in the container reads it, or its folder is mounted',
      good: 'services:\n  job:\n    image: job:1\n    command: run --cache $HOME/.cache\n  two:\n    image: two:1\n    command: sh -c "ls $HOME/.cache"\n    volumes: ["$HOME/.cache:$HOME/.cache"]\n',
    },
    {
      title: 'a password with a dollar sign',
      bad: 'services:\n  db:\n    image: postgres:17\n    environment:\n      POSTGRES_PASSWORD: «ab1$cd2»\n',
      good: 'services:\n  db:\n    image: postgres:17\n    environment:\n      POSTGRES_PASSWORD: ab1$$cd2\n',
    },
    {
      title: 'a key that is put together',
      good: 'services:\n  db:\n    image: db:1\n    environment:\n      API_KEY: prefix-$TENANT\n      OTHER_KEY: ${TENANT}-x\n',
    },
    {
      title: 'the host has it, by .env or by an example of it',
      files: { '.env': 'POSTGRES_USER=app\n' },
      good: 'services:\n  db:\n    image: postgres:17\n    environment:\n      POSTGRES_USER: ${POSTGRES_USER}\n      TAG: $TAG\n    healthcheck:\n      test: ["CMD-SHELL", "pg_isready -U $POSTGRES_USER"]\n',
    },
  ],
  *check(file, world) {
    const variables = variablesFor(folderOf(file.source.path), surroundingsOf(world));
    const isHost = (name: string): boolean => variables.get(name) !== undefined || variables.expected(name);
    for (const { node } of file.services) {
      const own = environmentOf(node);
      // A variable that is handed through comes from the host.
      const shell = hasShell(node);
      const inside = (name: string): boolean => insides.has(name) || (ofUser.has(name) && shell);
      const given = new Set([...own].flatMap(([name, { value }]) => (value === undefined || value.includes('$') ? [] : [name])));
      for (const place of ['command', 'entrypoint']
        .flatMap((key) => items(get(node, key)))
        .concat(items(get(node, 'healthcheck', 'test')))) {
        const value = text(place) ?? '';
        const names = used(value).filter(
          (each) => (given.has(each) || sets(value, each) || inside(each)) && (inside(each) || !isHost(each)),
        );
        const [name] = names;
        if (name !== undefined)
          yield report(
            file.source,
            place,
            names,
            given.has(name)
              ? 'it is set for the container alone'
              : inside(name)
                ? 'the container has its own'
                : 'the command sets it itself',
          );
      }
      for (const [secret, { value = '', node: place }] of own) {
        const lost = isHash.test(value)
          ? used(value)[0]
          : isSecretName(secret)
            ? /[A-Za-z\d]\$([a-z]\w*)/.exec(value.replaceAll('$$', ''))?.[1]
            : undefined;
        if (lost !== undefined && !isHost(lost)) {
          yield report(file.source, place, [lost], `the end of «${secret}» is cut off`);
          continue;
        }
        const name = used(value).find((each) => insides.has(each) && value !== `$${each}` && value !== `\${${each}}`);
        if (name !== undefined)
          yield {
            span: place.span,
            message: `Compose puts the host’s ${name} here, not the container’s. Write the value out, or set the variable with ENV in the Dockerfile, which knows the one before.`,
          };
      }
    }
  },
});

const used = (value: string): readonly string[] => {
  const result = substitute(value, () => undefined);
  return result.ok ? result.unset : [];
};

/** Whether a shell reads the command or the check, and nothing is mounted where it lies in the host's home. */
const hasShell = (service: MapNode): boolean =>
  ['command', 'entrypoint'].some((key) =>
    /(?:^|[/\s])(?:ba|z|da)?sh\s+-\w*c\b/.test(
      items(get(service, key))
        .map((item) => text(item) ?? '')
        .join(' '),
    ),
  ) && !items(get(service, 'volumes')).some((item) => /\bHOME\b|^~/.test(text(item) ?? text(get(item, 'source')) ?? ''));

/** Whether a script gives a variable its value, and not only where the host has none: `[ -z "${X}" ]`. */
const sets = (script: string, name: string): boolean =>
  !new RegExp(`(?:\\[|\\btest)\\s+-[zn]\\s+"?\\$\\{?${name}\\b`).test(script) &&
  new RegExp(`(?:^|[;&|\\s({"'])(?:for\\s+${name}\\s+in\\b|(?:export\\s+|local\\s+)?${name}=|read\\s+(?:-\\w+\\s+)*${name}\\b)`).test(
    script,
  );

function report(
  source: Source,
  node: Node,
  names: readonly string[],
  why: string,
): { span: MapNode['span']; message: string; fixes: readonly Fix[] } {
  const { start, end } = node.span;
  const edits = variableUses(source.text.slice(start, end), names).map((at) => ({
    span: { start: start + at, end: start + at },
    text: '$',
  }));
  const name = names[0] ?? '';
  return {
    span: node.span,
    message: `Compose puts the host’s ${name} here, or nothing, before the container runs; ${why}. Write $$${name}.`,
    fixes: edits.length ? [{ title: `Write ${names.map((each) => `$$${each}`).join(', ')}`, safe: false, edits }] : [],
  };
}
