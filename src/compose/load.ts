import type { Span } from '../text/text.ts';
import { checkEnvFiles } from './check/envFiles.ts';
import type { Complaint } from './complaint.ts';
import { envFault, hasExample } from './envFile.ts';
import { extendServices, type OpenServices } from './extend.ts';
import { fill } from './fill.ts';
import { includeFiles, type NotIncluded } from './include.ts';
import { mergeFiles, withoutResets } from './merge.ts';
import { get, items, text, type ComposeFile, type MapNode, type Node } from './model.ts';
import { mapOf, nowhere, placedAt, withEntry } from './nodes.ts';
import { parseCompose } from './parse.ts';
import { folderOf, join } from '../text/paths.ts';
import type { Layers } from './project.ts';
import { rebaseRoot, wayTo } from './rebase.ts';
import type { Surroundings } from './surroundings.ts';
import { variablesFor, type Variables } from './variables.ts';
import { oddValues } from './writtenOut.ts';

/** A file, or several laid over each other, as Compose sees them: variables filled in, `extends` and `include` followed. */
export interface Loaded {
  readonly root: MapNode;
  /** This file alone, variables filled in and nothing followed. */
  readonly own: MapNode;
  /** With what it extends, includes and is laid over, and without what is laid over it: what Compose holds against its schema. */
  readonly laid: MapNode;
  readonly complaints: readonly Complaint[];
}

/** Another file that was read on the way, and what is wrong in it: its places lie there. */
export interface Reached {
  readonly file: ComposeFile;
  readonly complaints: readonly Complaint[];
  /** An included file with its variables filled in; of one with services to extend, only those that are extended count. */
  readonly own?: MapNode;
}

interface Options {
  readonly surroundings: Surroundings;
  readonly variables: Variables;
  /** What relative paths begin in: the folder of the project. */
  readonly folder: string;
  /** The files that include this one, outermost first. */
  readonly includedBy: readonly string[];
  readonly parse: (path: string) => ComposeFile | undefined;
  readonly onReach?: (reached: Reached) => void;
}

/** Reads other files, each once. */
const reader = ({ read }: Surroundings): ((path: string) => ComposeFile | undefined) => {
  const parsed = new Map<string, ComposeFile | undefined>();
  return (path) => {
    if (!parsed.has(path)) {
      const text = read(path);
      parsed.set(path, text === undefined ? undefined : parseCompose(path, text));
    }
    return parsed.get(path);
  };
};

/** Everything that one file brings, before others are laid over it. */
function loadFile(file: ComposeFile, options: Options): Loaded {
  const complaints: Complaint[] = [];
  const complain = (complaint: Complaint): void => {
    complaints.push(complaint);
  };
  const empty = mapOf([], { start: 0, end: 0 });
  let root: MapNode | undefined;
  let own = empty;
  for (const document of file.documents) {
    const filled = fill(document, options.variables, complain);
    // What documents say against each other is told below.
    own = own === empty ? withResetsTakenOut(filled) : mergeFiles(own, withResetsTakenOut(filled), () => undefined);
    const extended = extendServices(filled, options.folder, opener(options), complain);
    const included = includeFiles(
      extended,
      options.folder,
      complain,
      (path, project, envFiles, chain, span) => loadIncluded(path, project, envFiles, chain, span, options),
      options.includedBy,
    );
    root = root
      ? mergeFiles(root, included, (at, node) => {
          complain({
            kind: 'conflict',
            span: node.alias ?? node.span,
            message: `«${at}» is another kind of thing in an earlier document: it cannot be laid over it.`,
          });
        })
      : included;
  }
  return { root: root ?? empty, own, laid: root ?? empty, complaints };
}

const withResetsTakenOut = (root: MapNode): MapNode => {
  const clean = withoutResets(root);
  return clean.kind === 'map' ? clean : root;
};

/** For `extends: {file}`: the services of another file, which follow their own `extends`. */
function opener({ parse, variables, surroundings, includedBy, onReach }: Options): OpenServices {
  const opened = new Map<string, ReturnType<OpenServices>>();
  return (path) => {
    const known = opened.get(path);
    if (known !== undefined) return known;
    // `-f esti/compose.yaml` with paths from the folder above: what is named twice is there once.
    const [, folder] = includedBy.length > 1 ? [] : (/^(.+)\/\1\//.exec(path) ?? []);
    const file = parse(path) ?? (folder === undefined ? undefined : parse(path.slice(folder.length + 1)));
    const [document] = file?.documents ?? [];
    let result: ReturnType<OpenServices>;
    if (!file) result = `There is no file «${path}» to extend a service of.`;
    else if (!document) result = `«${path}» cannot be read as a Compose file.`;
    else {
      const complaints: Complaint[] = [];
      const services = get(
        fill(document, variables, (complaint) => complaints.push(complaint)),
        'services',
      );
      if (services?.kind === 'map') complaints.push(...oddValues(services));
      onReach?.({ file, complaints });
      const lacking = complaints.find(({ kind }) => kind === 'required-variable');
      // The file itself has nothing to say where the .env of its own folder sets the variable, which does not count here.
      const told = lacking && !isFilledIn(document, variablesFor(folderOf(path), surroundings));
      if (lacking && !told) result = `In «${path}», which the variables of this project fill in: ${lacking.message}`;
      else result = services?.kind === 'map' ? { services, path } : `«${path}» has no services.`;
    }
    opened.set(path, result);
    return result;
  };
}

/** Whether no variable is missing that a file says must be set. */
function isFilledIn(root: MapNode, variables: Variables): boolean {
  let filled = true;
  fill(root, variables, ({ kind }) => (filled &&= kind !== 'required-variable'));
  return filled;
}

function loadIncluded(
  paths: readonly string[],
  project: string,
  envFiles: readonly string[] | undefined,
  chain: readonly string[],
  span: Span,
  options: Options,
): MapNode | NotIncluded {
  const missing = envFiles?.find((path) => options.surroundings.read(path) === undefined && !hasExample(path, options.surroundings.read));
  if (missing !== undefined) return { refused: `There is no env file «${missing}» for what is included.`, key: 'env_file' };
  const odd = envFiles?.find((path) => faultOf(path, options) !== undefined);
  if (odd !== undefined) return { refused: `Compose cannot read «${odd}»: ${faultOf(odd, options) ?? ''}`, key: 'env_file' };
  const inner = variablesFor(project, options.surroundings, { envFiles });
  const variables: Variables = {
    get: (name) => options.variables.get(name) ?? inner.get(name),
    expected: (name) => options.variables.expected(name) || inner.expected(name),
  };
  let root: MapNode | undefined;
  for (const path of paths) {
    const file = options.parse(path);
    if (!file) return { refused: `There is no file «${path}» to include.`, key: 'path' };
    const loaded = loadFile(file, { ...options, variables, folder: project, includedBy: chain });
    options.onReach?.({ file, complaints: loaded.complaints, own: loaded.own });
    // Only the circle is said here; what else is wrong in that file is said there.
    const cycle = loaded.complaints.find(({ kind }) => kind === 'include');
    if (cycle) return { refused: cycle.message, key: 'path' };
    // Its paths begin elsewhere than where it is looked at by itself.
    const lost = project === folderOf(path) ? undefined : lostFile(loaded, project, options.surroundings);
    if (lost) return { refused: `In «${path}», whose paths begin in «${project || '.'}» here: ${lost.message}`, key: 'project_directory' };
    root = root ? mergeFiles(root, loaded.root, () => undefined) : loaded.root;
  }
  const clean = root && rebaseRoot(withEnvironment(withResetsTakenOut(root), variables), wayTo(options.folder, project));
  const placed = clean && placedAt(clean, span);
  return placed?.kind === 'map' ? placed : mapOf([], span);
}

const faultOf = (path: string, { surroundings, variables }: Options): string | undefined =>
  envFault(surroundings.read(path) ?? '', variables.get);

/** A file that an included one names, and that is not there from the folder it is given, or a variable that it lacks there. */
function lostFile({ complaints, own }: Loaded, folder: string, surroundings: Surroundings): Complaint | undefined {
  const services = get(own, 'services');
  const maps = services?.kind === 'map' ? services.entries.flatMap(({ value }) => (value.kind === 'map' ? [value] : [])) : [];
  const waiting = maps.filter((service) => !items(get(service, 'profiles')).length);
  return (
    complaints.find(({ kind }) => kind === 'extends' || kind === 'required-variable') ??
    [...checkEnvFiles(waiting, folder, surroundings)][0]
  );
}

/** What is included is given the variables that it names alone from its own env files. */
function withEnvironment(root: MapNode, { get: valueOf }: Variables): MapNode {
  const services = get(root, 'services');
  if (services?.kind !== 'map') return root;
  const named = (item: Node): Node => {
    const value = item.kind === 'scalar' && !item.text.includes('=') ? valueOf(item.text) : undefined;
    return value === undefined || item.kind !== 'scalar'
      ? item
      : { ...item, value: `${item.text}=${value}`, text: `${item.text}=${value}` };
  };
  const entries = services.entries.map((each) => {
    const environment = get(each.value, 'environment');
    if (each.value.kind !== 'map' || environment?.kind !== 'list') return each;
    return { ...each, value: withEntry(each.value, 'environment', { ...environment, items: environment.items.map(named) }) };
  });
  return withEntry(root, 'services', { ...services, entries });
}

/** A file by itself with the files laid over it or under it, whose parts have no place in it. */
export function load(file: ComposeFile, surroundings: Surroundings, layers: Layers, onReach?: (reached: Reached) => void): Loaded {
  const { under, over, envFiles } = layers;
  const folder = layers.folder ?? folderOf(under[0] ?? file.source.path);
  const named = file.root && get(file.root, 'name');
  const variables = variablesFor(folder, surroundings, { project: text(named), envFiles });
  const parse = reader(surroundings);
  const options: Options = {
    surroundings,
    folder,
    variables,
    parse,
    includedBy: [join('', file.source.path)],
    ...(onReach && { onReach }),
  };
  const loaded = loadFile(file, options);
  const complaints: Complaint[] = [...loaded.complaints];
  const others = (paths: readonly string[]): MapNode[] =>
    paths.flatMap((path) => {
      const other = parse(path);
      const layer = other && loadFile(other, { ...options, includedBy: [path] });
      complaints.push(...(layer?.complaints.filter((each) => each.path !== undefined) ?? []));
      const placed = layer && placedAt(layer.root, nowhere);
      return placed?.kind === 'map' ? [placed] : [];
    });
  const lay = (base: MapNode | undefined, layer: MapNode): MapNode =>
    // What the first file takes out lies below nothing.
    base === undefined
      ? withResetsTakenOut(layer)
      : mergeFiles(base, layer, (at, node) => {
          complaints.push({
            kind: 'conflict',
            span: node.alias ?? node.span,
            message: `«${at}» is another kind of thing in the other file: it cannot be laid over it.`,
          });
        });
  const laid = withResetsTakenOut(others(under).concat(loaded.root).reduce<MapNode | undefined>(lay, undefined) ?? loaded.root);
  return { root: over.length ? withResetsTakenOut(others(over).reduce(lay, laid)) : laid, own: loaded.own, laid, complaints };
}
