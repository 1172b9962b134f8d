import type { BaseImage, PackageIndex, Service } from '../knowledge/knowledge.ts';
import type { Source, Span } from '../text/text.ts';

/** A `.ml-containers.yaml`: rows that a project or a team adds to the tables. */
export interface Catalogue {
  readonly language: 'catalogue';
  readonly source: Source;
  readonly rows: Rows;
  /** `better` is what was probably meant in place of the span. */
  readonly faults: readonly { readonly span: Span; readonly message: string; readonly better?: string }[];
}

/** Rows that are sound; others are faults. */
export interface Rows {
  readonly images: readonly OwnImage[];
  readonly services: readonly OwnService[];
  readonly indexes: readonly PackageIndex[];
  readonly gpus: readonly OwnGpu[];
}

/** A base image as people write it; what is left out comes from the image it is based on. */
export interface OwnImage extends Partial<Omit<BaseImage, 'sure' | 'match' | 'references'>> {
  readonly image?: string;
  readonly match?: string;
  readonly tags?: readonly string[];
  readonly basedOn?: string;
}

/** A service as people write it. */
export interface OwnService extends Partial<Omit<Service, 'sure' | 'recognise'>> {
  readonly id: string;
  readonly images: readonly string[];
  readonly match?: string;
}

/** A GPU of the machines that images run on; memory in GB. */
export interface OwnGpu {
  readonly name: string;
  readonly computeCapability?: string;
  readonly memory?: number;
  readonly driver?: string;
}
