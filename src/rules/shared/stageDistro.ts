import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import { rootImage } from '../../dockerfile/scope.ts';
import type { World } from '../../lint/rule.ts';
import { imageReference, tableName } from '../../text/imageReference.ts';
import { distroOf, type Distro } from './distro.ts';

/** The image a stage stands on, with the distribution release it surely holds. */
export interface StageDistro {
  readonly image: string;
  readonly distro: Distro;
}

/** Python tags that name no Debian follow it: those of Pythons alive in August 2025 moved to Debian 13 then. */
const movedPython = /^python(?::(?:3|3\.(?:9|1[0-4])|latest|slim|3-slim|3\.(?:9|1[0-4])-slim))?$/;

/** The distribution release of a stage's base image, where that is certain. */
export function stageDistro(
  file: Dockerfile,
  stage: Stage,
  { knowledge, options }: Pick<World, 'knowledge' | 'options'>,
): StageDistro | undefined {
  const image = rootImage(file, stage, options.buildArgs);
  if (image === undefined) return undefined;
  const parts = imageReference(image);
  const name = tableName(parts);
  if (movedPython.test(name)) return { image, distro: { product: 'debian', cycle: '13', name: 'Debian 13 (trixie)' } };
  const ngc = knowledge.ngc.find((each) => each.image === name);
  if (ngc) return { image, distro: { product: 'ubuntu', cycle: ngc.ubuntu, name: `Ubuntu ${ngc.ubuntu}` } };
  const official =
    parts.registry === 'docker.io' && /^(?:debian|ubuntu|python|nvidia\/cuda|node|buildpack-deps|(?:osrf\/)?ros)$/.test(parts.name);
  const distro = official || parts.registry === 'nvcr.io' ? distroOf(parts) : undefined;
  return distro && { image, distro };
}
