import { readEnv } from '../../../compose/envFile.ts';
import { addKey, environmentOf } from '../../../compose/insert.ts';
import { entry, get, items, text, type ComposeFile, type MapNode, type Node } from '../../../compose/model.ts';
import { serviceFacts } from '../../../knowledge/lookup.ts';
import type { World } from '../../../lint/rule.ts';
import { serviceImage } from '../../../rules/shared/composeImage.ts';
import { folderOf, join } from '../../../text/paths.ts';
import { isSecretName } from '../../../rules/shared/secretName.ts';
import { lineBreak, source as sourceOf, type Edit, type Span } from '../../../text/text.ts';
import type { FileEdit, Refactoring } from '../../model.ts';
import { scalar } from './layout.ts';
import type { Step } from './trail.ts';

/** A secret that stands in the file, and the variable that holds it. */
interface Secret {
  readonly name: string;
  readonly value: string;
  /** What of the text is the value, quotes included; the whole item in a list. */
  readonly span: Span;
  readonly list: boolean;
  /** Whether it stands between brackets. */
  readonly flow: boolean;
}

/** Images whose programs read `NAME_FILE`, by the service's id, and the variables they do it for. */
const fromFiles: Readonly<Record<string, RegExp>> = {
  postgres: /^POSTGRES_(?:PASSWORD|USER|DB|INITDB_ARGS)$/,
  mysql: /^(?:MYSQL|MARIADB)_(?:ROOT_PASSWORD|PASSWORD|USER|DATABASE)$/,
  mongo: /^MONGO_INITDB_ROOT_(?:USERNAME|PASSWORD)$/,
  minio: /^MINIO_ROOT_(?:USER|PASSWORD)$/,
};

/** Takes a password or token out of the file: into `.env`, or into a secret where the program can read one. */
export function moveSecret(file: ComposeFile, trail: readonly Step[], world: World): readonly Refactoring[] {
  const [, service, key] = trail;
  if (service?.kind !== 'entry' || key?.kind !== 'entry' || key.entry.key !== 'environment' || service.entry.value.kind !== 'map')
    return [];
  const flow = /[[{]/.test(file.source.text[key.entry.value.span.start] ?? '');
  const secret = secretAt(trail[3], service.entry.value, flow);
  if (!secret) return [];
  const inFile = asSecret(file, service.entry.value, secret, world);
  return [toEnv(file, service.entry.key, secret, world), ...(inFile ? [inFile] : [])];
}

function secretAt(step: Step | undefined, service: MapNode, flow: boolean): Secret | undefined {
  const node: Node | undefined = step?.kind === 'entry' ? step.entry.value : step?.item;
  if (!step || node?.kind !== 'scalar') return undefined;
  const found = [...environmentOf(service)].find(([, each]) => each.node === node);
  const value = found?.[1].value;
  if (
    !found ||
    !value ||
    !isSecretName(found[0]) ||
    /^(?:true|false|yes|no|on|off|null|none|\d{1,2})$/i.test(value) ||
    /[$\r\n]/.test(value.replaceAll('$$', ''))
  )
    return undefined;
  return { name: found[0], value: value.replaceAll('$$', '$'), span: node.span, list: step.kind === 'item', flow };
}

/** The value goes into `.env`, under its own name unless that says something else there. */
function toEnv({ source }: ComposeFile, service: string, { name, value, span, list, flow }: Secret, { files }: World): Refactoring {
  const path = join(folderOf(source.path), '.env');
  const written = files.read(path);
  const known = new Map(readEnv(written ?? '', () => undefined));
  const taken = known.has(name) && known.get(name) !== value;
  const variable = taken ? `${service}_${name}`.toUpperCase().replace(/\W/g, '_') : name;
  const use = `\${${variable}:?set ${variable} in .env}`;
  // Between brackets a brace ends a text without quotes.
  const item = list ? scalar(`${name}=${use}`) : use;
  const edits = [{ span, text: flow && !item.startsWith('"') ? JSON.stringify(item) : item }];
  const others: readonly FileEdit[] =
    known.get(variable) === value ? [] : [{ path, edits: [appended(written ?? '', path, `${variable}=${quoted(value)}`)] }];
  return { title: `Move the value of ${name} to .env`, kind: 'extract', edits, others };
}

function appended(text: string, path: string, line: string): Edit {
  const newline = lineBreak(sourceOf(path, text));
  const before = text === '' || /[\r\n]$/.test(text) ? '' : newline;
  return { span: { start: text.length, end: text.length }, text: before + line + newline };
}

/** A value as env files have it: a `$` in it stays one. */
const quoted = (value: string): string =>
  /^[\w./:@%+=,~-]*$/.test(value) ? value : value.includes("'") ? `"${value.replace(/["\\$]/g, '\\$&')}"` : `'${value}'`;

/** The value goes into a file that Compose mounts, and the variable says where. */
function asSecret(
  file: ComposeFile,
  service: MapNode,
  { name, value, span, list }: Secret,
  { knowledge, files }: World,
): Refactoring | undefined {
  const { source, root } = file;
  const id = serviceFacts(knowledge, serviceImage(service) ?? '')?.id ?? '';
  if (!fromFiles[id]?.test(name) || !root || isUsedInside(service, name)) return undefined;
  const secret = name.toLowerCase();
  const path = join(folderOf(source.path), `secrets/${secret}.txt`);
  if (files.exists(path) || get(root, 'secrets', secret) || entry(service, 'secrets') || text(get(service, 'environment', `${name}_FILE`)))
    return undefined;
  const place = `/run/secrets/${secret}`;
  const keySpan = entry(get(service, 'environment'), name)?.keySpan;
  const rename: readonly Edit[] = list
    ? [{ span, text: `${name}_FILE=${place}` }]
    : keySpan
      ? [{ span: { start: keySpan.start, end: span.end }, text: `${name}_FILE: ${place}` }]
      : [];
  const grant = addKey(source, service, 'secrets', [secret]);
  const section = get(root, 'secrets');
  const declared = { [secret]: { file: `./secrets/${secret}.txt` } };
  const declare =
    section?.kind === 'map'
      ? addKey(source, section, secret, declared[secret] ?? {}, [])
      : atEnd(file, ['secrets:', `  ${secret}:`, `    file: ./secrets/${secret}.txt`]);
  if (!rename.length || !grant || !declare || (entry(root, 'secrets') && section?.kind !== 'map')) return undefined;
  return {
    title: `Move the value of ${name} to a secret`,
    kind: 'extract',
    edits: [...rename, grant, declare],
    others: [{ path, edits: [{ span: { start: 0, end: 0 }, text: value }] }],
  };
}

/** Whether a check or a command of the container reads a variable itself: only the image's own start reads it from the file. */
const isUsedInside = (service: MapNode, name: string): boolean =>
  [get(service, 'healthcheck', 'test'), get(service, 'command'), get(service, 'entrypoint')]
    .flatMap(items)
    .some((each) => (text(each) ?? '').includes(name));

function atEnd({ source }: ComposeFile, lines: readonly string[]): Edit {
  const newline = lineBreak(source);
  const end = source.text.length;
  const before = /[\r\n]$/.test(source.text) ? newline : newline + newline;
  return { span: { start: end, end }, text: before + lines.join(newline) + newline };
}
