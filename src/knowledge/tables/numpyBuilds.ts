// Packages compiled for NumPy 1 up to some release, and what they ask of NumPy. Checked 2026-10.
// Source: the release notes of the packages, their requirements at each tag, numpy’s list of packages that support NumPy 2.
import type { NumpyBuild } from '../knowledge.ts';

const opencv = {
  since: '4.10.0.84',
  asks: 'any',
  failsWith: 'ImportError: numpy.core.multiarray failed to import',
  sure: 'certain',
} as const;
const binary = 'numpy.dtype size changed, may indicate binary incompatibility';

export const numpyBuilds: readonly NumpyBuild[] = [
  // Its Linux wheels; it runs without numpy too.
  { name: 'torch', since: '2.3.0', failsWith: 'RuntimeError: Numpy is not available', sure: 'certain' },
  { name: 'tensorflow', since: '2.18.0', asks: { from: '2.7.0', to: '2.12.0' }, failsWith: '_ARRAY_API not found', sure: 'certain' },
  { name: 'tensorflow-cpu', since: '2.18.0', asks: { from: '2.7.0', to: '2.12.0' }, failsWith: '_ARRAY_API not found', sure: 'certain' },
  { name: 'onnxruntime', since: '1.19.0', asks: { from: '1.0.0', to: '1.18.1' }, failsWith: '_ARRAY_API not found', sure: 'certain' },
  { name: 'onnxruntime-gpu', since: '1.19.0', asks: { from: '1.0.0', to: '1.18.1' }, failsWith: '_ARRAY_API not found', sure: 'certain' },
  { name: 'opencv-python', ...opencv },
  { name: 'opencv-python-headless', ...opencv },
  { name: 'opencv-contrib-python', ...opencv },
  { name: 'opencv-contrib-python-headless', ...opencv },
  { name: 'pandas', since: '2.2.2', asks: { from: '1.0.0', to: '2.1.0' }, failsWith: binary, sure: 'certain' },
  { name: 'scikit-learn', since: '1.4.2', asks: { from: '0.22.0', to: '1.3.0' }, failsWith: binary, sure: 'certain' },
  // These bound numpy themselves.
  { name: 'scipy', since: '1.13.0', asks: 'older', failsWith: '_ARRAY_API not found', sure: 'certain' },
  { name: 'numba', since: '0.60.0', asks: 'older', failsWith: 'Numba needs NumPy 1.26 or less', sure: 'certain' },
];
