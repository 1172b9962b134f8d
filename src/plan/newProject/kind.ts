import type { KnowledgeBase, TorchWheel } from '../../knowledge/knowledge.ts';
import type { Recipe } from '../../knowledge/recipe.ts';
import type { Starters } from '../../knowledge/starters.ts';
import type { Survey } from './survey.ts';

/** One file of a new project. */
export interface NewFile {
  /** Relative to the project's folder. */
  readonly path: string;
  readonly text: string;
  /** A list of lines: what is missing is added to a file that is there, and nothing of it is lost. */
  readonly lines?: true;
}

/** What computes: no GPU, or an NVIDIA GPU with one of torch's builds where the project has torch. */
export type Device = { readonly kind: 'cpu' } | { readonly kind: 'gpu'; readonly build?: TorchWheel };

/** What brings the Python packages into the image. */
export type Installer = 'uv' | 'pip' | 'conda';

/** One of several shapes of a kind: which vector database, which store. */
export interface Variant {
  readonly id: string;
  readonly title: string;
  readonly detail: string;
}

/** The tables that a plan is made from. */
export interface Tables {
  readonly knowledge: KnowledgeBase;
  readonly recipes: readonly Recipe[];
  readonly starters: Starters;
}

/** What a person chose, and the folder it is for. */
export interface Wanted {
  readonly survey: Survey;
  readonly device: Device;
  readonly installer: Installer;
  readonly variant: string;
}

/** A kind of project that can be begun: a file of `kinds/`. */
export interface ProjectKind {
  /** The file's name. */
  readonly id: string;
  readonly title: string;
  readonly detail: string;
  /** Whether it has an image of its own Python code, so that device and installer are asked. */
  readonly python: boolean;
  /** Whether its image gets the packages that the folder names, without code of its own. */
  readonly installs?: true;
  /** Whether a GPU is of use, asked of kinds without Python code as well. */
  readonly gpu: 'no' | 'optional' | 'required';
  readonly variants?: readonly Variant[];
  /** Packages that an empty folder starts with; torch brings its companions' builds with it. */
  readonly begins?: readonly string[];
  /** Why it suits what the folder has; undefined when nothing speaks for it. */
  suits(this: void, survey: Survey): string | undefined;
  make(this: void, wanted: Wanted, tables: Tables): Made;
}

/** What a kind makes: its files, the variables that `.env` gets random values for, those that a person may set, and how to start it. */
export interface Made {
  readonly files: readonly NewFile[];
  readonly secrets?: readonly string[];
  readonly settings?: Readonly<Record<string, string>>;
  /** The command line that starts it. */
  readonly start: string;
}
