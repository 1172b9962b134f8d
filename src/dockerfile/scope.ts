import { remembered } from '../text/remembered.ts';
import { expand, type Lookup } from './expand.ts';
import type { Dockerfile, Instruction, Stage, Word } from './model.ts';
import { asRead } from './move.ts';
import { Attached } from '../text/attached.ts';

/** A variable as one place of the file sees it. `value` is undefined when the file gives none, e.g. `ARG NAME`. */
export interface Variable {
  readonly name: string;
  readonly value: string | undefined;
  readonly kind: 'arg' | 'env';
  /** The declaring word; absent for what a build predefines. */
  readonly declaration: Word;
}

/** ARGs that a build sets by itself for `FROM` lines and, when declared, in stages. */
export const platformArgs: ReadonlySet<string> = new Set([
  'TARGETPLATFORM',
  'TARGETOS',
  'TARGETARCH',
  'TARGETVARIANT',
  'TARGETOSVERSION',
  'TARGETSTAGE',
  'BUILDPLATFORM',
  'BUILDOS',
  'BUILDARCH',
  'BUILDVARIANT',
  'BUILDOSVERSION',
]);

const proxies = ['HTTP_PROXY', 'HTTPS_PROXY', 'FTP_PROXY', 'NO_PROXY', 'ALL_PROXY'];

/** ARGs that need no declaration. */
export const predefinedArgs: ReadonlySet<string> = new Set([
  ...platformArgs,
  ...proxies,
  ...proxies.map((name) => name.toLowerCase()),
  'BUILDKIT_SYNTAX',
  'BUILDKIT_CONTEXT_KEEP_GIT_DIR',
  'BUILDKIT_INLINE_CACHE',
  'BUILDKIT_MULTI_PLATFORM',
  'BUILDKIT_SANDBOX_HOSTNAME',
  'BUILDKIT_CACHE_MOUNT_NS',
  'BUILDKIT_BUILD_NAME',
  'BUILDKIT_DOCKERFILE_CHECK',
  'SOURCE_DATE_EPOCH',
]);

type BuildArgs = Readonly<Record<string, string>>;
const none: BuildArgs = {};

type Variables = ReadonlyMap<string, Variable>;

/** What was worked out for a part of a document, with the build arguments it holds for. */
export class Cache<K extends object, V> {
  readonly #kept = new Attached<K, { readonly buildArgs: BuildArgs; readonly value: V }>();

  known(key: K, buildArgs: BuildArgs): V | undefined {
    const kept = this.#kept.get(key);
    return kept?.buildArgs === buildArgs ? kept.value : undefined;
  }

  get(key: K, buildArgs: BuildArgs, make: () => V): V {
    const kept = this.known(key, buildArgs);
    if (kept !== undefined) return kept;
    const value = make();
    this.#kept.set(key, { buildArgs, value });
    return value;
  }
}

const globals = new Cache<Instruction, Variables>();
const noGlobals: Variables = new Map();

/** The ARGs before the first FROM, expanded in order. While the last of what stands there is the same, so is all before it. */
export function globalArgs({ instructions, escape }: Pick<Dockerfile, 'instructions' | 'escape'>, buildArgs: BuildArgs = none): Variables {
  const first = instructions.findIndex(({ stage }) => stage !== undefined);
  const last = instructions.at(first < 0 ? -1 : first - 1);
  if (!last || first === 0) return noGlobals;
  return globals.get(last, buildArgs, () => {
    const variables = new Map<string, Variable>();
    for (const { keyword, pairs = [], stage } of instructions) {
      if (stage !== undefined) break;
      if (keyword !== 'ARG') continue;
      for (const { name, value } of pairs) {
        const given = buildArgs[name.value] ?? (value && defaultText(value.text, variables, escape));
        variables.set(name.value, { name: name.value, value: given, kind: 'arg', declaration: name });
      }
    }
    return variables;
  });
}

/** A default before the first FROM; undefined when what a build predefines, or whoever builds has to give, is part of it. */
function defaultText(text: string, variables: Variables, escape: string): string | undefined {
  const result = expand(text, (name) => variables.get(name)?.value, { escape, keepUnset: true });
  return result.ok && ![...result.unset].some((name) => variables.has(name) || predefinedArgs.has(name)) ? result.text : undefined;
}

function expandedText(text: string, lookup: Lookup, escape: string): string | undefined {
  const result = expand(text, lookup, { escape, keepUnset: true });
  return result.ok ? result.text : undefined;
}

const images = new Attached<Instruction, { readonly args: Variables; readonly image: string | undefined }>();

/** What FROM names with the ARGs put in. Undefined while a variable in it has no value. */
export function baseImage(file: Dockerfile, stage: Stage, buildArgs: BuildArgs = none): string | undefined {
  const args = globalArgs(file, buildArgs);
  const from = asRead(stage.from);
  let known = images.get(from);
  if (known?.args !== args) images.set(from, (known = { args, image: expandedImage(file, stage, args) }));
  return known.image;
}

function expandedImage({ escape }: Dockerfile, { image }: Stage, args: Variables): string | undefined {
  if (!image) return undefined;
  const open = new Set<string>();
  const result = expand(
    image.text,
    (name) => {
      const value = args.get(name)?.value;
      if (value === undefined) open.add(name);
      return value;
    },
    { escape },
  );
  // A modifier such as `${TAG:-1}` gives a value although the variable has none.
  return result.ok && result.text && !(open.size && result.unset.size) ? result.text : undefined;
}

/** The stage that an instruction belongs to; undefined before the first FROM. */
export function stageAround({ stages }: Dockerfile, { stage }: Instruction): Stage | undefined {
  if (stage === undefined) return undefined;
  const there = stages[stage];
  return there?.index === stage ? there : stages.find(({ index }) => index === stage);
}

/** The stages a stage is built on, itself first, the outermost last. */
export function lineage(stage: Stage): readonly Stage[] {
  const stages: Stage[] = [];
  for (let at: Stage | undefined = stage; at; at = at.base) stages.push(at);
  return stages;
}

/** The image a stage stands on in the end: `FROM` of the outermost stage of its lineage. */
export const rootImage = (file: Dockerfile, stage: Stage, buildArgs: BuildArgs = none): string | undefined => {
  const root = lineage(stage).at(-1);
  return root && baseImage(file, root, buildArgs);
};

/** The variables of a stage from an ARG or ENV on; the first step is what the stage starts with. */
interface Step {
  readonly from: number;
  readonly variables: Variables;
  /** What ENV alone has set: a stage built on this one gets its ARGs too, but ENV wins again there. */
  readonly env: Variables;
}

const steps = new Cache<Stage, readonly Step[]>();

function stepsOf(file: Dockerfile, stage: Stage, buildArgs: BuildArgs): readonly Step[] {
  const known = steps.known(stage, buildArgs);
  if (known) return known;
  // The stages below come first, so that a long lineage does not become a deep recursion.
  let start: Omit<Step, 'from'> = { variables: new Map(), env: new Map() };
  let found: readonly Step[] = [];
  for (const each of lineage(stage).toReversed()) {
    const first = { ...start, from: each.from.span.start };
    found = steps.get(each, buildArgs, () => stepsIn(file, each, first, buildArgs));
    const { variables, env } = found.at(-1) ?? first;
    start = variables === env ? { variables, env } : { variables: new Map([...variables, ...env]), env };
  }
  return found;
}

function stepsIn(file: Dockerfile, stage: Stage, first: Step, buildArgs: BuildArgs): readonly Step[] {
  const outer = globalArgs(file, buildArgs);
  const found: Step[] = [first];
  let { variables, env } = first;
  for (const { keyword, pairs = [], span } of stage.instructions) {
    if (keyword !== 'ARG' && keyword !== 'ENV') continue;
    const kind = keyword === 'ENV' ? 'env' : 'arg';
    const before = variables;
    const after = new Map(variables);
    const set = new Map(kind === 'env' ? env : []);
    // All pairs of one ENV see the variables from before it; those of one ARG see each other.
    const lookup: Lookup = (name) => (kind === 'arg' ? after : before).get(name)?.value;
    for (const { name, value } of pairs) {
      const own = value && expandedText(value.text, lookup, file.escape);
      const given = kind === 'env' ? own : (buildArgs[name.value] ?? (value ? own : outer.get(name.value)?.value));
      // `ARG NAME` without any value leaves what an ENV has set.
      if (kind === 'arg' && given === undefined && after.get(name.value)?.kind === 'env') continue;
      const variable: Variable = { name: name.value, value: given, kind, declaration: name };
      after.set(name.value, variable);
      if (kind === 'env') set.set(name.value, variable);
    }
    variables = after;
    if (kind === 'env') env = set;
    found.push({ from: span.start, variables, env });
  }
  return found;
}

/** The variables that hold just before `instruction` in its stage (or at the stage's end), those of the stages below it included. */
export function variablesAt(file: Dockerfile, stage: Stage, instruction?: Instruction, buildArgs: BuildArgs = none): Variables {
  const found = stepsOf(file, stage, buildArgs);
  const at = instruction ? found.findLastIndex(({ from }) => from < instruction.span.start) : found.length - 1;
  return found[Math.max(at, 0)]?.variables ?? new Map<string, Variable>();
}

/** Instructions of a stage and the stages below it, in the order in which a build runs them. */
export const allInstructions = remembered((stage: Stage): readonly Instruction[] =>
  stage.base
    ? lineage(stage)
        .toReversed()
        .flatMap(({ instructions }) => instructions)
    : stage.instructions,
);

/** The stage that a build ends with, and those it needs: through FROM, `COPY --from` and `--mount=from`. */
export function lastStage({ stages }: Dockerfile): Stage | undefined {
  return stages.at(-1);
}
