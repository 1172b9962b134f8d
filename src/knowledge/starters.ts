/** What new projects start from: a row of `src/knowledge/tables/starters.ts`. */
export interface Starters {
  readonly images: Readonly<Record<'uv' | 'micromamba' | 'debian' | 'jupyter' | 'jupyterCuda' | 'airflow' | 'postgres', string>>;
  /** Versions for packages that a starter needs. */
  readonly pins: Readonly<Record<'fastapi' | 'uvicorn' | 'numpy' | 'poetry', string>>;
  /** The builds of torch that the pinned uv knows by name. */
  readonly uvBackends: readonly string[];
  /** Minor versions of Python, the preferred one first. */
  readonly python: readonly string[];
}
