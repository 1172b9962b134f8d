import type { Dockerfile } from '../../dockerfile/model.ts';
import { pipInstalls } from '../../dockerfile/packages/pip.ts';
import { baseImage, lineage } from '../../dockerfile/scope.ts';
import type { Requirements } from '../../python/model.ts';
import { allowedPythons, allowsPython } from '../../rules/shared/projectPython.ts';
import { imageReference } from '../../text/imageReference.ts';
import { isFramework, isPython } from './baseEdits.ts';
import type { Combination } from './framework.ts';
import { baseName } from '../../text/paths.ts';

/** Packages by which conda chooses the build of PyTorch: they are of PyTorch's own channel, which ends with 2.5.1. */
const condaBuilds = new Set(['pytorch-cuda', 'cudatoolkit', 'cpuonly']);

/** What a file of requirements says that a combination goes against, and that a person has to settle. */
export function inFile(file: Requirements, { framework, python, version, packages }: Combination): readonly string[] {
  const where = baseName(file.source.path);
  const bound = file.python;
  return [
    ...(bound && python !== undefined && allowedPythons(bound.specifier) && !allowsPython(bound.specifier, python)
      ? [`python in ${where}: it asks for ${bound.specifier}, and ${python} was chosen`]
      : []),
    ...(framework === 'vllm' &&
    !packages.some(({ name }) => name === 'torch') &&
    file.requirements.some(({ name, specifier }) => name === 'torch' && specifier)
      ? [`torch in ${where}: vLLM ${version} brings the one that it is built for, take it out`]
      : []),
    ...(framework !== 'torch'
      ? []
      : file.requirements
          .filter(({ name, conda }) => conda && condaBuilds.has(name))
          .map(
            ({ name }) => `${name} in ${where}: it chooses the build of torch and does not go with every version, check it for ${version}`,
          )),
  ];
}

/** Files that a Dockerfile installs from and that nobody looked into: they may name the framework. */
export function unreadFiles(file: Dockerfile, { packages }: Combination, requirements: readonly Requirements[]): readonly string[] {
  const [first] = packages;
  const known = new Set(requirements.map(({ source }) => baseName(source.path)));
  const names = file.instructions.flatMap((instruction) =>
    pipInstalls(file, instruction).flatMap(({ files }) => files.flatMap(({ value }) => (known.has(baseName(value)) ? [] : [value]))),
  );
  return first
    ? [...new Set(names)].map((name) => `${name}: it is not beside the Dockerfile, write ${first.name} ${first.version} there`)
    : [];
}

/** What a Dockerfile keeps though another image was chosen, and what another image does with its command. */
export function inDockerfile(file: Dockerfile, combination: Combination): readonly string[] {
  const last = file.stages.at(-1);
  const root = last && lineage(last).at(-1);
  const image = root && baseImage(file, root);
  if (!last || image === undefined || combination.from === 'kept') return [];
  const where = baseName(file.source.path);
  const known = isPython(image) || isFramework(image);
  // conda and pixi bring a Python of their own into any image.
  if (!known)
    return combination.from === 'python' && /conda|mamba|pixi/.test(image)
      ? []
      : [`FROM ${image} in ${where}: it stays, what it brings is not known here`];
  const [was, is] = [image, combination.image].map((each) => imageReference(each).name === 'vllm/vllm-openai');
  const own = lineage(last).some(({ instructions }) => instructions.some(({ keyword }) => keyword === 'ENTRYPOINT'));
  if (was === is || own) return [];
  return [
    was
      ? `CMD in ${where}: the image began vLLM’s server itself, the command has to`
      : `CMD in ${where}: the image begins vLLM’s server itself, the command is its arguments`,
  ];
}
