import { basename, dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { ComposeFile } from '../src/compose/model.ts';
import { mayNameFiles, unusuallyNamed } from '../src/compose/namedFiles.ts';
import { parseCompose } from '../src/compose/parse.ts';
import type { Document, Language } from '../src/document.ts';
import { defaultSettings, type Settings } from '../src/settings.ts';
import { WorkspaceDocuments } from '../src/workspace.ts';
import { languageOf } from '../src/core.ts';
import { DiskFiles } from './files.ts';
import { walk } from './walk.ts';

const slashes = (path: string): string => path.replaceAll('\\', '/');

/** The path on disk of a `file:` URI; undefined for anything else. */
function pathOf(uri: string): string | undefined {
  if (!uri.startsWith('file:')) return undefined;
  try {
    return slashes(fileURLToPath(uri));
  } catch {
    return undefined;
  }
}

/** What the editor has open: its text, and what that says. */
interface Opened {
  readonly text: string;
  readonly document: Document;
}

/** A folder that documents belong to: its settings, its files and the other documents in it. Paths inside are relative to it. */
export class Root {
  /** Without a slash at the end; undefined for documents that are no files. */
  readonly folder: string | undefined;
  readonly files: DiskFiles;
  readonly workspace: WorkspaceDocuments;
  settings: Settings;
  #found: readonly string[] = [];
  readonly #open = new Map<string, Opened>();
  /** Compose files that others include or extend, whatever they are called. */
  #named: ReadonlySet<string> = new Set();
  /** The paths of what was found and what is open. */
  #every: readonly string[] | undefined;

  constructor(folder: string | undefined, settings: Settings) {
    this.settings = settings;
    this.folder = folder?.replace(/\/+$/, '');
    this.files = new DiskFiles(this.folder);
    this.workspace = new WorkspaceDocuments(
      () => (this.#every ??= [...new Set([...this.#found, ...this.#open.keys()])]),
      this.files,
      (path) => this.#open.get(path)?.document,
      (path) => this.languageAt(path),
    );
  }

  /** Takes note of what the editor has open, or (undefined) not any more. */
  setOpen(path: string, opened: Opened | undefined): void {
    this.files.setOpen(path, opened?.text);
    if (this.#open.has(path) !== (opened !== undefined)) this.#every = undefined;
    if (opened) this.#open.set(path, opened);
    else this.#open.delete(path);
  }

  contains(path: string): boolean {
    return this.folder !== undefined && path.startsWith(`${this.folder}/`);
  }

  relative(path: string): string {
    return this.contains(path) ? path.slice((this.folder ?? '').length + 1) : path;
  }

  /** The URI of a file of this folder, or of one outside that a path with `..` names. */
  uriOf(path: string): string {
    const whole = path.startsWith('/') || this.folder === undefined ? path : `${this.folder}/${path}`;
    return pathToFileURL(whole).href;
  }

  /** What a file is, by its name or because a Compose file takes it in. */
  languageAt(path: string): Language | undefined {
    return languageOf(path) ?? (this.#named.has(path) ? 'compose' : undefined);
  }

  /** The URIs of the Compose files that only others tell to be some. */
  get namedUris(): readonly string[] {
    return [...this.#named].map((path) => this.uriOf(path));
  }

  /** Looks for our files below the folder; says whether there are others than before. */
  async discover(signal: AbortSignal): Promise<boolean> {
    if (this.folder === undefined) return false;
    const walked = await walk(this.folder, (path) => languageOf(path) !== undefined, signal);
    const isCompose = (path: string): boolean => languageOf(path) === 'compose';
    const read = (path: string): ComposeFile | undefined => {
      const text = path.startsWith('..') || path.startsWith('/') ? undefined : this.files.read(path);
      return text === undefined || (isCompose(path) && !mayNameFiles(text)) ? undefined : parseCompose(path, text);
    };
    this.#named = unusuallyNamed(walked.filter(isCompose), read, isCompose);
    const found = [...walked, ...this.#named];
    const changed = found.join('\n') !== this.#found.join('\n');
    this.#found = found;
    this.#every = undefined;
    return changed;
  }
}

/** The folders of the workspace; a file outside them has its own folder as root. */
export class Roots {
  #defaults: Settings = defaultSettings;
  #folders: Root[] = [];
  readonly #strays = new Map<string, Root>();

  setFolders(uris: readonly string[]): void {
    const paths = uris.flatMap((uri) => pathOf(uri) ?? []);
    this.#folders = paths.map(
      (path) => this.#folders.find(({ folder }) => folder === path.replace(/\/+$/, '')) ?? new Root(path, this.#defaults),
    );
  }

  /** The settings of a root that has not been told its own. */
  get defaults(): Settings {
    return this.#defaults;
  }

  set defaults(settings: Settings) {
    for (const root of this.all) if (root.settings === this.#defaults) root.settings = settings;
    this.#defaults = settings;
  }

  get uris(): readonly string[] {
    return this.#folders.flatMap(({ folder }) => (folder === undefined ? [] : [pathToFileURL(folder).href]));
  }

  get folders(): readonly Root[] {
    return this.#folders;
  }

  get all(): readonly Root[] {
    return [...this.#folders, ...this.#strays.values()];
  }

  /** The root of a document and its path there. */
  locate(uri: string): { readonly root: Root; readonly path: string } {
    const path = pathOf(uri);
    if (path === undefined) return { root: this.#stray(''), path: decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1)) };
    const inside = this.#folders.filter((root) => root.contains(path)).sort((a, b) => (b.folder?.length ?? 0) - (a.folder?.length ?? 0));
    const root = inside[0] ?? this.#stray(slashes(dirname(path)));
    return { root, path: inside[0] ? root.relative(path) : basename(path) };
  }

  #stray(folder: string): Root {
    let root = this.#strays.get(folder);
    if (!root) this.#strays.set(folder, (root = new Root(folder || undefined, this.#defaults)));
    return root;
  }
}
