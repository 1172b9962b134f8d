import { readEnv } from '../../compose/envFile.ts';
import { environmentOf } from '../../compose/insert.ts';
import { substitute } from '../../compose/interpolate.ts';
import { get, items, text, type ComposeFile, type MapNode, type Node } from '../../compose/model.ts';
import { variablesFor } from '../../compose/variables.ts';
import type { World } from '../../lint/rule.ts';
import { imageReference, tableName } from '../../text/imageReference.ts';
import { literal } from '../../text/literal.ts';
import { folderOf, join } from '../../text/paths.ts';
import { commandWords } from './serviceCommand.ts';
import { surroundingsOf } from './surroundings.ts';

/** What a row says about who looks at a variable. */
interface Asker {
  readonly image?: string;
  readonly programs?: readonly string[];
}

/** Whether the image asks for it in the program that the service runs. */
export function asks({ image: only, programs }: Asker, image: string, service: MapNode): boolean {
  if (get(service, 'entrypoint')) return false;
  if (only !== undefined && !new RegExp(only, 'u').test(tableName(imageReference(image)))) return false;
  const first = commandWords(service)[0]?.value;
  return first === undefined || first.startsWith('-') || programs?.includes(first) === true;
}

/** Whether a folder of the project is mounted that already holds something: then it starts with what it has. */
export const hasData = (file: ComposeFile, service: MapNode, { files }: World): boolean =>
  items(get(service, 'volumes')).some((item) => {
    const source = text(item)?.split(':')[0] ?? text(get(item, 'source')) ?? '';
    return (
      /^\.{1,2}\//.test(source) &&
      (files.list(join(folderOf(file.source.path), source)) ?? []).some((name) => /^PG_VERSION$|^mysql\/$|^ibdata1$/.test(name))
    );
  });

/** What the env files of a service set; undefined when one of them cannot be read. */
export function envFileVariables(
  file: ComposeFile,
  service: MapNode,
  { files }: World,
  outside: (name: string) => string | undefined = () => '',
): ReadonlyMap<string, string> | undefined {
  const set = new Map<string, string>();
  const all = envFilesOf(file, service, files).every(({ content }) => {
    for (const [name, value] of readEnv(content ?? '', outside)) set.set(name, value);
    return content !== undefined;
  });
  return all ? set : undefined;
}

/** An env file that a service names. */
interface NamedEnvFile {
  readonly node: Node;
  readonly path: string | undefined;
  /** Undefined where it cannot be read. */
  readonly content: string | undefined;
}

/** The env files that a service names, in either form. */
export const envFilesOf = ({ source }: ComposeFile, service: MapNode, files: World['files']): readonly NamedEnvFile[] =>
  items(get(service, 'env_file')).map((item) => {
    const node = (item.kind === 'map' ? get(item, 'path') : undefined) ?? item;
    const path = text(node);
    const content = path === undefined || path.includes('$') ? undefined : files.read(join(folderOf(source.path), path));
    return { node, path, content };
  });

/** A variable of a container, and what gives it its value. */
export interface GivenVariable {
  /** As the container has it; undefined where only whoever starts it knows. */
  readonly value: string | undefined;
  /** The value or the item of `environment`, or what names the env file. */
  readonly node: Node;
  /** The env file that it stands in. */
  readonly path?: string;
  /** Whether the value stands at the node itself, so that it can be replaced there. */
  readonly written: boolean;
}

/** All variables of a container: those of its env files, those of `environment` laid over them, what `.env` says filled in. */
export function givenVariables(file: ComposeFile, service: MapNode, world: World): ReadonlyMap<string, GivenVariable> {
  const { get: known } = variablesFor(folderOf(file.source.path), surroundingsOf(world));
  const found = new Map<string, GivenVariable>();
  for (const { node, path, content } of envFilesOf(file, service, world.files))
    if (path !== undefined && content !== undefined)
      for (const [name, value] of readEnv(content, known)) found.set(name, { value, node, path, written: false });
  for (const [name, { value, node }] of environmentOf(service)) {
    const filled = value?.includes('$') ? fill(value, known) : (value ?? known(name));
    found.set(name, { value: filled, node, written: value !== undefined && filled === value });
  }
  return found;
}

/** A value with its variables put in; undefined where one is not set here, since a default is there for whoever sets none. */
function fill(value: string, known: (name: string) => string | undefined): string | undefined {
  const missing: string[] = [];
  const result = substitute(value, (name) => {
    const found = known(name);
    if (found === undefined) missing.push(name);
    return found;
  });
  return result.ok && !missing.length ? result.text : undefined;
}

/** ` of gpu.env`, where a variable stands in an env file. */
export const standsIn = ({ path }: Pick<GivenVariable, 'path'>): string => (path === undefined ? '' : ` of ${path}`);

/** Whether another file that is read together with this one sets the variables of a service, or may: it names an env file. */
export const setElsewhere = (
  { source }: ComposeFile,
  name: string,
  sets: (names: ReadonlySet<string>) => boolean,
  { workspace, files }: World,
): boolean => {
  const folder = folderOf(source.path);
  const beside = workspace.composeFiles().filter((other) => folderOf(other.source.path) === folder);
  const known = new Set([source.path, ...beside.map((other) => other.source.path)]);
  // Files that `-f` or `include` names may be called anything.
  const others = (files.list(folder) ?? []).filter((each) => /\.ya?ml$/.test(each) && !known.has(join(folder, each)));
  return (
    beside.some(
      (other) =>
        other.source.path !== source.path &&
        other.services.some(
          (service) =>
            service.name === name && (Boolean(get(service.node, 'env_file')) || sets(new Set(environmentOf(service.node).keys()))),
        ),
    ) ||
    others.some((each) => {
      const content = files.read(join(folder, each)) ?? '';
      return new RegExp(`^ +${literal(name)}:`, 'm').test(content) && sets(new Set(content.match(/\w+/g)));
    })
  );
};
