import { imageReference } from '../text/imageReference.ts';
import type { Dockerfile, Stage } from './model.ts';
import { rootImage } from './scope.ts';

const path: readonly string[] = ['PATH'];
const python: readonly string[] = [
  'PATH',
  'LANG',
  'GPG_KEY',
  'PYTHON_VERSION',
  'PYTHON_SHA256',
  'PYTHON_PIP_VERSION',
  'PYTHON_SETUPTOOLS_VERSION',
  'PYTHON_GET_PIP_URL',
  'PYTHON_GET_PIP_SHA256',
];

/** What the base image surely sets; undefined when that is not known. */
export function inheritedNames(
  file: Dockerfile,
  stage: Stage,
  buildArgs?: Readonly<Record<string, string>>,
): readonly string[] | undefined {
  const root = rootImage(file, stage, buildArgs);
  if (root === undefined) return undefined;
  const { registry, name } = imageReference(root);
  if (name === 'scratch') return path;
  if (registry !== 'docker.io') return undefined;
  if (name === 'python') return python;
  return /^(?:debian|ubuntu|alpine|busybox)$/.test(name) ? path : undefined;
}
