import { open } from '../src/core.ts';
import type { Document } from '../src/document.ts';
import { knowledge } from '../src/knowledge/index.ts';
import { fixAll } from '../src/lint/fixAll.ts';
import { Kept } from '../src/lint/kept.ts';
import { lint } from '../src/lint/lint.ts';
import type { Files, Finding, Live, World } from '../src/lint/rule.ts';
import { withProject } from '../src/project.ts';
import { rules } from '../src/rules/index.ts';
import { composeVariables, type Settings } from '../src/settings.ts';
import { remembered } from '../src/text/remembered.ts';
import { applyEdits } from '../src/text/text.ts';
import { ShellCheck } from '../machine/shellcheck.ts';
import type { OpenDocument } from './documents.ts';
import type { Root } from './roots.ts';
import { boundYoungGeneration } from './heap.ts';

/** Runs the rules over open documents, and no more often than something they depend on has changed. */
export class Checker {
  /** Grows when settings or facts change: whatever was found before is stale then. */
  epoch = 0;
  #live: Live = { images: [], gpus: [] };
  readonly #onFailure: (message: string) => void;
  readonly #failed = new Set<string>();
  readonly shell = new ShellCheck();
  /** What the last check was held against, and what that holds for. */
  #last:
    | {
        readonly root: Root;
        readonly path: string;
        readonly epoch: number;
        readonly silent: boolean;
        readonly until: number;
        readonly world: World;
      }
    | undefined;

  constructor(onFailure: (message: string) => void) {
    this.#onFailure = onFailure;
  }

  set live(live: Live) {
    this.#live = live;
    this.epoch++;
  }

  findings(open: OpenDocument): readonly Finding[] {
    const { state, checked } = open;
    if (checked?.state === state && checked.epoch === this.epoch && !checked.stale) return checked.findings;
    const earlier = checked?.epoch === this.epoch && checked.kept ? checked : undefined;
    const reads = open.root.files.begin(earlier?.reads);
    const kept = earlier?.kept ?? new Kept();
    const findings = this.#lint(open.document, open.root, kept);
    boundYoungGeneration();
    open.checked = { state, epoch: this.epoch, findings, reads, kept };
    return findings;
  }

  /** What the document at `path` is held against. */
  world({ files, workspace, settings }: Root, path?: string): World {
    return {
      ...(path === undefined ? {} : { state: files.stateBeside(path) }),
      ...withProject({ knowledge, live: this.#live }, files, settings.catalogue),
      files: snapshot(files),
      workspace,
      options: { buildArgs: settings['lint.buildArgs'], trustedRegistries: [], labelSchema: {}, strictLabels: false },
      ...(settings['lint.shellcheck'] && !this.shell.silent ? { shellcheck: (script) => this.shell.comments(script) } : {}),
      environment: environmentOf(settings),
      today: new Date().toISOString().slice(0, 10),
    };
  }

  /** The same for the keys of a word: until another file changes, or the settings, and not for long. */
  #worldAround({ source: { path }, language }: Document, root: Root): World {
    const { epoch } = this;
    const last = this.#last;
    const now = performance.now();
    if (
      last?.root === root &&
      last.path === path &&
      last.epoch === epoch &&
      last.silent === this.shell.silent &&
      last.world.state === root.files.stateBeside(path) &&
      now < last.until
    )
      return { ...last.world, files: snapshot(root.files) };
    const world = this.world(root, path);
    // Other documents are among what they are held against.
    if (language === 'dockerfile' || language === 'compose')
      this.#last = { root, path, epoch, silent: this.shell.silent, until: now + renewed, world };
    return world;
  }

  /** The text after all safe fixes, applied until none is left; undefined when there is nothing to fix. */
  fixed(open_: OpenDocument): string | undefined {
    let document: Document = open_.document;
    let findings = this.findings(open_);
    for (let round = 0; round < 10; round++) {
      const edits = fixAll(findings);
      if (!edits.length) break;
      document = open(open_.path, applyEdits(document.source.text, edits), open_.language);
      findings = this.#lint(document, open_.root);
    }
    return document === open_.document ? undefined : document.source.text;
  }

  #lint(document: Document, root: Root, kept?: Kept): readonly Finding[] {
    if (!root.settings['lint.enabled']) return [];
    const failed = (rule: string, error: unknown): void => {
      // Said once a rule: the next keystroke would only repeat it.
      if (this.#failed.has(rule)) return;
      this.#failed.add(rule);
      this.#onFailure(
        `The rule «${rule}» failed on «${document.source.path}»: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
    };
    return lint(document, rules, this.#worldAround(document, root), { all: false, severities: root.settings['lint.rules'] }, failed, kept);
  }
}

/** Milliseconds after which it may be another day, or ShellCheck may be there. */
const renewed = 1000;

/** The variables of the shell that Compose would run in, which is called from another folder than the editor. Node asks the system for each of its own. */
const environmentOf = remembered((settings: Settings) => ({ ...process.env, PWD: undefined, ...composeVariables(settings) }));

/** The files as one pass sees them: rules may remember what they worked out from a snapshot. */
const snapshot = (files: Files): Files => ({
  read: (path) => files.read(path),
  exists: (path) => files.exists(path),
  list: (path) => files.list(path),
  size: (path) => files.size(path),
});
