import { movedComplaint, type Complaint, type ComplaintKind } from '../complaint.ts';
import { Attached } from '../../text/attached.ts';
import { names } from '../keys/key.ts';
import { root as rootShape } from '../keys/root.ts';
import { service as serviceShape } from '../keys/service.ts';
import { load } from '../load.ts';
import { asRead, get, items, movedSince, text, type ComposeFile, type Entry, type MapNode, type Node, type Service } from '../model.ts';
import { mapOf, withEntry } from '../nodes.ts';
import { baseName, folderOf, join } from '../../text/paths.ts';
import { activeProfiles, isMain, layersOf, type Layers } from '../project.ts';
import { ofPlatform, overrideExamples, related } from '../related.ts';
import type { Surroundings } from '../surroundings.ts';
import { unifyLists, unifyService } from '../unique.ts';
import { companionsOf, usesOf } from '../uses.ts';
import { projectName, variablesFor } from '../variables.ts';
import { isFilled, rightBelow } from './below.ts';
import { checkCommands } from './commands.ts';
import { checkConsistency, checkImages, checkItems } from './consistency.ts';
import { checkCycles } from './cycles.ts';
import { checkDotEnv, checkEnvFiles } from './envFiles.ts';
import { checkMounts } from './mounts.ts';
import { checkPorts } from './ports.ts';
import { checkReferences } from './references.ts';
import type { Section } from '../sections.ts';
import { checkShape } from './shapes.ts';

/**
 * Everything that `docker compose config` would refuse, beyond YAML itself. Never throws. Without `layers`, the files laid over it are
 * those that Compose takes by itself.
 */
export function check(
  file: ComposeFile,
  surroundings: Surroundings,
  others: readonly ComposeFile[],
  layers?: Layers,
): readonly Complaint[] {
  return examine(file, surroundings, () => others, layers).complaints();
}

/** Kinds of what several services or files are together. */
const acrossKinds = ['reference', 'cycle', 'image', 'include'] as const;
type AcrossKind = (typeof acrossKinds)[number];

export const isAcross = (kind: ComplaintKind): kind is AcrossKind => acrossKinds.some((each) => each === kind);

/** A file as Compose sees it: what it refuses, and the model. */
export interface Examined {
  readonly complaints: () => readonly Complaint[];
  /** Those of one kind that come from several services or files together; found without a look at all that each service says. */
  readonly across: (kind: AcrossKind) => readonly Complaint[];
  /** The others: of a file with one service, what is named and not there is none of its faults. */
  readonly within: () => readonly Complaint[];
  /** All files laid over each other, variables filled in. What comes from others without a place here has a span before the file. */
  readonly root: MapNode;
  /** Whether it is made to be laid over another file, or is taken in by one. */
  readonly isFragment: () => boolean;
  /** Whether other files take services from it by `extends`, and that is all that is done with it: they say the rest. */
  readonly isBase: () => boolean;
  /** The profiles that are on by themselves. */
  readonly profiles: ReadonlySet<string>;
}

export function examine(file: ComposeFile, surroundings: Surroundings, others: () => readonly ComposeFile[], given?: Layers): Examined {
  if (!file.root)
    return {
      complaints: () => [],
      across: () => [],
      within: () => [],
      root: { kind: 'map', span: { start: 0, end: 0 }, entries: [] },
      isFragment: () => false,
      isBase: () => false,
      profiles: new Set(),
    };
  const { path } = file.source;
  const layers = given ?? layersOf(path, surroundings);
  const uses = once(() => (given ? [] : usesOf(file, others())));
  const direct = once(() => uses().filter((use) => use.path === join('', path)));
  const included = once(() => direct().find(({ kind }) => kind === 'include'));
  const alone = load(file, surroundings, layers);
  // What begins in another folder, or is filled in from elsewhere, is looked at again from there.
  const within = alone.complaints.some(({ kind }) => placed.has(kind)) ? (included() ?? direct()[0]) : undefined;
  const loaded = within ? load(file, surroundings, within) : alone;
  const { root, own, complaints } = loaded;
  const profiles = activeProfiles(path, surroundings);
  const active = withoutInactive(root, profiles);
  const family = once(() => {
    const near = given || layers.under.length ? [] : related(file, others());
    const examples = given || layers.over.length || !isMain(path) ? [] : overrideExamples(path, surroundings);
    const takers = [...new Set(uses().map(({ by }) => by))];
    const beside = takers.flatMap((by) => (isMain(by.source.path) ? [] : related(by, others())));
    return [...near, ...examples, ...beside, ...(takers.length ? companionsOf(file, takers, others()) : [])];
  });
  // What a file brings that is to be included, and is not there, nobody knows.
  const incomplete = once(
    () =>
      complaints.some(({ kind }) => kind === 'include') ||
      direct().some(({ under }) => under.some((each) => surroundings.read(each) === undefined)),
  );
  const elsewhere = (section: Section, wanted: string): boolean =>
    incomplete() || family().some((each) => get(each, section, wanted) !== undefined);
  const isBase = once(() => !isMain(path) && direct().every(({ kind }) => kind === 'extends'));
  const isOfPlatform = once(() => !given && isMain(path) && ofPlatform(path, surroundings));
  const runsElsewhere = (service: string): boolean =>
    incomplete() ||
    isOfPlatform() ||
    // An override whose project lies elsewhere.
    (!given && !layers.under.length && /[.]override[.]ya?ml$/.test(path)) ||
    (isBase()
      ? family().length > 0
      : family().some((each) => get(each, 'services', service, 'image') ?? get(each, 'services', service, 'build')));
  const hidden = (service: string): Node | undefined => items(get(root, 'services', service, 'profiles'))[0];
  const between: Readonly<Record<AcrossKind, () => readonly Complaint[]>> = {
    include: () => complaints,
    image: once(() => [...checkImages(active, runsElsewhere)]),
    reference: once(() => [...checkReferences(active, elsewhere, hidden)]),
    cycle: once(() => [...checkCycles(active)]),
  };
  const together = once(() => [
    ...complaints,
    ...between.image(),
    ...checkConsistency(active),
    ...checkItems(root),
    ...(given || !isMain(path) ? [] : namelessProject(root, folder, surroundings)).filter(() => !uses().length),
    ...(layers.under.length ? [] : emptiness(own)).filter(() => !family().length),
  ]);
  const whole = (): readonly Complaint[] => [...together(), ...between.reference(), ...between.cycle()];
  const across = (kind: AcrossKind): readonly Complaint[] => visible(slippedIn(file).length ? whole() : between[kind](), file);
  const fromBelow = (service: string): boolean =>
    layers.under.length ? get(root, 'services', service)?.kind === 'map' : !isMain(path) && !given && elsewhere('services', service);
  const folder = layers.folder ?? folderOf(layers.under[0] ?? path);
  const envFaults = once(() => {
    const services = servicesOf(own);
    const missing = [...checkEnvFiles(services, folder, surroundings)];
    // A service that waits for a profile may be extended by one that does not; and a file above may name others.
    const read = new Set(missing.length ? checkFiles(root, profiles, folder, surroundings).map(({ span }) => span.start) : []);
    const found = missing.filter(({ span }) => read.has(span.start));
    const other = found.length ? included()?.folder : undefined;
    if (other === undefined || other === folder) return found;
    return [...checkEnvFiles(services, other, surroundings)].filter(({ span }) => read.has(span.start));
  });
  /** Without what a file above takes away before Compose looks at it. */
  const inTheEnd = (found: readonly Complaint[]): readonly Complaint[] => {
    if (!layers.over.length || !found.some(({ late }) => late)) return found;
    const left = new Set(checkSelf(root).map(({ span }) => span.start));
    return found.filter(({ late, span }) => !late || left.has(span.start));
  };
  const self = once(() => [
    ...rightBelow(inTheEnd(checkSelf(withoutEmpty(own, fromBelow))), own, loaded.laid, (...path) =>
      layers.under.length || given || isMain(file.source.path) ? false : family().some((each) => isFilled(get(each, ...path))),
    ),
    ...(root === own ? [] : repeated(root)),
    ...envFaults(),
    ...(isMain(path) ? checkDotEnv(own, folder, surroundings) : []),
  ]);
  return {
    complaints: once(() => visible([...whole(), ...self()], file)),
    across,
    within: once(() => visible([...together(), ...self()], file)),
    root,
    isFragment: () => isOfPlatform() || family().length > 0,
    isBase: () => direct().length > 0 && isBase(),
    profiles,
  };
}

/** What files are missing that the services name, wherever they have it from. */
export const checkFiles = (
  root: MapNode,
  profiles: ReadonlySet<string>,
  folder: string,
  surroundings: Surroundings,
): readonly Complaint[] => [...checkEnvFiles(servicesOf(withoutInactive(root, profiles)), folder, surroundings)];

/** Without the services that say nothing here, where they are laid over ones that do. */
function withoutEmpty(root: MapNode, filled: (service: string) => boolean): MapNode {
  const services = get(root, 'services');
  if (services?.kind !== 'map') return root;
  const entries = services.entries.filter(({ key, value }) => value.kind !== 'scalar' || value.value !== null || !filled(key));
  return entries.length === services.entries.length ? root : withEntry(root, 'services', { ...services, entries });
}

const placed: ReadonlySet<ComplaintKind> = new Set(['include', 'extends', 'required-variable']);

/** What is wrong in a file whatever lies around it. */
export function checkSelf(own: MapNode): readonly Complaint[] {
  const found: Complaint[] = [];
  const services = get(own, 'services');
  if (services?.kind !== 'map') {
    checkShape(unifyLists(own), rootShape, '', (complaint) => found.push(complaint));
    return found;
  }
  const isNamed = ({ key, value }: Entry): boolean => value.kind === 'map' && names.test(key);
  const entries = services.entries.map((each) => (isNamed(each) ? { ...each, value: mapOf([], each.value.span) } : each));
  checkShape(unifyLists(withEntry(own, 'services', { ...services, entries })), rootShape, '', (complaint) => found.push(complaint));
  for (const each of services.entries) {
    const { key, value } = each;
    if (value.kind === 'map') found.push(...checkService(isNamed(each) ? key : undefined, value));
  }
  return found;
}

interface Checked {
  readonly name: string | undefined;
  readonly complaints: readonly Complaint[];
}

const checked = new Attached<MapNode, Checked>();

/** What is wrong in a service whatever lies around it, found where it was read; without a name, not whether it is of the right shape. */
function checkService(name: string | undefined, service: MapNode): readonly Complaint[] {
  const origin = asRead(service);
  let known = checked.get(origin);
  if (!known || known.name !== name) {
    const complaints: Complaint[] = [];
    if (name !== undefined) checkShape(unifyService(origin), serviceShape, name, (complaint) => complaints.push(complaint));
    complaints.push(...checkPorts(origin), ...checkMounts(origin), ...checkCommands(origin));
    checked.set(origin, (known = { name, complaints }));
  }
  const by = movedSince(service);
  return by === 0 ? known.complaints : known.complaints.map((each) => movedComplaint(each, by));
}

/** A project whose name Compose does not take, or that would be called after its folder, of whose name it keeps nothing. */
function namelessProject({ entries: [first, ...rest] }: MapNode, folder: string, surroundings: Surroundings): readonly Complaint[] {
  if (!first) return [];
  const complaint = (message: string): readonly Complaint[] => [{ kind: 'value', span: first.keySpan, message }];
  const given = variablesFor(folder, surroundings).get('COMPOSE_PROJECT_NAME') ?? '';
  const variable = /^\s*(?:export\s+)?COMPOSE_PROJECT_NAME\s*[=:].*\$/m.test(surroundings.read(join(folder, '.env')) ?? '');
  if (given !== projectName(given) && !variable)
    return complaint(
      `COMPOSE_PROJECT_NAME is «${given}», which Compose refuses: small letters, digits, «-» and «_» only, and a letter or digit first.`,
    );
  const own = baseName(join(surroundings.directory ?? '', folder));
  if (given !== '' || own === '' || projectName(own) !== '' || [first, ...rest].some(({ key }) => key === 'name')) return [];
  return complaint(
    `Compose calls the project after the folder, and keeps of «${own}» nothing: only letters a to z and digits count. Give it a «name:».`,
  );
}

/** A file of which nothing is left: what it includes names no file. */
function emptiness({ entries: [first, ...rest] }: MapNode): readonly Complaint[] {
  const empty = (each: Entry): boolean =>
    each.key === 'version' ||
    (each.key === 'include' &&
      each.value.kind !== 'map' &&
      items(each.value).every((item) => item.kind === 'map' && !items(get(item, 'path')).length));
  return first && [first, ...rest].every(empty)
    ? [{ kind: 'missing-key', span: first.keySpan, message: 'Nothing comes of this file: it needs at least «services:».' }]
    : [];
}

/** What several files, or services that extend each other, put into one list twice. */
function repeated(root: MapNode): readonly Complaint[] {
  const found: Complaint[] = [];
  checkShape(unifyLists(root), rootShape, '', (complaint) => {
    if (complaint.kind === 'repeated-item') found.push(complaint);
  });
  return found;
}

/** Without the services that wait for a profile: Compose does not look at them. */
function withoutInactive(root: MapNode, chosen: ReadonlySet<string>): MapNode {
  const services = get(root, 'services');
  if (services?.kind !== 'map' || chosen.has('*')) return root;
  const entries = services.entries.filter(({ value }) => {
    const wanted = items(get(value, 'profiles'));
    return !wanted.length || wanted.some((item) => chosen.has(text(item) ?? ''));
  });
  return withEntry(root, 'services', { ...services, entries });
}

const servicesOf = (root: MapNode): readonly MapNode[] => {
  const services = get(root, 'services');
  return services?.kind === 'map' ? services.entries.flatMap(({ value }) => (value.kind === 'map' ? [value] : [])) : [];
};

/** Only what has a place in this file, each once; where YAML itself is broken, only what the break cannot have caused. */
function visible(all: readonly Complaint[], file: ComposeFile): readonly Complaint[] {
  const seen = new Set<string>();
  const broken = file.faults.map(({ span }) => span.start);
  const damaged = file.services.filter(({ span }) => broken.some((at) => span.start <= at && at <= span.end + 1));
  const spread =
    file.faults.some((fault) => fault.spread) || !broken.every((at) => damaged.some(({ span }) => span.start <= at && at <= span.end + 1));
  const reached = file.faults.flatMap(({ reach }) => reach ?? []);
  // What lost its indentation stands at the top, where it is nothing.
  const fallen = new Set(file.root?.entries.flatMap(({ keySpan: { start } }) => (start >= file.brokenFrom ? [start] : [])));
  const found = amongServices(all, file);
  const known = found.some(({ anchor }) => anchor) ? new Set(found.map((each) => `${String(each.span.start)} ${sameIn(each)}`)) : undefined;
  return found.filter((complaint) => {
    const { kind, span, path, anchor } = complaint;
    if (span.start < 0 || path !== undefined) return false;
    // What is wrong where the anchor stands is mended there.
    if (anchor && known?.has(`${String(anchor.start)} ${sameIn(complaint)}`)) return false;
    if (kind === 'unknown-key' && fallen.has(span.start)) return false;
    if (reached.some(({ start, end }) => start <= span.start && span.start < end)) return false;
    if (
      broken.length &&
      (spread || kind === 'reference' || damaged.some((service) => service.span.start <= span.start && span.start <= service.span.end))
    )
      if (kind !== 'port' && kind !== 'mount' && kind !== 'value') return false;
    const id = `${String(span.start)} ${sameIn(complaint)}`;
    if (seen.has(id)) return false;
    seen.add(id);
    return true;
  });
}

const slippedIn = ({ services }: ComposeFile): readonly Service[] =>
  services.filter(({ name, node }) => Object.hasOwn(serviceShape.keys, name) && !node.entries.some(({ key }) => told.has(key)));

/** A key of a service that stands where services do is one mistake, whatever Compose makes of what is below it. */
function amongServices(all: readonly Complaint[], file: ComposeFile): readonly Complaint[] {
  const slipped = slippedIn(file);
  if (!slipped.length) return all;
  const inside = ({ span }: Complaint, service: Service): boolean => service.span.start <= span.start && span.start <= service.span.end;
  const wrong = slipped.filter((service) => all.some((each) => refusing.has(each.kind) && !each.ignored && inside(each, service)));
  return [
    ...all.filter((each) => !wrong.some((service) => inside(each, service))),
    ...wrong.map(({ name, nameSpan }): Complaint => ({
      kind: 'type',
      span: nameSpan,
      message: `«${name}» is a key of a service, and stands among the services: indent it, with what is below it.`,
    })),
  ];
}

/** Keys that a service with any name has. */
const told: ReadonlySet<string> = new Set(['image', 'build', 'extends', 'provider', 'container_name', 'restart']);
const refusing: ReadonlySet<ComplaintKind> = new Set(['unknown-key', 'type', 'missing-key', 'image']);

/** What tells two complaints at one place apart. What an anchor brings into several services is one: only the service in the message differs. */
const sameIn = ({ kind, message, undefined: about }: Complaint): string =>
  about ? `${kind} ${about.section} ${about.name}` : alike.has(kind) ? kind : message;

const alike: ReadonlySet<ComplaintKind> = new Set(['unknown-key', 'type', 'value', 'missing-key']);

/** Works something out when it is first asked for. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
