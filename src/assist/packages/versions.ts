import type { KnowledgeBase, TorchRelease } from '../../knowledge/knowledge.ts';
import { torchFacts } from '../../knowledge/lookup.ts';

/** A version of a package, and whether it fits what is around it. */
export interface PackageVersion {
  readonly version: string;
  readonly detail: string;
  /** Why it does not go with the image or with the other pins. */
  readonly unfit?: string;
}

/** What stands around a pin. */
export interface Around {
  /** The minor version of the image's Python, where that is known. */
  readonly python?: string;
  /** The torch that is pinned beside it. */
  readonly torch?: string;
}

/** The versions of a package that the tables know: those that fit first, the newest first in each part. */
export function packageVersions(name: string, around: Around, knowledge: KnowledgeBase): readonly PackageVersion[] {
  const all = released(name, around, knowledge);
  return [...all.filter(({ unfit }) => unfit === undefined), ...all.filter(({ unfit }) => unfit !== undefined)];
}

/** The packages whose versions are known, with a word about each. */
export const knownPackages: Readonly<Record<string, string>> = {
  torch: 'PyTorch',
  torchvision: 'images for PyTorch; its release belongs to one of torch',
  torchaudio: 'sound for PyTorch; its release belongs to one of torch',
  tensorflow: 'TensorFlow; [and-cuda] brings CUDA along',
  jax: 'JAX; [cuda12] and [cuda13] bring CUDA along',
  vllm: 'serves language models; pins torch itself',
  xformers: 'attention that takes less memory; its release belongs to one of torch',
  'onnxruntime-gpu': 'runs ONNX models with CUDA',
  numpy: 'arrays',
};

function released(name: string, { python, torch }: Around, knowledge: KnowledgeBase): readonly PackageVersion[] {
  const python3 = (pythons: readonly string[]): Pick<PackageVersion, 'unfit'> =>
    python === undefined || pythons.includes(python) ? {} : { unfit: `not for Python ${python}` };
  switch (name) {
    case 'torch':
      return knowledge.torch.toReversed().map((release) => ({
        version: release.version,
        detail: `${range(release.python)}; ${builds(release)}`,
        ...python3(release.python),
      }));
    case 'torchvision':
    case 'torchaudio':
      return companions(name, torch === undefined ? undefined : torchFacts(knowledge, torch), python3, knowledge);
    case 'tensorflow':
    case 'tensorflow-cpu':
      return knowledge.tensorflow.toReversed().map((release) => ({
        version: release.version,
        detail: `${range(release.python)}; CUDA ${release.cuda}`,
        ...python3(release.python),
      }));
    case 'jax':
    case 'jaxlib':
      return knowledge.jax.toReversed().map(({ version, minPython, maxPython }) => {
        const fits = python === undefined || (minor(minPython) <= minor(python) && minor(python) <= minor(maxPython));
        return { version, detail: `Python ${minPython} to ${maxPython}`, ...(fits ? {} : { unfit: `not for Python ${python}` }) };
      });
    case 'vllm':
      return knowledge.vllm.toReversed().map(({ version, torch: pins, cuda, python: pythons }) => ({
        version,
        detail: `${pins === undefined ? '' : `torch ${pins}, `}CUDA ${cuda}`,
        ...(torch !== undefined && pins !== undefined && pins !== torch ? { unfit: `wants torch ${pins}` } : python3(pythons)),
      }));
    case 'xformers':
      return knowledge.xformers.toReversed().map(({ version, torch: wants }) => ({
        version,
        detail: `torch ${wants}`,
        ...(torch !== undefined && torch !== wants ? { unfit: `wants torch ${wants}` } : {}),
      }));
    case 'onnxruntime-gpu':
      return knowledge.onnxRuntime
        .toReversed()
        .map(({ version, cuda, cudnn }) => ({ version: `${version}.*`, detail: `CUDA ${cuda}, cuDNN ${cudnn}` }));
    default:
      return Object.entries(knowledge.endOfLife[name] ?? {})
        .sort(([a], [b]) => b.localeCompare(a, 'en', { numeric: true }))
        .flatMap(([cycle, { latest }]) =>
          isPackage(name) && latest !== undefined ? [{ version: latest, detail: `newest of ${cycle}` }] : [],
        );
  }
}

/** The table of releases holds products of other kinds too. */
const isPackage = (name: string): boolean => name === 'numpy';

/** The release that belongs to the torch beside it comes first; the others do not fit. */
function companions(
  name: 'torchvision' | 'torchaudio',
  torch: TorchRelease | undefined,
  python3: (pythons: readonly string[]) => Pick<PackageVersion, 'unfit'>,
  knowledge: KnowledgeBase,
): readonly PackageVersion[] {
  const seen = new Set<string>();
  return knowledge.torch.toReversed().flatMap((release): readonly PackageVersion[] => {
    const version = release[name];
    const own = torch?.[name];
    if (version === undefined || (seen.has(version) && version !== own)) return [];
    if (seen.has(version)) return [];
    seen.add(version);
    if (torch)
      return [
        {
          version,
          detail: `with torch ${version === own ? torch.version : release.version}`,
          ...(version === own ? {} : { unfit: `torch here is ${torch.version}` }),
        },
      ];
    return [{ version, detail: `with torch ${release.version}`, ...python3(release.python) }];
  });
}

const minor = (version: string): number => Number(version.split('.')[1]);
const range = (versions: readonly string[]): string => `Python ${versions[0] ?? ''} to ${versions.at(-1) ?? ''}`;

/** `CUDA 12.6, 13.0` of a release. */
const builds = ({ wheels }: TorchRelease): string => `CUDA ${wheels.flatMap(({ cuda }) => cuda ?? []).join(', ')}`;
