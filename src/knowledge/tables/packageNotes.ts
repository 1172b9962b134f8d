// What is worth knowing of Python packages that have no table of their own. Checked 2026-08.
// Source: named in each row.
import type { PackageNote } from '../knowledge.ts';

export const packageNotes: readonly PackageNote[] = [
  {
    name: 'bitsandbytes',
    rows: [
      { label: 'CUDA', text: 'libraries for several versions in one wheel; `BNB_CUDA_VERSION` overrides which of them is loaded' },
      { label: 'System', text: 'no wheels for musl: not on Alpine' },
    ],
    source: 'bitsandbytes-foundation/bitsandbytes docs/source/installation.mdx at 95f9af3',
    asOf: '2026-08-19',
  },
  {
    name: 'xgboost',
    rows: [
      { label: 'GPU', text: 'in the same wheel: `device="cuda"`', since: '2.0' },
      { label: 'CPU only', text: '`xgboost-cpu` is smaller', since: '2.1' },
      { label: 'System', text: 'the wheel for glibc before 2.28 has no GPU support', since: '2.1' },
    ],
    source: 'dmlc/xgboost doc/install.rst',
    asOf: '2025',
  },
  {
    name: 'mlflow',
    rows: [
      { label: 'Image', text: '`ghcr.io/mlflow/mlflow:v{version}`, without database drivers and boto3' },
      { label: 'Upgrade', text: 'a new major version wants `mlflow db upgrade`; servers of two versions on one database fail' },
      { label: 'Server', text: 'answers 403 to host names besides localhost, unless `--allowed-hosts` names them', since: '3.5' },
    ],
    source: 'mlflow docker/Dockerfile, mlflow/server/security_utils.py',
    asOf: '2026-08',
  },
];
