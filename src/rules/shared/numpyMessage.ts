import type { Rule } from '../../lint/rule.ts';
import type { Requirement } from '../../python/model.ts';
import type { NumpyTwo } from './numpyTwo.ts';

/** What the two rules about NumPy 2 have in common. */
export const numpyAbout = {
  id: 'numpy-2-incompatible',
  severity: 'warning',
  title: 'Keep NumPy 1 beside packages that were built for it',
  why: 'Extensions compiled for NumPy 1 fail with NumPy 2: torch before 2.3 («Numpy is not available»), TensorFlow before 2.18, ONNX Runtime before 1.19, OpenCV before 4.10.0.84, pandas before 2.2.2, scikit-learn before 1.4.2. Most of them set no upper bound, so pip takes the newest NumPy there is. `numpy<2` keeps the one that they know.',
} satisfies Pick<Rule, 'id' | 'severity' | 'title' | 'why'>;

export function numpyMessage({ build, old, numpy, asked, alone }: NumpyTwo<Requirement>): string {
  const version = old.pinned ?? old.specifier;
  const what = `${old.name} ${version} was built for NumPy 1, and`;
  const fails = `«${build.failsWith}»`;
  if (asked)
    return `${what} numpy ${numpy?.pinned ?? numpy?.specifier ?? ''} is NumPy 2: they do not work together (${fails}, or pip refuses). Write numpy<2, or take ${old.name} ${build.since} or newer.`;
  const takes = `pip takes NumPy 2${alone ? '' : ' unless another package here keeps it from that'}`;
  return `${what} ${numpy ? takes : `nothing says which NumPy comes with it: ${takes}`}. Then it fails with ${fails}. Add numpy<2.`;
}
