import type { TorchRelease } from '../../../knowledge/knowledge.ts';
import { compareVersions } from '../../../rules/shared/pins.ts';
import { torchCudnn } from '../../../knowledge/lookup.ts';
import { ngcCombinations } from '../ngc.ts';
import { pythonImage, pythonOrder, slimSize, type Combination, type Framework, type Pinned } from '../framework.ts';

/** MB that torch takes unpacked: the CPU build, and a build with the CUDA libraries. */
const sizes = { cpu: 500, gpu: 4300 } as const;

const pinned = ({ version, torchvision, torchaudio }: TorchRelease): readonly Pinned[] => [
  { name: 'torch', version, wanted: true },
  ...(torchvision === undefined ? [] : [{ name: 'torchvision', version: torchvision, wanted: false }]),
  ...(torchaudio === undefined ? [] : [{ name: 'torchaudio', version: torchaudio, wanted: false }]),
];

/** Before 2.1 the images were made for one CUDA version only. */
const onlyImage = (version: string): string | undefined => oldImages[version.split('.').slice(0, 2).join('.')];
const oldImages: Readonly<Record<string, string>> = { '1.11': '11.3', '1.12': '11.3', '1.13': '11.6', '2.0': '11.7' };

const framework: Framework = {
  id: 'torch',
  title: 'PyTorch',
  versions: ({ torch }) => torch.map(({ version }) => version).toReversed(),
  combinations(version, device, { knowledge, starters }) {
    const release = knowledge.torch.find((each) => each.version === version);
    if (!release) return [];
    const { wheels, pypiCuda } = release;
    const pythons = pythonOrder(release.python, starters.python);
    const total = sizes[device];
    // Wheels that were built for NumPy 1 ask for no NumPy, and pip brings the newest.
    const numpy = knowledge.numpyBuilds.find(({ name }) => name === 'torch');
    const bounds = numpy && compareVersions(version, numpy.since) < 0 ? { bounds: [{ name: 'numpy', below: '2' }] } : {};
    const common = {
      framework: 'torch',
      version,
      device,
      packages: pinned(release),
      size: [slimSize[0] + total, slimSize[1] + total],
      sure: 'certain',
      ...bounds,
    } as const;
    if (device === 'cpu')
      return pythons.map((python): Combination => ({
        ...common,
        python,
        image: pythonImage(python),
        from: 'python',
        index: { tag: 'cpu', pypi: false },
      }));
    const usable = wheels.filter((wheel) => wheel.cuda !== undefined);
    const ordered = [...usable.filter(({ cuda }) => cuda === pypiCuda), ...usable.filter(({ cuda }) => cuda !== pypiCuda).toReversed()];
    const own = ngcCombinations(knowledge, 'torch', version, ['torch', 'torchvision', 'torchaudio']);
    return [
      ...ordered.flatMap(({ tag, cuda = '', minDriver, minComputeCapability }) => {
        const build = {
          ...common,
          cuda,
          index: { tag, pypi: cuda === pypiCuda },
          ...(minDriver === undefined ? {} : { driver: minDriver }),
          ...(minComputeCapability === undefined ? {} : { capability: minComputeCapability }),
        };
        const { size: _, ...unweighed } = build;
        return [
          ...pythons.map((python): Combination => ({ ...build, python, image: pythonImage(python), from: 'python' })),
          ...((onlyImage(version) ?? cuda) === cuda
            ? [
                {
                  ...unweighed,
                  image: `pytorch/pytorch:${version}-cuda${cuda}-cudnn${torchCudnn(version)}-runtime`,
                  from: 'whole',
                  sure: 'likely',
                } satisfies Combination,
              ]
            : []),
        ];
      }),
      ...own,
    ];
  },
};
export default framework;
