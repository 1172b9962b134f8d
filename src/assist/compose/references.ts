import { get, items, keysOf, text, type ComposeFile, type Node } from '../../compose/model.ts';
import { parseCompose } from '../../compose/parse.ts';
import { parseDockerfile } from '../../dockerfile/parse.ts';
import type { World } from '../../lint/rule.ts';
import { buildSource, dockerfileOf } from '../../rules/shared/buildSource.ts';
import { folderOf, join } from '../../text/paths.ts';
import { projectOf } from './project.ts';

/** The names that a place of a service refers to, by the path below `services.NAME`; `[]` is a list item, `*` a key. */
const sections: readonly { readonly at: RegExp; readonly section: string; readonly before?: string }[] = [
  { at: /^depends_on\.(?:\[\]|\*)$/, section: 'services' },
  { at: /^(?:links|volumes_from)\.\[\]$/, section: 'services' },
  { at: /^extends(?:\.service)?$/, section: 'services' },
  { at: /^(?:network_mode|ipc|pid)$/, section: 'services', before: 'service:' },
  { at: /^networks\.(?:\[\]|\*)$/, section: 'networks' },
  { at: /^volumes\.\[\](?:\.source)?$/, section: 'volumes' },
  { at: /^(?:build\.)?secrets\.\[\](?:\.source)?$/, section: 'secrets' },
  { at: /^configs\.\[\](?:\.source)?$/, section: 'configs' },
  { at: /^models\.(?:\[\]|\*)$/, section: 'models' },
];

/** The names that may stand at a path. */
export function references(file: ComposeFile, path: readonly string[], world: World): readonly string[] {
  const [top, service = '', ...below] = path;
  if (top !== 'services' || !below.length) return [];
  const at = below.join('.');
  if (at === 'build.target') return stages(file, service, world);
  if (at === 'provider.type') return ['model'];
  if (at === 'profiles.[]') return profiles(file);
  const found = sections.find((each) => each.at.test(at));
  if (found === undefined) return [];
  const { section, before = '' } = found;
  const other = below[0] === 'extends' ? text(get(file.root, 'services', service, 'extends', 'file')) : undefined;
  const files = other === undefined ? around(file, world) : elsewhere(file, other, world);
  const names = [...new Set(files.flatMap((each) => declared(each, section)))].filter((name) => !name.startsWith('x-'));
  const others = section === 'services' && other === undefined ? names.filter((name) => name !== service) : names;
  return others.map((name) => before + name);
}

const declared = ({ documents }: ComposeFile, section: string): readonly string[] =>
  documents.flatMap((document) => keysOf(get(document, section)));

/** The file and those whose names are its own, too. */
function around(file: ComposeFile, world: World): readonly ComposeFile[] {
  const project = projectOf(file, world);
  const others = [...project.related(join('', file.source.path))].flatMap((path) => project.files.get(path) ?? []);
  return [file, ...others.filter((each) => each !== file)];
}

function elsewhere({ source }: ComposeFile, path: string, { files }: World): readonly ComposeFile[] {
  const place = join(folderOf(source.path), path);
  const written = files.read(place);
  return written === undefined ? [] : [parseCompose(place, written)];
}

const profiles = ({ services }: ComposeFile): readonly string[] => [
  ...new Set(services.flatMap(({ node }) => items(get(node, 'profiles')).flatMap((each: Node) => text(each) ?? []))),
];

/** The Dockerfile that a service is built from, whichever stage of it. */
export function dockerfileOfService(file: ComposeFile, name: string, world: World): ReturnType<typeof dockerfileOf> {
  const service = get(file.root, 'services', name);
  const built = service?.kind === 'map' ? buildSource(file, service) : undefined;
  return built && dockerfileOf(built, world);
}

/** The names of the stages that a service can be built to, whether its Dockerfile lies beside the file or is written in it. */
export function stages(file: ComposeFile, name: string, world: World): readonly string[] {
  const inline = text(get(file.root, 'services', name, 'build', 'dockerfile_inline'));
  const built = inline === undefined ? dockerfileOfService(file, name, world) : parseDockerfile('Dockerfile', inline);
  return (built?.stages ?? []).flatMap((stage) => stage.name?.value ?? []);
}
