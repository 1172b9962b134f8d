import { ngcCombinations } from '../ngc.ts';
import { pythonImage, pythonOrder, type Combination, type Framework } from '../framework.ts';

const framework: Framework = {
  id: 'tensorflow',
  title: 'TensorFlow',
  versions: ({ tensorflow }) => tensorflow.map(({ version }) => version).toReversed(),
  combinations(version, device, { knowledge, starters }) {
    const release = knowledge.tensorflow.find((each) => each.version === version);
    if (!release) return [];
    const gpu = device === 'gpu';
    const [major = 0, minor = 0] = version.split('.').map(Number);
    // Before 2.2 the image without `-py3` has Python 2.
    const older = major < 2 || (major === 2 && minor < 2);
    // Since 2.14 the package brings CUDA along; before, the image has to have it.
    const brings = major > 2 || (major === 2 && minor >= 14);
    const common = {
      framework: 'tensorflow',
      version,
      device,
      packages: [
        {
          name: 'tensorflow',
          version,
          ...(gpu && brings ? { extras: ['and-cuda'] } : {}),
          not: { extras: /^and-cuda$/, names: ['tensorflow-cpu', 'tensorflow-gpu'] },
          wanted: true,
        },
      ],
      ...(gpu ? { cuda: release.cuda, driver: release.minDriver } : {}),
    } as const;
    const pythons = pythonOrder(release.python, starters.python);
    return [
      ...(gpu && !brings
        ? []
        : pythons.map((python): Combination => ({ ...common, python, image: pythonImage(python), from: 'python', sure: 'certain' }))),
      ...(gpu
        ? [
            {
              ...common,
              image: `tensorflow/tensorflow:${version}-gpu${older ? '-py3' : ''}`,
              from: 'whole',
              sure: 'likely',
            } satisfies Combination,
          ]
        : []),
      ...(gpu ? ngcCombinations(knowledge, 'tensorflow', version, ['tensorflow', 'tensorflow-cpu', 'tensorflow-gpu']) : []),
    ];
  },
};
export default framework;
