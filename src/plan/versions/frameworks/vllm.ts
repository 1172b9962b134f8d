import { minimumDriver } from '../../../rules/shared/imageStack.ts';
import { pythonImage, pythonOrder, type Combination, type Framework } from '../framework.ts';

const framework: Framework = {
  id: 'vllm',
  title: 'vLLM',
  versions: ({ vllm }) => vllm.map(({ version }) => version).toReversed(),
  combinations(version, device, { knowledge, starters }) {
    const release = knowledge.vllm.find((each) => each.version === version);
    if (!release || device === 'cpu') return [];
    const driver = minimumDriver(release.cuda, knowledge);
    const common = {
      framework: 'vllm',
      version,
      device,
      cuda: release.cuda,
      ...(driver === undefined ? {} : { driver }),
      packages: [
        { name: 'vllm', version, wanted: true },
        ...(release.torch === undefined ? [] : [{ name: 'torch', version: release.torch, wanted: false }]),
      ],
      sure: 'likely',
    } as const;
    return [
      { ...common, image: `vllm/vllm-openai:v${version}`, from: 'whole' },
      ...pythonOrder(release.python, starters.python).map((python): Combination => ({
        ...common,
        python,
        image: pythonImage(python),
        from: 'python',
      })),
    ];
  },
};
export default framework;
