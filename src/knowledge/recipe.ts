/** A service as `Add Service…` writes it: a row of `src/knowledge/tables/recipes.ts`. */
export interface Recipe {
  /** The id of the service in the catalogue; also the name in the Compose file when it is free. */
  readonly id: string;
  readonly title: string;
  readonly detail: string;
  readonly image?: string;
  /** Written as `build: { dockerfile_inline }` instead of an image. */
  readonly dockerfile?: string;
  readonly command?: string | readonly string[];
  readonly entrypoint?: readonly string[];
  /** Values may hold `{NAME}` for a needed service's name and `{NAME.VARIABLE}` for a variable it sets. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Variables of `.env` that get a value of their own. */
  readonly secrets?: readonly string[];
  /** Host port to container port; published on this machine only. */
  readonly ports?: readonly (readonly [number, number])[];
  /** Volume name (the service's name comes before it) to path. */
  readonly volumes?: readonly (readonly [string, string])[];
  /** One GPU, or all of them. */
  readonly gpu?: boolean | 'all';
  readonly shm?: string;
  /** Services it needs, each in one of several kinds: those that are there already are used. */
  readonly needs?: readonly {
    readonly as: string;
    readonly oneOf: readonly string[];
    readonly condition: 'service_healthy' | 'service_completed_successfully';
  }[];
  /** Its check and start period when the catalogue's do not fit. */
  readonly healthcheck?: readonly string[] | 'built-in';
  /** A job that ends. */
  readonly job?: boolean;
  /** Its name in the Compose file, when that is not the id. */
  readonly name?: string;
  /** Files beside the Compose file that it reads. */
  readonly files?: readonly RecipeFile[];
  /** Of use only to another recipe: not offered by itself. */
  readonly part?: boolean;
  /** Other keys, as Compose has them. */
  readonly extra?: Readonly<Record<string, unknown>>;
  /** The port and path where Prometheus reads its figures. */
  readonly metrics?: readonly [number, string];
}

/** A file that a service reads. */
export interface RecipeFile {
  /** Relative to the Compose file. */
  readonly path: string;
  /** Where it is mounted, read-only. */
  readonly at: string;
  /** May hold `{scrapes}` for what Prometheus reads, and `{NAME}` for the service that `with` found. */
  readonly text: string;
  /** Only where a service of this kind is there. */
  readonly with?: string;
}
