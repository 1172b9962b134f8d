// Releases of xFormers and the torch that their wheels require, oldest first. From 0.0.35 on they take any later torch. Checked 2026-11.
// Source: facebookresearch/xformers, the workflow that builds the wheels at the tag of each release (`torch == …` in their requirements); where
// it and the change log differ (0.0.26), the release is left out.
import type { XformersRelease } from '../knowledge.ts';

export const xformersReleases: readonly XformersRelease[] = [
  { version: '0.0.21', torch: '2.0.1' },
  { version: '0.0.22', torch: '2.0.1' },
  { version: '0.0.22.post7', torch: '2.1.0' },
  { version: '0.0.23', torch: '2.1.1' },
  { version: '0.0.23.post1', torch: '2.1.2' },
  { version: '0.0.24', torch: '2.2.0' },
  { version: '0.0.25', torch: '2.2.1' },
  { version: '0.0.25.post1', torch: '2.2.2' },
  { version: '0.0.26.post1', torch: '2.3.0' },
  { version: '0.0.27', torch: '2.3.1' },
  { version: '0.0.27.post1', torch: '2.4.0' },
  { version: '0.0.27.post2', torch: '2.4.0' },
  { version: '0.0.28', torch: '2.4.1' },
  { version: '0.0.28.post1', torch: '2.4.1' },
  { version: '0.0.28.post2', torch: '2.5.0' },
  { version: '0.0.28.post3', torch: '2.5.1' },
  { version: '0.0.29', torch: '2.5.1' },
  { version: '0.0.29.post1', torch: '2.5.1' },
  { version: '0.0.29.post2', torch: '2.6.0' },
  { version: '0.0.29.post3', torch: '2.6.0' },
  { version: '0.0.30', torch: '2.7.0' },
  { version: '0.0.31', torch: '2.7.1' },
  { version: '0.0.31.post1', torch: '2.7.1' },
  { version: '0.0.32.post1', torch: '2.8.0' },
  { version: '0.0.32.post2', torch: '2.8.0' },
  { version: '0.0.33', torch: '2.9.0' },
  { version: '0.0.33.post1', torch: '2.9.0' },
  { version: '0.0.33.post2', torch: '2.9.1' },
  { version: '0.0.34', torch: '2.10.0' },
];
