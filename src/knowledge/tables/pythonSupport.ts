// Which Pythons releases of the common packages have wheels for, and which they refuse. Checked 2026-10.
// Source: `python_requires` and the wheels of each release.
import type { PythonSupport } from '../knowledge.ts';

const numpy = { name: 'numpy', sdist: true, sure: 'certain' } as const;
const scipy = { name: 'scipy', sdist: true, sure: 'certain' } as const;
const pandas = { name: 'pandas', sdist: true, sure: 'certain' } as const;
const sklearn = { name: 'scikit-learn', sdist: true, sure: 'certain' } as const;

// setuptools and pip that numpy before 1.26 is built with do not run on Python 3.12 and newer: no compiler helps.
const unbuildable = '3.12';

export const pythonSupport: readonly PythonSupport[] = [
  { ...numpy, from: '1.19', before: '1.20', newest: '3.9', unbuildable },
  { ...numpy, from: '1.20', before: '1.21', oldest: '3.7', newest: '3.9', unbuildable },
  { ...numpy, from: '1.21', before: '1.22', oldest: '3.7', newest: '3.10', unbuildable },
  { ...numpy, from: '1.22', before: '1.23', oldest: '3.8', newest: '3.10', unbuildable },
  { ...numpy, from: '1.23', before: '1.25', oldest: '3.8', newest: '3.11', unbuildable },
  { ...numpy, from: '1.25', before: '1.26', oldest: '3.9', newest: '3.11', unbuildable },
  { ...numpy, from: '1.26', before: '2.1', oldest: '3.9', newest: '3.12' },
  { ...numpy, from: '2.1', before: '2.3', oldest: '3.10', newest: '3.13' },
  { ...numpy, from: '2.3', oldest: '3.11' },
  { ...scipy, from: '1.11', before: '1.14', oldest: '3.9' },
  { ...scipy, from: '1.14', before: '1.16', oldest: '3.10' },
  { ...scipy, from: '1.16', oldest: '3.11' },
  { ...pandas, from: '2.1', before: '3.0', oldest: '3.9' },
  { ...pandas, from: '3.0', oldest: '3.11' },
  { ...sklearn, from: '1.4', before: '1.7', oldest: '3.9' },
  { ...sklearn, from: '1.7', oldest: '3.10' },
  ...['onnxruntime', 'onnxruntime-gpu'].flatMap((name): PythonSupport[] => [
    { name, from: '1.14', before: '1.17', newest: '3.11', sure: 'certain' },
    { name, from: '1.17', before: '1.20', newest: '3.12', sure: 'certain' },
    { name, from: '1.20', before: '1.23', oldest: '3.10', newest: '3.13', sure: 'certain' },
    { name, from: '1.23', oldest: '3.10', sure: 'certain' },
  ]),
];
