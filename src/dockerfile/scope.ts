import { expand, type Lookup } from './expand.ts';
import type { Dockerfile, Instruction, Stage, Word } from './model.ts';

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

/** The ARGs before the first FROM, expanded in order. */
export function globalArgs(file: Pick<Dockerfile, 'instructions' | 'escape'>, buildArgs: BuildArgs = none): Map<string, Variable> {
  const variables = new Map<string, Variable>();
  for (const { keyword, pairs = [], stage } of file.instructions) {
    if (stage !== undefined) break;
    if (keyword !== 'ARG') continue;
    for (const { name, value } of pairs) {
      const given = buildArgs[name.value] ?? (value && expandedText(value.text, (other) => variables.get(other)?.value, file.escape));
      variables.set(name.value, { name: name.value, value: given, kind: 'arg', declaration: name });
    }
  }
  return variables;
}

function expandedText(text: string, lookup: Lookup, escape: string): string | undefined {
  const result = expand(text, lookup, { escape, keepUnset: true });
  return result.ok ? result.text : undefined;
}

/** What FROM names with the ARGs put in. Undefined while a variable in it has no value. */
export function baseImage(file: Dockerfile, stage: Stage, buildArgs: BuildArgs = none): string | undefined {
  if (!stage.image) return undefined;
  const args = globalArgs(file, buildArgs);
  const open = new Set<string>();
  const result = expand(
    stage.image.text,
    (name) => {
      const value = args.get(name)?.value;
      if (value === undefined) open.add(name);
      return value;
    },
    { escape: file.escape },
  );
  // A modifier such as `${TAG:-1}` gives a value although the variable has none.
  return result.ok && result.text && !(open.size && result.unset.size) ? result.text : undefined;
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

/** The variables that hold just before `instruction` in its stage (or at the stage's end), those of the stages below it included. */
export function variablesAt(file: Dockerfile, stage: Stage, instruction?: Instruction, buildArgs: BuildArgs = none): Map<string, Variable> {
  const globals = globalArgs(file, buildArgs);
  const variables = stage.base
    ? new Map([...variablesAt(file, stage.base, undefined, buildArgs)].filter(([, { kind }]) => kind === 'env'))
    : new Map<string, Variable>();
  for (const each of stage.instructions) {
    if (each === instruction || (instruction && each.span.start >= instruction.span.start)) break;
    // All pairs of one ENV see the variables from before it.
    const before = new Map(variables);
    const lookup: Lookup = (name) => before.get(name)?.value;
    for (const { name, value } of each.keyword === 'ARG' || each.keyword === 'ENV' ? (each.pairs ?? []) : []) {
      if (each.keyword === 'ENV')
        variables.set(name.value, {
          name: name.value,
          value: value && expandedText(value.text, lookup, file.escape),
          kind: 'env',
          declaration: name,
        });
      else if (variables.get(name.value)?.kind !== 'env') {
        const given = buildArgs[name.value] ?? (value ? expandedText(value.text, lookup, file.escape) : globals.get(name.value)?.value);
        variables.set(name.value, { name: name.value, value: given, kind: 'arg', declaration: name });
      }
    }
  }
  return variables;
}

/** Instructions of a stage and the stages below it, in the order in which a build runs them. */
export const allInstructions = (stage: Stage): readonly Instruction[] =>
  lineage(stage)
    .toReversed()
    .flatMap(({ instructions }) => instructions);

/** The stage that a build ends with, and those it needs: through FROM, `COPY --from` and `--mount=from`. */
export function lastStage({ stages }: Dockerfile): Stage | undefined {
  return stages.at(-1);
}

/** The shell in force at an instruction, in the stages below it too. */
export function shellAt(stage: Stage, instruction: Instruction): readonly string[] {
  const shell = allInstructions(stage).findLast(
    ({ keyword, json, span }) => keyword === 'SHELL' && json?.length && span.start < instruction.span.start,
  );
  return shell?.json?.map(({ value }) => value) ?? ['/bin/sh', '-c'];
}
