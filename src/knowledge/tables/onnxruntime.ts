// onnxruntime-gpu on PyPI: the CUDA and cuDNN majors it links to, oldest first. Checked 2026-10.
// Source: the CUDA execution provider’s documentation, package metadata.
import type { OnnxRuntimeRelease } from '../knowledge.ts';

export const onnxRuntimeReleases: readonly OnnxRuntimeRelease[] = [
  { version: '1.5', cuda: '10.2', cudnn: '8.0', sure: 'likely' },
  { version: '1.6', cuda: '10.2', cudnn: '8.0', sure: 'likely' },
  { version: '1.7', cuda: '11.0', cudnn: '8.0', sure: 'likely' },
  { version: '1.8', cuda: '11.0', cudnn: '8.0', sure: 'likely' },
  { version: '1.9', cuda: '11.4', cudnn: '8.2', sure: 'likely' },
  { version: '1.10', cuda: '11.4', cudnn: '8.2', sure: 'likely' },
  { version: '1.11', cuda: '11.4', cudnn: '8.2', sure: 'likely' },
  { version: '1.12', cuda: '11.4', cudnn: '8', sure: 'likely' },
  { version: '1.13', cuda: '11.6', cudnn: '8', sure: 'likely' },
  { version: '1.14', cuda: '11.6', cudnn: '8', sure: 'likely' },
  { version: '1.15', cuda: '11.8', cudnn: '8', sure: 'certain' },
  { version: '1.16', cuda: '11.8', cudnn: '8', sure: 'certain' },
  { version: '1.17', cuda: '11.8', cudnn: '8', sure: 'certain' },
  { version: '1.18', cuda: '11.8', cudnn: '8', sure: 'certain' },
  { version: '1.19', cuda: '12', cudnn: '9', sure: 'certain' },
  { version: '1.20', cuda: '12', cudnn: '9', sure: 'certain' },
  { version: '1.21', cuda: '12', cudnn: '9', sure: 'likely' },
  { version: '1.22', cuda: '12', cudnn: '9', sure: 'likely' },
  { version: '1.23', cuda: '12', cudnn: '9', sure: 'likely' },
  { version: '1.24', cuda: '12', cudnn: '9', sure: 'likely' },
  { version: '1.25', cuda: '12', cudnn: '9', sure: 'likely' },
  { version: '1.26', cuda: '12', cudnn: '9', sure: 'certain' },
  { version: '1.27', cuda: '13', cudnn: '9', sure: 'certain' },
  { version: '1.28', cuda: '13', cudnn: '9', sure: 'certain' },
  { version: '1.29', cuda: '13', cudnn: '9', sure: 'certain' },
];
