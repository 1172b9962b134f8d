import { get, items, keysOf, text, type ComposeFile } from '../../compose/model.ts';
import { declare } from '../../compose/declare.ts';
import type { World } from '../../lint/rule.ts';
import { buildSource } from '../../rules/shared/buildSource.ts';
import { folderOf, join } from '../../text/paths.ts';
import { imageReference } from '../../text/imageReference.ts';
import { major } from '../../rules/shared/serviceImages.ts';
import { versionsOf } from '../../rules/shared/imageVersions.ts';
import { serviceImages } from '../images.ts';
import type { Completion } from '../model.ts';
import { builtBy, factsOf, serviceHosts, undefinedNames } from './neighbours.ts';
import { imagesFrom, offer } from '../offer.ts';
import { setVariables } from './interpolated.ts';
import type { Place } from './place.ts';
import { dockerfileOfService } from './references.ts';
import { healthTest } from './refactor/healthTest.ts';
import { usualNames, usualValues, usualVariables, type Value } from './values.ts';

/** Values worth offering that no table of keys lists: images, files, ports and what the service's image knows. */
export function suggestions(file: ComposeFile, path: readonly string[], place: Place, world: World): readonly Completion[] {
  const [top = '', name = '', ...below] = path;
  const at = below.join('.');
  const all = (): boolean => true;
  if (top === 'services') {
    if (at === 'image') return images(file, place, world);
    if (at === 'ports.[]') return ports(file, name, place, world);
    if (at === 'build' || at === 'build.context') return paths(file, place, world, (each) => each.endsWith('/'));
    if (/^env_file(?:\.\[\](?:\.path)?)?$/.test(at)) return paths(file, place, world, all, environments);
    if (at === 'extends.file') return paths(file, place, world, isOther(file, place), isYaml);
    if (at === 'build.dockerfile') return paths(file, place, world, all, dockerfiles, contextOf(file, name));
    if (/^(?:label_file(?:\.\[\])?|credential_spec\.file)$/.test(at)) return paths(file, place, world, all);
    if (/^build\.additional_contexts\.[^.]+$/.test(at)) return contexts(file, name, place, world);
    if (at === 'volumes.[]') return mounts(file, name, place, world);
    if (at === 'volumes.[].source') return isPath(file, name, place) ? paths(file, place, world, all) : [];
    if (at === 'environment.[]' && place.prefix.includes('=')) {
      const name = place.prefix.slice(0, place.prefix.indexOf('='));
      const known = inOrder(place, usualValues(`environment.${name}`));
      return [
        ...serviceHosts(file, place, world),
        ...known.map((each) => ({ ...each, text: `${name}=${each.label}`, filter: `${name}=${each.label}` })),
      ];
    }
    if (at === 'environment.[]')
      return variables(file, name, world).map((each) => value(place, { ...each, value: `${each.value}=` }, 'variable'));
    if (below.length === 2 && below[0] === 'environment')
      return [...serviceHosts(file, place, world, below[1]), ...inOrder(place, usualValues(at))];
    if (at === 'build.args.[]') return buildArgs(file, name, world).map((each) => offer(place, `${each}=`, 'variable'));
    if (at === 'healthcheck.test') return [...tests(file, name, place, world), ...inOrder(place, usualValues(at))];
    if (at === 'develop.watch.[].path') return paths(file, place, world, all);
    if (at === 'expose.[]' || at === 'ports.[].target')
      return portsOf(file, name, world).map(({ port, role }) => {
        const text = at === 'expose.[]' && !place.quote ? `"${port}"` : String(port);
        return { ...offer(place, String(port), 'value', role), text };
      });
    return inOrder(place, usualValues(at));
  }
  if (path.length >= 3) {
    const usual = usualValues(`${top}.*.${path.slice(2).join('.')}`);
    if (usual.length) return inOrder(place, usual);
    if (/^(?:configs|secrets)$/.test(top) && path[2] === 'environment')
      return setVariables(file, world).map(({ name, detail }) => offer(place, name, 'variable', detail));
  }
  if (/^(?:configs|secrets)$/.test(top) && path[2] === 'file') return paths(file, place, world, all);
  if (top === 'include' && /^include\.\[\](?:\.(?:path|env_file)(?:\.\[\])?)?$/.test(path.join('.')))
    return path[2] === 'env_file' ? paths(file, place, world, all, environments) : paths(file, place, world, isOther(file, place), isYaml);
  return [];
}

/** Keys of people's choice that are worth offering in a mapping: variables an image reads, build arguments of the Dockerfile. */
export function suggestedKeys(file: ComposeFile, path: readonly string[], world: World): readonly Value[] {
  const [top, name = '', ...below] = path;
  if (path.length === 1) return undefinedNames(file, top ?? '');
  if (top !== 'services') return usualNames(`${top ?? ''}.*.${below.join('.')}`);
  const at = below.join('.');
  if (at === 'environment') return variables(file, name, world);
  if (at === 'build.args') return buildArgs(file, name, world).map((each) => ({ value: each, detail: 'ARG of the Dockerfile' }));
  return usualNames(at);
}

/** In quotes a value has none of its own. */
const value = (place: Place, { value: written, detail }: Value, kind: Completion['kind']): Completion =>
  offer(place, place.quote ? written.replace(/^"|"$/g, '') : written, kind, detail);

/** Values in the order of their table: sizes and times by what they are, not by their letters. */
const inOrder = (place: Place, values: readonly Value[]): readonly Completion[] =>
  values.flatMap((each, index) => {
    // A list has no place in quotes, and the cursor goes between its last ones.
    if (place.quote && each.value.startsWith('[')) return [];
    const offered = { ...value(place, each, 'value'), sort: String(index).padStart(2, '0') };
    return each.value.includes('""') ? { ...offered, snippet: each.value.replace('""', '"$1"') } : offered;
  });

/** Images; behind the colon of one, its versions. */
function images({ source }: ComposeFile, place: Place, world: World): readonly Completion[] {
  const bare = /^([^\s$]+):[^/]*$/.exec(place.prefix)?.[1];
  const known = serviceImages(world).map(({ reference, detail }) => offer(place, reference, 'image', detail));
  if (bare === undefined) return known;
  // What is being written is no version that is used already.
  const written = source.text.slice(place.span.start, place.span.end);
  const others = versionsOf(bare, world).filter(({ tag, used }) => used !== true || `${bare}:${tag}` !== written);
  const versions = others.map(({ tag, detail }, index) => ({
    ...offer(place, `${bare}:${tag}`, 'image', detail),
    sort: String(index).padStart(4, '0'),
  }));
  return [...imagesFrom(versions, place.prefix, place), ...known];
}

/** The folder that a service is built from. */
function contextOf(file: ComposeFile, name: string): string {
  const service = get(file.root, 'services', name);
  return (service?.kind === 'map' ? buildSource(file, service)?.context : undefined) ?? folderOf(file.source.path);
}

/** What a further build context may be: what another service builds, an image, a folder. */
function contexts(file: ComposeFile, service: string, place: Place, world: World): readonly Completion[] {
  const built = file.services.filter(({ name, node }) => name !== service && get(node, 'build'));
  return [
    ...built.map(({ name }) => offer(place, `service:${name}`, 'reference', 'what this service builds')),
    offer(place, 'docker-image://', 'value', 'an image'),
    ...paths(file, place, world, (each) => each.endsWith('/')),
  ];
}

/** The ports that the service's image or Dockerfile names. */
function portsOf(file: ComposeFile, service: string, world: World): readonly { readonly port: number; readonly role: string }[] {
  const exposed = builtBy(file, service, world)
    .filter(({ keyword }) => keyword === 'EXPOSE')
    .flatMap(({ args }) => args.map(({ value: port }) => port.replace(/\/tcp$/, '')))
    .filter((port) => /^\d+$/.test(port))
    .map((port) => ({ port: Number(port), role: 'exposed by the Dockerfile' }));
  return [...(factsOf(file, service, world)?.ports ?? []), ...exposed];
}

/** The same, published for this machine alone. */
function ports(file: ComposeFile, service: string, place: Place, world: World): readonly Completion[] {
  const known = portsOf(file, service, world).map(({ port, role }) => {
    const written = `127.0.0.1:${port}:${port}`;
    return { ...offer(place, written, 'value', role), text: place.quote ? written : `"${written}"` };
  });
  const quote = place.quote ? '' : '"';
  const form = {
    ...offer(place, 'hostPort:containerPort', 'snippet', 'a port of this machine only'),
    text: `${quote}127.0.0.1:8080:8080${quote}`,
  };
  return [...known, { ...form, snippet: `${quote}127.0.0.1:\${1:8080}:\${2:8080}${quote}` }];
}

/** Whether the source of a mount in its long form is a path on the host: where the type is not written yet it may become one. */
function isPath(file: ComposeFile, service: string, { span: { start } }: Place): boolean {
  const mount = items(get(file.root, 'services', service, 'volumes')).find(({ span }) => span.start <= start && start <= span.end);
  return /^(?:bind)?$/.test(text(get(mount, 'type')) ?? '');
}

/** What a volume is for: people write what is in other folders, and `<name>` is theirs to choose. */
const isData = (path: string, what = ''): boolean =>
  !/[<>]/.test(path) && !/^(?:configuration|config$|init scripts|data sources)/.test(what);

/** Whether a folder is the one of a version, where only some have it. */
function isOf(tag: string | undefined, what = ''): boolean {
  const version = major(tag);
  const [, sign, bound] = /([<>])= (\d+)$/.exec(what) ?? [];
  return version === undefined || bound === undefined || (sign === '<' ? version <= Number(bound) : version >= Number(bound));
}

/** Files beside the Compose file; volumes with the paths at which the image keeps data; how a mount is written. */
function mounts(file: ComposeFile, service: string, place: Place, world: World): readonly Completion[] {
  if (/^\.{1,2}\/[^:]*$/.test(place.prefix)) return paths(file, place, world, () => true);
  const tag = imageReference(text(get(file.root, 'services', service, 'image')) ?? '').tag;
  const targets = (factsOf(file, service, world)?.volumes ?? []).filter(({ path, what }) => isData(path, what) && isOf(tag, what));
  const volume = /^([\w.-]+):[^:]*$/.exec(place.prefix)?.[1];
  const complete = /^([^:]+:[^:]+):[^:]*$/.exec(place.prefix)?.[1];
  if (complete !== undefined) return ['ro', 'rw', 'z', 'Z', 'nocopy'].map((mode) => offer(place, `${complete}:${mode}`, 'enum'));
  const begun = /^([^:]+):$/.exec(place.prefix)?.[1];
  const names = get(file.root, 'volumes');
  const sources = volume === undefined ? keysOf(names) : [volume];
  const own = `${service.toLowerCase().replace(/[^\w.-]/g, '-')}-data`;
  const data = (sources.length ? sources : [own]).flatMap((source) =>
    targets.map(({ path, what = 'where the image keeps data' }) =>
      offer(place, `${source}:${path}`, 'folder', sources.length ? what : `${what}, in a new volume`),
    ),
  );
  // A first volume is declared with its mount, where the edit of that does not meet the one at hand.
  const declared = sources.length ? undefined : declare(file, 'volumes', own);
  const mounted = declared && declared.span.start > place.span.end ? data.map((each) => ({ ...each, also: [declared] })) : data;
  const form = (label: string, snippet: string): Completion => ({
    ...offer(place, label, 'snippet'),
    text: snippet.replace(/\$\{\d:([^}]*)\}/g, '$1').replace(/\$\{\d\|(\w+)[^}]*\}/g, '$1'),
    snippet,
    sort: '~',
    filter: place.prefix,
  });
  if (begun !== undefined) return [...mounted, form(':containerPath:mode', `${begun}:\${1:/path}:\${2|ro,rw|}`)];
  if (place.prefix !== '') return mounted;
  return [
    ...mounted,
    form('hostPath:containerPath:mode', '${1:./data}:${2:/data}:${3|ro,rw|}'),
    form('volumeName:containerPath:mode', '${1:volume}:${2:/data}:${3|rw,ro|}'),
  ];
}

/** What the image reads, what its Dockerfile sets, and what programs of machine learning read anywhere. */
export function variables(file: ComposeFile, service: string, world: World): readonly Value[] {
  const known = Object.entries(factsOf(file, service, world)?.env ?? {}).map(([name, detail]) => ({ value: name, detail }));
  const set = builtBy(file, service, world)
    .filter(({ keyword }) => keyword === 'ENV')
    .flatMap(({ pairs = [] }) => pairs.map(({ name }) => ({ value: name.value, detail: 'set in the Dockerfile' })));
  return [...known, ...set, ...usualVariables].filter(({ value: name }) => /^[A-Za-z_]\w*$/.test(name));
}

const buildArgs = (file: ComposeFile, service: string, world: World): readonly string[] => [
  ...new Set(
    (dockerfileOfService(file, service, world)?.instructions ?? [])
      .filter(({ keyword }) => keyword === 'ARG')
      .flatMap(({ pairs = [] }) => pairs.map(({ name }) => name.value)),
  ),
];

/** The check that works in the service's image. */
function tests(file: ComposeFile, name: string, place: Place, world: World): readonly Completion[] {
  const service = get(file.root, 'services', name);
  const check = service?.kind === 'map' ? healthTest(file, service, world) : undefined;
  const test = typeof check === 'object' && 'test' in check ? check.test : undefined;
  if (!Array.isArray(test) || place.quote) return [];
  return [offer(place, `[${(test as readonly string[]).map((part) => JSON.stringify(part)).join(', ')}]`, 'value', 'works in this image')];
}

/** Files with variables. */
const environments = (name: string): boolean => /(?:^|[._-])env(?:$|[._-])/i.test(name);
const isYaml = (name: string): boolean => /\.ya?ml$/.test(name);
/** Any file but the one at hand: Compose files go by all names. */
const isOther =
  ({ source }: ComposeFile, { prefix }: Place) =>
  (name: string): boolean =>
    prefix.includes('/') || !`/${source.path}`.endsWith(`/${name}`);
const dockerfiles = (name: string): boolean => /dockerfile|containerfile/i.test(name);

/** Files beside the Compose file, as far as the path has been typed; `first` are those that are mostly meant. */
function paths(
  file: ComposeFile,
  place: Place,
  { files }: World,
  wanted: (name: string) => boolean,
  first?: (name: string) => boolean,
  folder = folderOf(file.source.path),
): readonly Completion[] {
  const slash = place.prefix.lastIndexOf('/') + 1;
  const typed = place.prefix.slice(0, slash);
  if (typed.startsWith('/') || typed.startsWith('~')) return [];
  const names = files.list(join(folder, typed)) ?? [];
  return names
    .filter(wanted)
    .filter((name) => name !== '.git/')
    .slice(0, 200)
    .map((name) => ({
      ...offer(place, name.replace(/\/$/, ''), name.endsWith('/') ? 'folder' : 'file'),
      text: typed + name,
      filter: typed + name,
      ...(first && { sort: `${first(name) ? 0 : 1}${name}` }),
    }));
}
