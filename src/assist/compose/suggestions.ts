import { get, text, type ComposeFile } from '../../compose/model.ts';
import { serviceFacts } from '../../knowledge/lookup.ts';
import type { World } from '../../lint/rule.ts';
import { folderOf, join } from '../../rules/shared/paths.ts';
import { serviceImages } from '../images.ts';
import type { Completion } from '../model.ts';
import type { Place } from './place.ts';

/** Values worth offering that no table of keys lists: images, files, ports and variables that the service's image has. */
export function suggestions(file: ComposeFile, path: readonly string[], place: Place, world: World): readonly Completion[] {
  const at = path.slice(2).join('.');
  if (path[0] === 'services') {
    if (at === 'image') return serviceImages(world).map(({ reference, detail }) => offer(place, reference, 'image', detail));
    if (at === 'ports.[]') return ports(file, path[1] ?? '', place, world);
    if (at === 'build' || at === 'build.context') return paths(file, place, world, (name) => name.endsWith('/'));
    if (/^(?:build\.dockerfile|env_file(?:\.\[\](?:\.path)?)?|label_file(?:\.\[\])?|extends\.file|credential_spec\.file)$/.test(at))
      return paths(file, place, world, () => true);
    if (at === 'volumes.[]' && /^\.{1,2}\//.test(place.prefix)) return paths(file, place, world, () => true);
    if (at === 'volumes.[].source') return paths(file, place, world, () => true);
    if (at === 'platform') return ['linux/amd64', 'linux/arm64'].map((platform) => offer(place, platform, 'value'));
    if (at === 'shm_size') return ['1g', '8gb', '16gb'].map((size) => offer(place, size, 'unit'));
    return [];
  }
  if (/^(?:configs|secrets)$/.test(path[0] ?? '') && path[2] === 'file') return paths(file, place, world, () => true);
  if (path[0] === 'include' && /^include(?:\.\[\](?:\.(?:path|env_file)(?:\.\[\])?)?)?$/.test(path.join('.')))
    return paths(file, place, world, () => true);
  return [];
}

const offer = ({ span }: Place, label: string, kind: Completion['kind'], detail?: string): Completion => ({
  label,
  kind,
  span,
  text: label,
  ...(detail !== undefined && { detail }),
});

/** The ports that the service's image listens on, published for this machine alone. */
function ports(file: ComposeFile, service: string, place: Place, { knowledge }: World): readonly Completion[] {
  const image = text(get(file.root, 'services', service, 'image'));
  const facts = image === undefined ? undefined : serviceFacts(knowledge, image);
  return (facts?.ports ?? []).map(({ port, role }) => {
    const written = `127.0.0.1:${port}:${port}`;
    return { ...offer(place, written, 'value', role), text: place.quote ? written : `"${written}"` };
  });
}

/** Files beside the Compose file, as far as the path has been typed. */
function paths(file: ComposeFile, place: Place, { files }: World, wanted: (name: string) => boolean): readonly Completion[] {
  const slash = place.prefix.lastIndexOf('/') + 1;
  const typed = place.prefix.slice(0, slash);
  if (typed.startsWith('/') || typed.startsWith('~')) return [];
  const names = files.list(join(folderOf(file.source.path), typed)) ?? [];
  return names
    .filter(wanted)
    .filter((name) => name !== '.git/')
    .slice(0, 200)
    .map((name) => offer(place, typed + name, name.endsWith('/') ? 'folder' : 'file'));
}
