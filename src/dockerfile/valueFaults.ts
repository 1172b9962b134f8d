import type { Span } from '../text/text.ts';
import { join } from '../text/paths.ts';
import { remembered } from '../text/remembered.ts';
import { expand, type Lookup } from './expand.ts';
import { expandedHeredocs, expandedWords, inHeredoc } from './expansionFaults.ts';
import { forBuildah } from './flagFaults.ts';
import { inheritedNames } from './inherited.ts';
import { portFaults, signalFaults } from './instructionFaults.ts';
import type { Dockerfile, Fault, Instruction, Stage } from './model.ts';
import { mountsOf } from './mounts.ts';
import { asRead } from './move.ts';
import { allInstructions, predefinedArgs, rootImage, stageAround, variablesAt } from './scope.ts';

// What a build refuses in an instruction because of those above it: the values of variables, and the folder it works in.

/** Whether there may be something that `valueFaults` says of it. */
export function hangsOnOthers(instruction: Instruction): boolean {
  const { keyword } = instruction;
  if (keyword === 'EXPOSE' || keyword === 'STOPSIGNAL') return true;
  if (keyword === 'RUN') return mayMountRoot(asRead(instruction));
  return mayRequire.has(keyword) && requires(asRead(instruction));
}

/** Whether a mount of a RUN stands where its folder or a variable says, and not in a folder that is written out: so it is wherever the RUN stands. */
const mayMountRoot = remembered((run: Instruction): boolean => mountsOf(run).some(({ target = '' }) => !/^\/[^$"'\\]/.test(target)));

/** Whether it may be the reason of what `valueFaults` says of others. */
export const othersHangOn = ({ keyword }: Instruction): boolean => keyword === 'ARG' || keyword === 'ENV' || keyword === 'WORKDIR';

/** Not ARG: whoever builds may give its value, and a build does not look at what it would be without. */
const mayRequire = new Set(['ADD', 'COPY', 'ENV', 'LABEL', 'USER', 'VOLUME', 'WORKDIR']);

const requires = ({ body, heredocs }: Instruction): boolean => body.text.includes('?') || heredocs.some(({ text }) => text.includes('?'));

export function* valueFaults(instruction: Instruction, file: Dockerfile): Generator<Fault> {
  const stage = stageAround(file, instruction);
  if (!stage) return;
  if (instruction.keyword === 'RUN') yield* rootMountFaults(instruction, file, stage);
  else {
    if (requires(asRead(instruction))) yield* requiredFaults(instruction, file, stage);
    if (instruction.keyword === 'EXPOSE' || instruction.keyword === 'STOPSIGNAL') yield* portOrSignalFaults(instruction, file, stage);
  }
}

/** Ports and signals that stand in a variable, with the values that the stage gives it. */
function* portOrSignalFaults(instruction: Instruction, file: Dockerfile, stage: Stage): Generator<Fault> {
  for (const word of instruction.args) {
    if (!word.text.includes('$')) continue;
    const { lookup, open } = valuesAt(file, stage, instruction);
    const result = expand(word.text, lookup, { escape: file.escape });
    if (!result.ok || open.size) continue;
    if (instruction.keyword === 'STOPSIGNAL') yield* signalFaults(result.text, word.span);
    else for (const value of result.words) yield* portFaults({ text: word.text, value, span: word.span });
  }
}

/** The values of variables, and those among them that were asked for and that the base image may set, or whoever builds. */
function valuesAt(file: Dockerfile, stage: Stage, instruction: Instruction): { readonly lookup: Lookup; readonly open: Set<string> } {
  const variables = variablesAt(file, stage, instruction);
  const inherited = inheritedNames(file, stage);
  const open = new Set<string>();
  return {
    lookup: (name) => {
      const variable = variables.get(name);
      if (variable?.value === undefined && (variable || predefinedArgs.has(name) || inherited?.includes(name) !== false)) open.add(name);
      // What nothing sets stands in a value as it was written.
      if (variable?.value?.includes('$')) open.add(name);
      return variable?.value;
    },
    open,
  };
}

/** `${NAME:?}` where nothing can have set the variable. */
function* requiredFaults(instruction: Instruction, file: Dockerfile, stage: Stage): Generator<Fault> {
  const refused = (text: string, options: Parameters<typeof expand>[2]): { name: string; start: number } | undefined => {
    const { lookup, open } = valuesAt(file, stage, instruction);
    const given: Lookup = (name) => lookup(name) ?? (open.has(name) ? 'x' : undefined);
    const result = text.includes('?') ? expand(text, given, options) : undefined;
    if (result?.ok !== false || result.missing === undefined) return undefined;
    const { missing: name, start = 0 } = result;
    // An ARG that is empty, and what is made of one, is there to be replaced.
    return variablesAt(file, stage, instruction).has(name) ? undefined : { name, start };
  };
  for (const { word, text } of expandedWords(instruction, file.escape)) {
    const found = refused(text, { escape: file.escape });
    if (found) yield required(found.name, word.span);
  }
  for (const { content, text } of expandedHeredocs(instruction)) {
    const found = refused(text, inHeredoc);
    if (!found) continue;
    const start = content.start + found.start;
    yield required(found.name, { start, end: start + (/^\$\{[^}\n]*\}?/.exec(text.slice(found.start))?.[0].length ?? 0) });
  }
}

const required = (name: string, span: Span): Fault => ({
  span,
  message: `«${name}» has to be set here, and nothing sets it: declare it in this stage with ARG or ENV.`,
});

/** Mounts without a target, or with one that is not absolute, in a stage that works at the root. */
function* rootMountFaults(instruction: Instruction, file: Dockerfile, stage: Stage): Generator<Fault> {
  if (forBuildah(file.source.path)) return;
  for (const flag of instruction.flags) {
    const [mount] = mountsOf({ flags: [flag] });
    if (!mount) continue;
    const { type, target: written = '', fields } = mount;
    // What is written at the root, `mountFaults` speaks of.
    if (!/^(?:bind|cache|tmpfs)$/i.test(type) || written === '/') continue;
    const target = valueOf(written, instruction, file);
    if (target === undefined || /[\\:]/.test(target) || (target.startsWith('/') && target !== '/')) continue;
    const folder = target === '/' ? '/' : workingFolder(instruction, file, stage);
    if (folder === undefined || !/^\/[/.]*$/.test(join(folder, target))) continue;
    const field = fields.findLast(({ name }) => /^(?:target|dst|destination)$/.test(name));
    yield {
      span: field?.span ?? flag.span,
      message:
        target === '/'
          ? `«${written}» comes to «/», and a mount cannot stand at the root of the file system: name a folder in target=.`
          : `This stage works in /, and a mount ${written === '' ? 'without target=' : `at «${written}»`} would stand there, at the root of the file system. Name a folder in target=, or set WORKDIR before.`,
    };
  }
}

/** Where an instruction works; undefined when the base image or a variable says so. */
function workingFolder(instruction: Instruction, file: Dockerfile, stage: Stage): string | undefined {
  // The images whose variables are known all begin at the root, but for the old ones that build on themselves.
  let folder = inheritedNames(file, stage) && !rootImage(file, stage)?.includes('onbuild') ? '/' : undefined;
  for (const each of allInstructions(stage)) {
    if (each.span.start >= instruction.span.start) break;
    const written = each.keyword === 'WORKDIR' ? each.args[0]?.text : undefined;
    if (written === undefined) continue;
    const path = valueOf(written, each, file);
    if (path === undefined || /[\\:]/.test(path)) folder = undefined;
    else if (folder !== undefined || path.startsWith('/')) folder = join(folder ?? '/', path);
  }
  return folder;
}

/** What a word comes to; undefined when the base image or whoever builds has a say in it. An ARG's default may be replaced, too. */
function valueOf(word: string, instruction: Instruction, file: Dockerfile): string | undefined {
  const stage = stageAround(file, instruction);
  if (!stage) return undefined;
  const { lookup, open } = valuesAt(file, stage, instruction);
  const result = expand(word, lookup, { escape: file.escape });
  return result.ok && !open.size && ![...result.used].some((name) => lookup(name) !== undefined) ? result.text : undefined;
}
