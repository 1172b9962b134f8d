import { entry, get, text, type ComposeFile } from '../../compose/model.ts';
import { folderOf, join } from '../../rules/shared/paths.ts';
import type { World } from '../../lint/rule.ts';

/** The names that a place of a service refers to, by the path below `services.NAME`; `[]` is a list item, `*` a key. */
const sections: readonly { readonly at: RegExp; readonly section: string }[] = [
  { at: /^depends_on\.(?:\[\]|\*)$/, section: 'services' },
  { at: /^(?:links|volumes_from)\.\[\]$/, section: 'services' },
  { at: /^extends(?:\.service)?$/, section: 'services' },
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
  const section = sections.find((each) => each.at.test(at))?.section;
  if (section === undefined) return [];
  if (section === 'services' && below[0] === 'extends' && entry(get(file.root, 'services', service, 'extends'), 'file')) return [];
  const node = get(file.root, section);
  const names = node?.kind === 'map' ? node.entries.map(({ key }) => key).filter((name) => !name.startsWith('x-')) : [];
  return section === 'services' ? names.filter((name) => name !== service) : names;
}

/** The stages of the Dockerfile that a service is built from. */
function stages(file: ComposeFile, name: string, world: World): readonly string[] {
  const build = get(file.root, 'services', name, 'build');
  if (get(build, 'dockerfile_inline')) return [];
  const context = text(get(build, 'context')) ?? text(build) ?? '.';
  const path = join(join(folderOf(file.source.path), context), text(get(build, 'dockerfile')) ?? 'Dockerfile');
  const found = world.workspace.dockerfiles().find(({ source }) => join('', source.path) === path);
  return (found?.stages ?? []).flatMap((stage) => stage.name?.value ?? []);
}
