import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import { globalArgs, lineage, rootImage } from '../../dockerfile/scope.ts';
import type { LintOptions } from '../../lint/rule.ts';
import { imageReference } from '../../text/imageReference.ts';

/**
 * Whether the base image of a stage surely or probably sets a variable that an ARG before FROM chooses the image by: `python:$PYTHON_VERSION`
 * sets `PYTHON_VERSION`, and so do the images that others build in this way.
 */
export function baseSets(file: Dockerfile, stage: Stage, name: string, buildArgs: LintOptions['buildArgs']): boolean {
  const stem = /^([A-Z][A-Z\d]*)_(?:VERSION|RELEASE)$/.exec(name)?.[1]?.toLowerCase();
  const value = stem === undefined ? undefined : globalArgs(file, buildArgs).get(name)?.value;
  if (stem === undefined || value === undefined || value === '') return false;
  const args = globalArgs(file, buildArgs);
  const written = lineage(stage)
    .at(-1)
    ?.image?.text.replace(/\$\{?(\w+)[^}\s]*?(?:\}|(?!\w))/g, (_, each: string) => args.get(each)?.value ?? '');
  const root = rootImage(file, stage, buildArgs) ?? written;
  if (!root?.includes(value)) return false;
  const { registry, name: image } = imageReference(root);
  const words = `${registry}/${image}`.split(/[^a-z\d]+/);
  const official = registry === 'docker.io' && !image.includes('/');
  return official
    ? image === stem && !/^(?:debian|ubuntu|alpine|fedora|busybox)$/.test(image)
    : words.some((word) => word.startsWith(stem));
}
