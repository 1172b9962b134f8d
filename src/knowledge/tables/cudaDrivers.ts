// The lowest driver for each CUDA major (minor-version compatibility), and each toolkit’s own driver. Checked 2026-10.
// Source: CUDA release notes.
import type { CudaDriver } from '../knowledge.ts';

export const cudaDrivers: readonly CudaDriver[] = [
  { major: 13, linux: '580' },
  { major: 12, linux: '525.60.13' },
  { major: 11, linux: '450.80.02' },
  { major: 10, linux: '440.33 (10.2), 418.39 (10.1), 410.48 (10.0)' },
];
