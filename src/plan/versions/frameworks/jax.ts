import { minimumDriver } from '../../../rules/shared/imageStack.ts';
import { pythonImage, pythonOrder, type Combination, type Framework } from '../framework.ts';

/** `3.10` to `3.12`, both included. */
function between(low: string, high: string): readonly string[] {
  const [first, last] = [low, high].map((version) => Number(version.split('.')[1]));
  return Array.from({ length: (last ?? 0) - (first ?? 0) + 1 }, (_, at) => `3.${(first ?? 0) + at}`);
}

const framework: Framework = {
  id: 'jax',
  title: 'JAX',
  versions: ({ jax }) => jax.map(({ version }) => version).toReversed(),
  combinations(version, device, { knowledge, starters }) {
    const release = knowledge.jax.find((each) => each.version === version);
    if (!release) return [];
    const pythons = pythonOrder(between(release.minPython, release.maxPython), starters.python);
    // `cuda12` and `cuda13` bring CUDA along; extras of other forms need an index of their own or CUDA in the image.
    const extras = device === 'cpu' ? [undefined] : release.extras.filter((extra) => /^cuda\d+$/.test(extra)).toReversed();
    return extras.flatMap((extra) => {
      const cuda = extra?.slice('cuda'.length);
      const driver = cuda === undefined ? undefined : minimumDriver(cuda, knowledge);
      return pythons.map((python): Combination => ({
        framework: 'jax',
        version,
        device,
        python,
        image: pythonImage(python),
        from: 'python',
        packages: [
          { name: 'jax', version, ...(extra === undefined ? {} : { extras: [extra] }), not: { extras: /^cuda/ }, wanted: true },
          { name: 'jaxlib', version, wanted: false },
        ],
        ...(cuda === undefined ? {} : { cuda }),
        ...(driver === undefined ? {} : { driver }),
        sure: 'certain',
      }));
    });
  },
};
export default framework;
