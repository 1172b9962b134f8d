import { existsSync } from 'node:fs';
import { stringify } from 'yaml';
import { asJson } from '../src/compose/canonical/json.ts';
import { config as configOf } from '../src/compose/config.ts';
import { parseCompose } from '../src/compose/parse.ts';
import { variablesFor } from '../src/compose/variables.ts';
import { lineAt } from '../src/text/text.ts';
import { CannotRun, diskFiles, oneOf, readArguments, readText } from './input.ts';

const names = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];

/** `ml-containers config`: the Compose model after everything is laid over each other and filled in; exit status 1 when Compose would refuse it. */
export function config(args: readonly string[]): number {
  const { values, positionals } = readArguments(args, {
    file: { type: 'string', short: 'f', multiple: true, default: [] },
    format: { type: 'string', default: 'yaml' },
  });
  const format = oneOf('format', values.format, ['yaml', 'json']);
  const [first, ...rest] = chosen([...values.file, ...positionals]).map((path) => parseCompose(path, readText(path)));
  if (!first) throw new CannotRun(`Which file? There is no ${names.join(', ')} here: ml-containers config -f FILE`);
  const files = diskFiles();
  const { model, refused } = configOf(
    [first, ...rest],
    { read: (path) => files.read(path), variable: (name) => process.env[name] },
    process.cwd(),
  );
  process.stdout.write(format === 'json' ? `${JSON.stringify(asJson(model), null, 2)}\n` : stringify(model, { lineWidth: 0 }));
  for (const { source, span, message } of refused)
    process.stderr.write(`${source.path}:${String(lineAt(source, Math.max(0, span.start)) + 1)}: ${message}\n`);
  return refused.length ? 1 : 0;
}

/** The files named, those of COMPOSE_FILE, or the project's own with its override. */
function chosen(given: readonly string[]): readonly string[] {
  if (given.length) return given;
  const files = diskFiles();
  const { get } = variablesFor('', { read: (path) => files.read(path), variable: (name) => process.env[name] });
  const listed = get('COMPOSE_FILE');
  if (listed) return listed.split(get('COMPOSE_PATH_SEPARATOR') ?? (process.platform === 'win32' ? ';' : ':'));
  const main = names.find((name) => existsSync(name));
  if (main === undefined) return [];
  const override = names.map((name) => name.replace(/\.ya?ml$/, '.override$&')).find((name) => existsSync(name));
  return override === undefined ? [main] : [main, override];
}
