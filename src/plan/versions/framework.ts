import type { KnowledgeBase } from '../../knowledge/knowledge.ts';
import type { Tables } from '../newProject/kind.ts';

/** A framework whose versions can be chosen: a file of `frameworks/`. */
export interface Framework {
  /** The file's name; also the package. */
  readonly id: string;
  readonly title: string;
  /** Newest first. */
  versions(this: void, knowledge: KnowledgeBase): readonly string[];
  /** What goes with a version, the most usual first; empty when nothing is known. */
  combinations(this: void, version: string, device: 'cpu' | 'gpu', tables: Pick<Tables, 'knowledge' | 'starters'>): readonly Combination[];
}

/** A Python, a build and an image that go together. */
export interface Combination {
  readonly framework: string;
  readonly version: string;
  readonly device: 'cpu' | 'gpu';
  /** The minor version; absent where the image has one of its own that is not known for certain. */
  readonly python?: string;
  readonly cuda?: string;
  /** The lowest NVIDIA driver on Linux. */
  readonly driver?: string;
  /** The lowest compute capability that has code. */
  readonly capability?: string;
  readonly image: string;
  /** `python`: an image of Python keeps its flavour; `whole`: this very image; `kept`: the one that is there. */
  readonly from: 'python' | 'whole' | 'kept';
  /** Packages that the image has in a build of its own, which a pin would replace. */
  readonly brings?: readonly string[];
  /** What is pinned; the first is the framework. */
  readonly packages: readonly Pinned[];
  /** What other packages have to stay below, though the framework does not ask for it. */
  readonly bounds?: readonly Bound[];
  /** The tag of PyTorch's index that has the build, and whether PyPI has the same one. */
  readonly index?: { readonly tag: string; readonly pypi: boolean };
  /** Approximate MB unpacked, image and framework together. */
  readonly size?: readonly [number, number];
  readonly sure: 'certain' | 'likely';
}

/** A package, and the version that it has to stay below. */
export interface Bound {
  readonly name: string;
  readonly below: string;
}

/** A package with the version that fits. */
export interface Pinned {
  readonly name: string;
  readonly version: string;
  /** Extras that it has to have, e.g. `and-cuda`. */
  readonly extras?: readonly string[];
  /** Extras and packages that choose another build: they make way. */
  readonly not?: { readonly extras?: RegExp; readonly names?: readonly string[] };
  /** Whether it is added where nothing names it. */
  readonly wanted: boolean;
}

/** The releases of Debian that Python's images were made on, with the first and last minor version of Python 3; the preferred one first, the ended ones last. */
const debians: readonly (readonly [name: string, first: number, last: number])[] = [
  ['bookworm', 7, Infinity],
  ['trixie', 9, Infinity],
  ['bullseye', 6, 13],
  ['buster', 5, 11],
];

const ended: ReadonlySet<string> = new Set(['bullseye', 'buster']);

/** The release of Debian for a Python: the wanted one if it is maintained and there are images, else the usual one; undefined when there is none. */
export function debianOf(python: string, wanted?: string): string | undefined {
  const [major, minor = 0] = python.split('.').map(Number);
  const fitting = debians.filter(([name, first, last]) => (major === 3 ? minor >= first && minor <= last : name === 'buster'));
  return (fitting.find(([name]) => name === wanted && !ended.has(name)) ?? fitting[0])?.[0];
}

/** Python's slim image. */
export const pythonImage = (python: string): string => `python:${python}-slim-${debianOf(python) ?? 'bookworm'}`;

/** Unpacked MB of Python's slim image. */
export const slimSize: readonly [number, number] = [118, 135];

/** Puts the usual Pythons first, the others behind, newest first; those without an image are left out. */
export function pythonOrder(all: readonly string[], preferred: readonly string[]): readonly string[] {
  const pythons = all.filter((python) => debianOf(python) !== undefined);
  return [
    ...preferred.filter((python) => pythons.includes(python)),
    ...pythons.filter((python) => !preferred.includes(python)).toReversed(),
  ];
}
