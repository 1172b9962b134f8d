// GPU architectures: compute capability and the CUDA versions that know it. Checked 2026-10.
// Source: CUDA release notes and the list of CUDA-enabled GPUs.
import type { GpuArchitecture } from '../knowledge.ts';

export const gpuArchitectures: readonly GpuArchitecture[] = [
  { arch: 'Kepler', computeCapability: '3.5', firstCuda: '5.0', lastCuda: '11.8', examples: 'K20/K40' },
  { arch: 'Kepler', computeCapability: '3.7', firstCuda: '6.5', lastCuda: '11.8', examples: 'K80' },
  { arch: 'Maxwell', computeCapability: '5.0', firstCuda: '6.5', lastCuda: '12.9', examples: 'GTX 750' },
  { arch: 'Maxwell', computeCapability: '5.2', firstCuda: '7.0', lastCuda: '12.9', examples: 'GTX 9xx, M40, M60' },
  { arch: 'Pascal', computeCapability: '6.0', firstCuda: '8.0', lastCuda: '12.9', examples: 'P100' },
  { arch: 'Pascal', computeCapability: '6.1', firstCuda: '8.0', lastCuda: '12.9', examples: 'GTX 10xx, P4, P40' },
  { arch: 'Volta', computeCapability: '7.0', firstCuda: '9.0', lastCuda: '12.9', examples: 'V100, Titan V' },
  { arch: 'Turing', computeCapability: '7.5', firstCuda: '10.0', lastCuda: null, examples: 'T4, RTX 20xx, GTX 16xx' },
  { arch: 'Ampere', computeCapability: '8.0', firstCuda: '11.0', lastCuda: null, examples: 'A100, A30' },
  { arch: 'Ampere', computeCapability: '8.6', firstCuda: '11.1', lastCuda: null, examples: 'RTX 30xx, A10, A40, A6000' },
  { arch: 'Ampere', computeCapability: '8.7', firstCuda: '11.4', lastCuda: null, examples: 'Jetson Orin' },
  { arch: 'Ada', computeCapability: '8.9', firstCuda: '11.8', lastCuda: null, examples: 'RTX 40xx, L4, L40(S)' },
  { arch: 'Hopper', computeCapability: '9.0', firstCuda: '11.8', lastCuda: null, examples: 'H100, H200, GH200' },
  { arch: 'Blackwell', computeCapability: '10.0', firstCuda: '12.8', lastCuda: null, examples: 'B100, B200, GB200' },
  { arch: 'Blackwell', computeCapability: '10.3', firstCuda: '12.9', lastCuda: null, examples: 'B300, GB300' },
  { arch: 'Blackwell', computeCapability: '11.0', firstCuda: '13.0', lastCuda: null, examples: 'Jetson Thor (sm_101 before CUDA 13)' },
  { arch: 'Blackwell', computeCapability: '12.0', firstCuda: '12.8', lastCuda: null, examples: 'RTX 50xx, RTX PRO 6000' },
  { arch: 'Blackwell', computeCapability: '12.1', firstCuda: '12.9', lastCuda: null, examples: 'GB10 (DGX Spark)' },
];
