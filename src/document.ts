import type { Catalogue } from './catalogue/model.ts';
import type { ComposeFile } from './compose/model.ts';
import type { Devcontainer } from './devcontainer/model.ts';
import type { Dockerfile } from './dockerfile/model.ts';
import type { Dockerignore } from './dockerignore/model.ts';
import type { Requirements } from './python/model.ts';

/** The languages this project understands, and the model each one parses to. */
export interface Documents {
  readonly dockerfile: Dockerfile;
  readonly compose: ComposeFile;
  readonly requirements: Requirements;
  readonly dockerignore: Dockerignore;
  readonly devcontainer: Devcontainer;
  readonly catalogue: Catalogue;
}

export type Language = keyof Documents;
export type Document = Documents[Language];

/** How files of a language are called when nobody says otherwise. */
export const usualNames: Readonly<Record<Language, string>> = {
  dockerfile: 'Dockerfile',
  compose: 'compose.yaml',
  requirements: 'requirements.txt',
  dockerignore: '.dockerignore',
  devcontainer: 'devcontainer.json',
  catalogue: '.ml-containers.yaml',
};

export const languages = Object.keys(usualNames) as readonly Language[];
