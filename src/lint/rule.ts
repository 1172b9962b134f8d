import type { Surroundings } from '../compose/surroundings.ts';
import type { Document, Documents, Language } from '../document.ts';
import type { Dockerfile, Stage } from '../dockerfile/model.ts';
import type { ShellComment } from '../dockerfile/shell/shellcheck.ts';
import type { ShellScript } from '../dockerfile/shell/shellScript.ts';
import type { KnowledgeBase } from '../knowledge/knowledge.ts';
import type { Edit, Span } from '../text/text.ts';

export type Severity = 'error' | 'warning' | 'info' | 'hint';

/** A rule is data plus one function. Its examples are its tests and its documentation. */
export interface Rule<L extends Language = Language> {
  /** The file name, the setting name, the name in a suppression comment. */
  readonly id: string;
  readonly language: L;
  readonly severity: Severity;
  /** Whether it runs unless someone switches it on. Noisy rules start off. */
  readonly enabled: boolean;
  /** Why it says less than the damage would deserve, or nothing unless it is asked to: what speaks against certainty. */
  readonly quiet?: string;
  /** What the rule asks for, as an instruction: "Pin the CUDA image tag". */
  readonly title: string;
  /** Why it matters, in Markdown. */
  readonly why: string;
  /** The same check elsewhere: `buildkit:<Rule>`, `hadolint:<DLnnnn>`, `dclint:<rule>`, `trivy:<DSnnn>`, `checkov:<CKV_…>`. */
  readonly also: readonly string[];
  readonly examples: readonly Example[];
  /** Whether it looks at templates of other programs (Jinja, gomplate) too: all other rules leave them alone. */
  readonly templates?: boolean;
  /**
   * How far one look reaches: over a part of the file, which is what most rules need: a stage with the stages that it is built on, a service
   * with those that it extends (see `src/lint/kept.ts`). Or over the whole file (`'file'`), of a Dockerfile over the last stage and those it
   * is built on (`'shipped'`), or over a stage and all that it needs, those that it copies from included (`'needed'`); over all services of the whole file and there only over some keys (their names). In a large file only what an
   * edit changed is looked at again.
   */
  readonly reach?: 'file' | 'shipped' | 'needed' | readonly string[];
  /**
   * All that it looks at, so that it is asked again only when some of it has changed; left out: everything. Of a Compose file, for a rule
   * that looks at one service: the keys of the service; its name, what it extends and what it takes from anchors count without being named.
   * Of a Dockerfile: keywords, e.g. `['RUN', 'USER']`. `RUN pip` stands for the RUNs with `pip` in their text, `* pip` for whatever has it,
   * `&USER` for USERs in files that have something else of the list, `#` for comments, `lines` for how lines and instructions follow each
   * other (a message that says «line 12»), `keywords` for how instructions are called as it is written, `shellcheck` for what it answers.
   * FROM, SHELL and the variables used in what it looks at count without being named; `ENV` and `ARG` are for who asks for a variable by its
   * name. While none of it is in a file, the rule is not asked.
   */
  readonly looksAt?: readonly string[];
  /** What has to be there for it to find anything, where that is not written in one place. */
  readonly needs?: Needs;
  check(this: void, document: Documents[L], world: World): Iterable<Problem>;
}

/** Words, of which an aspect has to have one, in lower case; any will do where there are none. */
export interface Needs {
  readonly of: Aspect;
  readonly words: (this: void, knowledge: KnowledgeBase) => readonly string[];
}

/**
 * What many rules look at and none can say by keywords: it is worked out stage by stage for all of them. They are asked again when it is
 * another, and not while it has none of their words.
 */
export interface Aspect {
  /** All that it is read from, as in the `looksAt` of a rule. */
  readonly looksAt: readonly string[];
  read(this: void, file: Dockerfile, stage: Stage, world: World): Said;
}

/** What an aspect says of a stage. */
export interface Said {
  /** In lower case. */
  readonly words: string;
  /** Where it stands: rules that need one of the words look again when that is elsewhere. */
  readonly from: string;
}

/** Everything a rule may look at besides its document. */
export interface World {
  /** The same as long as files and documents but the one at hand are: what they said need not be asked again. */
  readonly state?: number;
  readonly knowledge: KnowledgeBase;
  readonly files: Files;
  readonly workspace: Workspace;
  readonly live: Live;
  readonly options: LintOptions;
  /** The variables of the shell that Compose would run in. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** What is written near a folder for whoever starts its project, kept while the state is the same. */
  readonly writings?: Surroundings['writings'];
  /** What ShellCheck says about a script, where it is installed and wanted; undefined while that is not known yet. */
  readonly shellcheck?: (script: ShellScript) => readonly ShellComment[] | undefined;
  /** ISO date (`2026-11-21`) that dated facts are compared with. */
  readonly today: string;
}

/** A snapshot of the files around the document. Paths are in the form of `Source.path`, joined with `/`. */
export interface Files {
  read(path: string): string | undefined;
  exists(path: string): boolean;
  /** Names in a directory; directories end in `/`. Undefined when it is none. */
  list(path: string): readonly string[] | undefined;
  /** Bytes. */
  size(path: string): number | undefined;
}

/** The other documents of the workspace, parsed when asked for. */
export interface Workspace {
  dockerfiles(): readonly Documents['dockerfile'][];
  composeFiles(): readonly Documents['compose'][];
}

/** Live facts of the engine, when there is one: plain arrays the client sent. */
export interface Live {
  /** References of local images, e.g. `python:3.11-slim`. */
  readonly images: readonly string[];
  /** Their sizes in bytes, by reference. */
  readonly sizes?: Readonly<Record<string, number>>;
  readonly gpus: readonly LiveGpu[];
  /** NVIDIA driver version of the engine's host, e.g. `550.54.15`. */
  readonly driver?: string;
  /** What the engine says of itself; absent while none has answered. */
  readonly engine?: LiveEngine;
}

/** An engine and the machine it runs on. What is absent is not known. */
export interface LiveEngine {
  /** In the words of images: `amd64`, `arm64`. */
  readonly architecture?: string;
  /** Whether it runs in a virtual machine on a Mac. */
  readonly onMac?: boolean;
  /** Names of its runtimes; `nvidia` is there once the NVIDIA Container Toolkit is set up. */
  readonly runtimes?: readonly string[];
  /** Devices it found in CDI files: `nvidia.com/gpu=all`. */
  readonly cdiDevices?: readonly string[];
  /** True when nvidia-smi was looked for on its machine and is not there. */
  readonly noDriver?: boolean;
}
export interface LiveGpu {
  readonly name: string;
  /** MiB. */
  readonly memory: number;
  /** e.g. `8.9`. */
  readonly computeCapability?: string;
}

/** What a project or a user may set for rules that need to be told something. */
export interface LintOptions {
  readonly buildArgs: Readonly<Record<string, string>>;
  readonly trustedRegistries: readonly string[];
  /** Label name to its kind (`text`, `url`, `semver`, `hash`, `rfc3339`, `spdx`, `email`), as hadolint's `label-schema`. */
  readonly labelSchema: Readonly<Record<string, string>>;
  readonly strictLabels: boolean;
}

/** What a rule reports. */
export interface Problem {
  readonly span: Span;
  readonly message: string;
  readonly fixes?: readonly Fix[];
  /** Which of the rule's `also` this one is; all of them unless it says so. */
  readonly also?: readonly string[];
  /** When this one matters less than what the rule is about. What someone sets for the rule goes before it. */
  readonly severity?: Severity;
}

/** What everyone else sees: a problem that knows which rule found it and how much it matters. */
export interface Finding extends Problem {
  readonly rule: string;
  readonly severity: Severity;
  readonly also: readonly string[];
}

/** A safe fix never changes what gets built or run beyond what the rule asks for. */
export interface Fix {
  readonly title: string;
  readonly safe: boolean;
  readonly edits: readonly Edit[];
}

/**
 * A file in miniature. In `bad`, «guillemets» enclose each span the rule must report.
 * `good` is clean; when the rule offers a fix, `good` is exactly what the first fix of every finding makes of `bad`.
 * `files` are the files beside it, by relative path. `live` and `today` stand for the engine and the date.
 */
export interface Example {
  readonly title?: string;
  /** The name of the file, when it is not the usual one of the language. */
  readonly path?: string;
  readonly bad?: string;
  readonly good?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly live?: Partial<Live>;
  readonly options?: Partial<LintOptions>;
  readonly environment?: Readonly<Record<string, string>>;
  /** What ShellCheck says about each script: line 2 is the RUN. */
  readonly shellcheck?: readonly ShellComment[];
  readonly today?: string;
}

export type AnyRule = { [L in Language]: Rule<L> }[Language];

/** What a rule file states; the language is said by the function it calls. */
type Stated<L extends Language> = Omit<Rule<L>, 'language' | 'enabled' | 'also'> & Partial<Pick<Rule<L>, 'enabled' | 'also'>>;

const rule =
  <L extends Language>(language: L) =>
  (stated: Stated<L>): Rule<L> => ({ enabled: true, also: [], ...stated, language });

export const dockerfileRule = rule('dockerfile');
export const composeRule = rule('compose');
export const requirementsRule = rule('requirements');
export const dockerignoreRule = rule('dockerignore');
export const devcontainerRule = rule('devcontainer');
export const catalogueRule = rule('catalogue');

/** Narrows a rule of any language to the document at hand: undefined when it is for another language. */
export function problems(rule: AnyRule, document: Document, world: World): Iterable<Problem> {
  switch (rule.language) {
    case 'dockerfile':
      if (document.language !== 'dockerfile' || (document.template !== undefined && !rule.templates)) return [];
      return rule.check(document, world);
    case 'compose':
      return document.language === 'compose' && !document.template ? rule.check(document, world) : [];
    case 'requirements':
      return document.language === 'requirements' ? rule.check(document, world) : [];
    case 'dockerignore':
      return document.language === 'dockerignore' ? rule.check(document, world) : [];
    case 'devcontainer':
      return document.language === 'devcontainer' ? rule.check(document, world) : [];
    case 'catalogue':
      return document.language === 'catalogue' ? rule.check(document, world) : [];
  }
}
