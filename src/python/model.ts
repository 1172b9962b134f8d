import type { Source, Span } from '../text/text.ts';

/** A file that says which Python packages are wanted: pip's requirements and constraints, a `pyproject.toml`, conda's `environment.yml`, a `Pipfile`, a `pixi.toml`, a `setup.py`. */
export interface Requirements {
  readonly language: 'requirements';
  readonly source: Source;
  readonly format: RequirementsFormat;
  readonly requirements: readonly Requirement[];
  readonly options: readonly RequirementOption[];
  /** The Pythons that the file allows: `requires-python`, conda's `python=3.12`. */
  readonly python?: PythonBound;
  /** What is no TOML or YAML. */
  readonly faults: readonly { readonly span: Span; readonly message: string }[];
}

/**
 * `setup`: setuptools' own `setup.cfg` and `setup.py`, which are read and not looked at by themselves. `uv`: a `uv.toml`, which names indexes and
 * no requirements.
 */
export type RequirementsFormat = 'pip' | 'pyproject' | 'conda' | 'pipfile' | 'pixi' | 'uv' | 'setup';

/** Which Pythons a project is for, as a PEP 440 specifier. */
export interface PythonBound {
  readonly specifier: string;
  readonly span: Span;
}

/** One requirement: from a requirements file, a project file or an inline `pip install`. */
export interface Requirement {
  /** As PEP 503 normalises it: lower case, runs of `-_.` become `-`. */
  readonly name: string;
  readonly nameSpan: Span;
  readonly extras: readonly string[];
  /** PEP 440 specifier, e.g. `==2.1.0` or `>=2,<3`, also where poetry or conda write it otherwise; empty when there is none. */
  readonly specifier: string;
  readonly specifierSpan?: Span;
  /** The version of a single `==` without wildcard, local part (`+cu121`) included. */
  readonly pinned?: string;
  readonly marker?: string;
  /** A direct reference: `name @ https://…`, a path or a VCS URL. */
  readonly url?: string;
  readonly editable?: true;
  /** Whether `--hash` says what its file has to be. */
  readonly hashed?: true;
  readonly span: Span;
  /** The set that it belongs to, when it is not installed with the project itself. */
  readonly group?: Group;
  /** Written as a key of its own (`torch = "2.5.1"`, `- pytorch=2.5.1`): name and version cannot be replaced as one text. */
  readonly entry?: true;
  /** An entry whose version is written as pip does (`"==2.5.1"`), where poetry and conda have ways of their own. */
  readonly operators?: true;
  /** Nobody wrote it: the requirement of this name brings it, says the lock file. All places are of that one. */
  readonly via?: string;
  /** Installed by conda; the name is that on PyPI. */
  readonly conda?: true;
  /** The package indexes that the project names for it alone. */
  readonly indexes?: readonly NamedIndex[];
}

/** An optional set of requirements. */
export interface Group {
  readonly kind: 'extra' | 'group';
  readonly name: string;
}

/** A package index for one requirement, perhaps for some machines or with an extra only. */
export interface NamedIndex {
  readonly url: string;
  readonly marker?: string;
  readonly group?: string;
}

/** A line such as `--index-url URL`, `-r other.txt`, `-c constraints.txt`. `name` is the long form without dashes. */
export interface RequirementOption {
  readonly name: string;
  readonly value: string;
  readonly span: Span;
  readonly valueSpan: Span;
  /** The tool that reads it, where pip does not: pip knows nothing of `[tool.uv]`. */
  readonly tool?: 'uv' | 'poetry' | 'pipenv' | 'pixi';
}
