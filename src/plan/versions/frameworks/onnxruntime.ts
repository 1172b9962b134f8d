import { minimumDriver } from '../../../rules/shared/imageStack.ts';
import { compareVersions } from '../../../rules/shared/pins.ts';
import { pythonImage, type Combination, type Framework } from '../framework.ts';

const framework: Framework = {
  id: 'onnxruntime',
  title: 'ONNX Runtime',
  versions: ({ onnxRuntime }) => onnxRuntime.map(({ version }) => version).toReversed(),
  combinations(version, device, { knowledge, starters }) {
    const release = knowledge.onnxRuntime.find((each) => each.version === version);
    if (!release) return [];
    const gpu = device === 'gpu';
    // Before 1.21 nothing brings CUDA along, and CUDA images have no Python that is sure to fit.
    if (gpu && compareVersions(version, '1.21') < 0) return [];
    const driver = gpu ? minimumDriver(release.cuda, knowledge) : undefined;
    const [own, other] = gpu ? ['onnxruntime-gpu', 'onnxruntime'] : ['onnxruntime', 'onnxruntime-gpu'];
    return starters.python.map((python): Combination => ({
      framework: 'onnxruntime',
      version,
      device,
      python,
      image: pythonImage(python),
      from: 'python',
      packages: [
        {
          name: own,
          // The tables know minor releases; not each began with a patch of 0.
          version: `${version}.*`,
          ...(gpu ? { extras: ['cuda', 'cudnn'] } : {}),
          not: { extras: /^(?:cuda|cudnn)$/, names: [other] },
          wanted: true,
        },
      ],
      ...(gpu ? { cuda: release.cuda } : {}),
      ...(driver === undefined ? {} : { driver }),
      sure: 'likely',
    }));
  },
};
export default framework;
