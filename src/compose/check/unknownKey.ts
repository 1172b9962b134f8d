import { nearest } from '../../text/nearest.ts';
import type { Complaint } from '../complaint.ts';
import type { MapShape } from '../keys/key.ts';
import { alternatives } from '../keys/lookup.ts';
import { service } from '../keys/service.ts';
import type { Entry, MapNode } from '../model.ts';

export const called = (name: string): string => (name === '' ? 'this file' : `«${name}»`);

/** Words that people carry over from elsewhere. */
const instead: Readonly<Record<string, string>> = {
  env: 'environment',
  cmd: 'command',
  envfile: 'env_file',
  workdir: 'working_dir',
  port: 'ports',
  volume: 'volumes',
  network: 'networks',
  args: 'command',
  gpu: 'gpus',
  service: 'services',
  shm: 'shm_size',
  memory: 'mem_limit',
  healthchek: 'healthcheck',
  dependson: 'depends_on',
  destination: 'target',
  dst: 'target',
  src: 'source',
};

const ofService = alternatives(service).flatMap((shape) => (shape.kind === 'map' ? [shape] : []))[0];
/** The mappings of a service that are asked first for a key that stands beside them. */
const homes = ['build', 'deploy', 'healthcheck', 'logging'];

/** Where a key belongs that Compose knows, and not here: under a neighbour, or in the service itself. */
function homeOf(key: string, shape: MapShape): string | undefined {
  const has = (name: string): boolean =>
    alternatives(shape.keys[name]?.shape ?? shape).some((each) => each !== shape && each.kind === 'map' && Object.hasOwn(each.keys, key));
  const below = [...homes, ...Object.keys(shape.keys)].find((name) => Object.hasOwn(shape.keys, name) && has(name));
  if (below !== undefined) return `it belongs under «${below}»`;
  if (shape === ofService || shape.others || !ofService || !Object.hasOwn(ofService.keys, key)) return undefined;
  return Object.hasOwn(shape.keys, 'services') ? 'it belongs in a service' : 'it belongs in the service itself, further to the left';
}

/** What to write instead of a key that Compose does not know, or where to put it. */
export function unknownKey({ key, keySpan }: Entry, map: MapNode, shape: MapShape, name: string): Complaint {
  const known = Object.keys(shape.keys);
  const free = known.filter((each) => !map.entries.some((entry) => entry.key === each));
  const squeezed = (text: string): string => text.replace(/[-_ ]/g, '').toLowerCase();
  const carried = instead[squeezed(key)];
  const same =
    free.find((each) => squeezed(each) === squeezed(key)) ?? (carried !== undefined && free.includes(carried) ? carried : undefined);
  const home = same === undefined && !shape.lenient ? homeOf(key, shape) : undefined;
  const meant = same ?? (home === undefined ? (nearest(key, free) ?? nearest(key, known)) : undefined);
  const place = name === '' ? 'at the top of the file' : `in ${called(name)}`;
  return {
    kind: 'unknown-key',
    span: keySpan,
    ...(shape.lenient ? { ignored: true as const } : {}),
    message: `Compose knows no «${key}» ${place}${shape.lenient ? ' and passes over it' : ''}${home === undefined ? '' : `: ${home}`}.${home !== undefined ? '' : meant === undefined ? ' Keys of your own begin with «x-».' : ` Did you mean «${meant}»?`}`,
    ...(meant !== undefined && free.includes(meant)
      ? { fix: { title: `Write «${meant}»`, safe: squeezed(meant) === squeezed(key), edits: [{ span: keySpan, text: meant }] } }
      : {}),
  };
}
