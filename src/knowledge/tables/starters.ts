// What new projects start from: images of tools, and pins for folders that have no requirements yet. Checked 2026-11 against what is known
// of the releases, not against a registry. Source: the projects’ documentation. A version here is one to start from, never a reason for an error.
import type { Starters } from '../starters.ts';

export const starters: Starters = {
  images: {
    uv: 'ghcr.io/astral-sh/uv:0.9.9',
    micromamba: 'mambaorg/micromamba:2.3.3-debian12-slim',
    debian: 'debian:bookworm-slim',
    jupyter: 'quay.io/jupyter/pytorch-notebook:2025-10-20',
    jupyterCuda: 'quay.io/jupyter/pytorch-notebook:cuda12-2025-10-20',
    airflow: 'apache/airflow:3.3.1',
    postgres: 'postgres:17.6-bookworm',
  },
  pins: { fastapi: '0.121.1', uvicorn: '0.38.0', numpy: '2.3.4', poetry: '2.2.1' },
  uvBackends: ['cpu', 'cu113', 'cu115', 'cu116', 'cu117', 'cu118', 'cu121', 'cu124', 'cu126', 'cu128', 'cu129', 'cu130'],
  python: ['3.12', '3.13', '3.11', '3.14', '3.10'],
};
