import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import { globalArgs, lineage, rootImage } from '../../dockerfile/scope.ts';
import type { LintOptions } from '../../lint/rule.ts';
import { imageReference } from '../../text/imageReference.ts';

/**
 * Whether the base image of a stage surely or probably sets a variable that an ARG before FROM chooses the image by: `python:$PYTHON_VERSION`
 * sets `PYTHON_VERSION`, and so do the images that others build in this way.
 */
export function baseSets(file: Dockerfile, stage: Stage, name: string, buildArgs: LintOptions['buildArgs']): boolean {
  const stem = /^([A-Z][A-Z\d]*)_(?:VERSION|RELEASE|DISTRO)$/.exec(name)?.[1]?.toLowerCase();
  const text = lineage(stage).at(-1)?.image?.text;
  if (stem === undefined || text === undefined) return false;
  const args = globalArgs(file, buildArgs);
  const value = args.get(name)?.value ?? '';
  const open: string[] = [];
  const filled = text.replace(/\$(?:\{(\w+)[^}\s]*\}|(\w+))/g, (_, braced?: string, bare?: string) => {
    const variable = braced ?? bare ?? '';
    const given = args.get(variable)?.value;
    if (given === undefined && variable !== name) open.push(variable);
    return given ?? '';
  });
  const root = rootImage(file, stage, buildArgs) ?? filled;
  if (!new RegExp(`\\$\\{?${name}(?!\\w)`).test(text) && (value === '' || !root.includes(value))) return false;
  const { registry, name: image } = imageReference(root);
  // Whoever builds names the image.
  if (open.length && !/[a-z]/.test(image)) return true;
  const official = registry === 'docker.io' && !image.includes('/');
  if (official) return image === stem && !/^(?:debian|ubuntu|alpine|fedora|busybox)$/.test(image);
  return `${registry}/${image}`.split(/[^a-z\d]+/).some((word) => word.startsWith(stem));
}
