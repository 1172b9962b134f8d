import { shifted } from '../text/change.ts';
import { nearest } from '../text/nearest.ts';
import type { Span } from '../text/text.ts';
import { expand } from './expand.ts';
import { expansionFaults } from './expansionFaults.ts';
import { flagFaults, platformFault } from './flagFaults.ts';
import { instructionFaults } from './instructionFaults.ts';
import { instructions, instructionSpec } from './instructions.ts';
import type { Dockerfile, Fault, Instruction, Stage, Word } from './model.ts';
import { asRead } from './move.ts';
import type { Reread } from './reread.ts';
import { reference } from './reference.ts';
import { originsOf } from './sources.ts';
import { globalArgs, predefinedArgs } from './scope.ts';
import { Attached } from '../text/attached.ts';
import { hangsOnOthers, othersHangOn, valueFaults } from './valueFaults.ts';

/** What a build refuses although each line can be read: unknown instructions and flags, missing arguments, impossible values. */
export const faultsOf = (file: Dockerfile): Fault[] => shortened(allFaults(file));

/** The same of a file that had none before an edit; undefined when others than the instructions that it changed have some now. */
export function newFaults({ file, gone, now }: Reread): Fault[] | undefined {
  const changed = [...gone, ...now];
  if (changed.some(({ keyword }) => keyword === 'FROM')) return undefined;
  if (changed.some(takesFiles) && !takingFaults(file).next().done) return undefined;
  if (changed.some(othersHangOn))
    for (const each of file.instructions) if (hangsOnOthers(each) && !valueFaults(each, file).next().done) return undefined;
  return shortened(now.flatMap((each) => [...instructionAndValueFaults(each, file)]));
}

function* allFaults(file: Dockerfile): Generator<Fault> {
  yield* directiveFaults(file);
  yield* structure(file);
  for (const instruction of file.instructions) yield* instructionAndValueFaults(instruction, file);
  for (const stage of file.stages) {
    yield* imageFaults(stage, file);
    yield* platformFaults(stage, file);
  }
  yield* takingFaults(file);
}

function* instructionAndValueFaults(instruction: Instruction, file: Dockerfile): Generator<Fault> {
  const own = ownFaults(instruction, file);
  if (own.length) yield* own;
  if (hangsOnOthers(instruction)) yield* valueFaults(instruction, file);
}

const shortened = (faults: Iterable<Fault>): Fault[] =>
  [...faults].map((fault) => (fault.message.length > longest ? { ...fault, message: `${fault.message.slice(0, longest)}…` } : fault));

/** A message quotes what was written, and that may be a whole page. */
const longest = 500;

function* structure({ instructions: all, stages }: Dockerfile): Generator<Fault> {
  if (!all.length) {
    yield { span: { start: 0, end: 0 }, message: 'The Dockerfile has no instruction: it has to begin with FROM.' };
    return;
  }
  for (const { stage, keyword, keywordSpan } of all)
    if (stage === undefined && keyword !== 'ARG' && instructionSpec(keyword)) {
      yield { span: keywordSpan, message: `${keyword} comes before the first FROM; only ARG may.` };
      // Where no FROM follows, one word is enough.
      if (!stages.length) break;
    }
  const last = all.at(-1);
  if (!stages.length && last && all.every(({ keyword }) => keyword === 'ARG'))
    yield { span: last.keywordSpan, message: 'The Dockerfile has no FROM, so there is no stage to build.' };
}

function* directiveFaults({ directives, source: { text } }: Dockerfile): Generator<Fault> {
  const known = new Set<string>();
  for (const { name, value, span, valueSpan } of directives) {
    if (known.has(name)) {
      const mark = /^#\s*/.exec(text.slice(span.start, span.end))?.[0].length ?? 0;
      yield {
        span: { ...span, start: span.start + mark },
        message: `A Dockerfile has one «# ${name}=» directive; this is the second.`,
      };
    } else if (name === 'check') {
      const wrong = checkFault(value);
      if (wrong !== undefined) yield { span: valueSpan, message: wrong };
    } else if (name === 'escape' && value !== '\\' && value !== '`')
      yield { span: valueSpan, message: `The escape character is «\\» or «\`», not «${value}».`, meant: '\\' };
    known.add(name);
  }
}

/** What a build refuses about `# check=`; it reads no further than the first blank. */
function checkFault(value: string): string | undefined {
  const [, first = '', second, rest] = /^([^;]*)(?:;([^;]*))?(?:;(.*))?$/.exec(/^\S*/.exec(value)?.[0] ?? '') ?? [];
  for (const part of [first, second, rest]) {
    if (part === undefined) continue;
    const [, option = part, setting] = /^([^=]*)=(.*)$/.exec(part) ?? [];
    if (setting === undefined || !/^(?:skip|error|experimental)$/.test(option))
      return `«${part}» is no option of # check: it takes skip=RULE,RULE, error=true and experimental=RULE, with «;» and no blanks between them.`;
    if (option === 'error' && !/^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(setting))
      return `In # check, error is true or false, not «${setting}».`;
  }
  return undefined;
}

const own = new Attached<Instruction, readonly Fault[]>();

/** What is wrong with an instruction whatever the others say. One that only stands elsewhere now is as right as it was. */
function ownFaults(instruction: Instruction, file: Dockerfile): readonly Fault[] {
  const read = own.get(asRead(instruction));
  if (read?.length === 0) return read;
  let faults = own.get(instruction);
  if (!faults) own.set(instruction, (faults = [...faultsIn(instruction, file)]));
  return faults;
}

function* faultsIn(instruction: Instruction, file: Dockerfile): Generator<Fault> {
  const { keyword, keywordSpan, trigger } = instruction;
  const spec = instructionSpec(keyword);
  if (keyword === '') {
    yield { span: keywordSpan, message: `The escape «${file.escape}» continues a line, and no line follows.` };
    return;
  }
  if (!spec) {
    const bare = keyword.replace(/[\\`]+$/, '');
    if (bare !== keyword && instructionSpec(bare)) {
      yield {
        span: { ...keywordSpan, end: keywordSpan.start + bare.length },
        message: `«${keyword}» is no Dockerfile instruction: nothing may stand between ${bare} and what follows but a space or the end of the line.`,
      };
      return;
    }
    const meant = nearest(
      keyword,
      instructions.map((row) => row.keyword),
    );
    // In lower case, or with signs of a shell, it is more likely the rest of the line above.
    const goesOn = !meant && file.source.text.slice(keywordSpan.start, keywordSpan.end) !== keyword;
    const shown = goesOn ? file.source.text.slice(keywordSpan.start, keywordSpan.end) : keyword;
    yield {
      span: keywordSpan,
      message: `«${shown}» is no Dockerfile instruction.${meant ? ` Did you mean ${meant}?` : goesOn || /^[^A-Z]/.test(keyword) ? ` If it goes on from the line above, that line has to end with «${file.escape}».` : ''}`,
      ...(meant ? { meant } : {}),
    };
    return;
  }
  // A build passes over the flags of ARG and STOPSIGNAL, and over most of what stands behind ONBUILD.
  if (keyword !== 'ARG' && keyword !== 'STOPSIGNAL') yield* flagFaults(instruction, spec, file);
  if (trigger && ['ONBUILD', 'FROM', 'MAINTAINER'].includes(trigger.keyword))
    yield { span: trigger.keywordSpan, message: `${trigger.keyword} cannot wait behind ONBUILD.` };
  for (let each: Instruction | undefined = instruction; each; each = each.trigger)
    if (each.notStrings)
      yield { span: each.body.span, message: `Every element of ${each.keyword}'s JSON array has to be a string in double quotes.` };
  for (const { name, opener, terminator } of instruction.heredocs)
    if (!terminator) yield { span: opener, message: `The heredoc «${name}» is never closed: a line with «${name}» alone has to end it.` };
  yield* instructionFaults(instruction, file.escape);
  yield* expansionFaults(instruction, file.escape);
}

/** What is wrong behind ONBUILD and only a build refuses that begins with the image. */
export function* heldBackFaults(instruction: Instruction, file: Dockerfile): Generator<Fault> {
  if (instruction.trigger && !ownFaults(instruction, file).length) yield* faultsIn(instruction.trigger, file);
}

/** What is wrong with the stages that others take from: there are none, or they begin below, or take from these. */
function* takingFaults({ stages }: Dockerfile): Generator<Fault> {
  const named = new Map(stages.flatMap(({ name, index }) => (name ? [[name.value.toLowerCase(), index] as const] : [])));
  for (const { instructions: all } of stages)
    for (const each of all) {
      if (!takesFiles(each)) continue;
      const { flags, span } = asRead(each);
      for (const fault of fromFaults(flags, named, stages.length))
        yield { ...fault, span: shifted(fault.span, each.span.start - span.start) };
    }
  const needs = stages.map((stage) => {
    const taking = stage.instructions.filter(takesFiles);
    return taking.flatMap((each) => sourceStages(each, stages, named));
  });
  // Every circle has a step that does not lead back to an earlier stage.
  if (!needs.some((each, index) => each.some(({ target }) => target >= index))) return;
  const circles = inCircles(needs, stages);
  const said = new Set<Need['span']>();
  for (const index of circles)
    for (const { target, span } of needs[index] ?? [])
      if (circles.has(target) && reaches(target, index, needs, stages)) {
        said.add(span);
        const what = target === index ? 'from itself' : `from stage «${stages[target]?.name?.value ?? target}», which in turn needs it`;
        yield { span, message: `Stage «${stages[index]?.name?.value ?? index}» copies ${what}.` };
      }
  for (const [index, each] of needs.entries())
    for (const { target, span } of each)
      if (target > index && !said.has(span))
        yield {
          span,
          message: `Stage «${stages[target]?.name?.value ?? target}» begins below: a stage takes files from those above it only.`,
        };
}

/** `COPY --from=` names a stage, a stage's number, a named context or an image. */
function* fromFaults(flags: Instruction['flags'], named: ReadonlyMap<string, number>, stages: number): Generator<Fault> {
  for (const { name, value } of flags) {
    if (name === 'mount' && value) yield* mountedFromFaults(value, named);
    if (name !== 'from' || !value?.value || value.value.includes('$')) continue;
    if (/^\d+$/.test(value.value) && Number(value.value) >= stages)
      yield { span: value.span, message: `There is no stage ${value.value}: they are counted from 0, and the last one is ${stages - 1}.` };
    else if (!named.has(value.value.toLowerCase()) && !reference.test(value.value))
      yield { span: value.span, message: `«${value.value}» is neither a stage nor an image reference.` };
  }
}

/** A mount takes from a stage, a named context or an image, and knows no numbers. */
function* mountedFromFaults({ value, span }: Word, named: ReadonlyMap<string, number>): Generator<Fault> {
  const from = /(?:^|,)from=([^,"]+)/.exec(value)?.[1];
  if (from === undefined || from.includes('$') || named.has(from.toLowerCase()) || reference.test(from)) return;
  yield { span, message: `«${from}» is neither a stage nor an image reference.` };
}

function takesFiles(instruction: Instruction): boolean {
  const { copied, mounted } = originsOf(instruction);
  return copied !== undefined || mounted.length > 0;
}

type Need = { readonly target: number; readonly span: Instruction['span'] };

function sourceStages(instruction: Instruction, stages: readonly Stage[], named: ReadonlyMap<string, number>): Need[] {
  const { flags, span } = asRead(instruction);
  return flags.flatMap(({ name, value: word }) => {
    if (!word) return [];
    const value = name === 'from' ? word.value : name === 'mount' ? /(?:^|,)from=([^,]*)/.exec(word.value)?.[1] : undefined;
    if (value === undefined) return [];
    const byName = named.get(value.toLowerCase());
    // A stage's number counts for COPY only: a mount takes it for an image of that name.
    const target = byName ?? (name === 'from' && /^\d+$/.test(value) && Number(value) < stages.length ? Number(value) : undefined);
    return target === undefined ? [] : [{ target, span: shifted(word.span, instruction.span.start - span.start) }];
  });
}

/** The stages on a circle (and those between two circles): what is left without those that need nothing or that nothing needs. */
function inCircles(needs: readonly (readonly Need[])[], stages: readonly Stage[]): ReadonlySet<number> {
  const needed = stages.map(({ base, index }) => [...(needs[index] ?? []).map(({ target }) => target), ...(base ? [base.index] : [])]);
  const users = stages.map((): number[] => []);
  for (const [index, targets] of needed.entries()) for (const target of targets) users[target]?.push(index);
  const left = new Set(stages.keys());
  peel(left, needed, users);
  peel(left, users, needed);
  return left;
}

/** Takes away, again and again, what has no edge into the rest. */
function peel(left: Set<number>, edges: readonly (readonly number[])[], back: readonly (readonly number[])[]): void {
  const open = edges.map((targets) => targets.filter((target) => left.has(target)).length);
  const free = [...left].filter((index) => open[index] === 0);
  for (let index = free.pop(); index !== undefined; index = free.pop()) {
    left.delete(index);
    for (const from of back[index] ?? []) {
      const still = (open[from] ?? 0) - 1;
      open[from] = still;
      if (still === 0 && left.has(from)) free.push(from);
    }
  }
}

function reaches(from: number, goal: number, needs: readonly (readonly Need[])[], stages: readonly Stage[]): boolean {
  const seen = new Set<number>();
  const rest = [from];
  for (let at = rest.pop(); at !== undefined; at = rest.pop()) {
    if (at === goal) return true;
    if (seen.has(at)) continue;
    seen.add(at);
    const base = stages[at]?.base;
    rest.push(...(needs[at] ?? []).map(({ target }) => target), ...(base ? [base.index] : []));
  }
  return false;
}

function* imageFaults({ image, base, index }: Stage, file: Dockerfile): Generator<Fault> {
  if (!image || base) return;
  const args = globalArgs(file);
  const open = new Set<string>();
  const result = expand(
    image.text,
    (name) => {
      const arg = args.get(name);
      // Declared without a value: the person who builds gives it.
      if ((arg && arg.value === undefined) || (!arg && predefinedArgs.has(name))) open.add(name);
      return arg?.value;
    },
    { escape: file.escape },
  );
  if (!result.ok) {
    const fault = requiredFault(image, result.missing, args);
    if (fault) yield fault;
    return;
  }
  if (open.size) return;
  // A default that is empty or no name is there to be replaced by whoever builds.
  if (!result.text.trim()) {
    if ([...result.used].some((name) => args.has(name))) return;
    const why = result.unset.size
      ? `, because nothing sets ${[...result.unset].map((name) => `«${name}»`).join(' and ')} before the first FROM`
      : '';
    yield { span: image.span, message: `The base image «${image.text}» is empty${why}.` };
  } else if (!reference.test(result.text) && !isGiven(image.text, args, file.escape)) {
    const lower = result.text.toLowerCase();
    if (file.stages.some(({ name, index: earlier }) => earlier < index && name?.value.toLowerCase() === lower)) {
      yield { span: image.span, message: `A build knows the stage «${result.text}» by its name in lower case: write «${lower}».` };
      return;
    }
    const hint = reference.test(lower) ? ` Image names are in lower case: «${lower}».` : '';
    const whole = hint !== '' && image.text === result.text && image.span.end - image.span.start === image.text.length;
    yield {
      span: tagSpan(image, result.text),
      ...(whole ? { meant: lower } : {}),
      message: `«${result.text}» is no image reference.${hint || ' It is written [registry/]name[:tag][@digest].'}`,
    };
  }
}

/** `${NAME:?}` in a FROM, where nothing can have set the variable. */
const requiredFault = ({ span }: Word, missing: string | undefined, args: ReturnType<typeof globalArgs>): Fault | undefined =>
  missing === undefined || args.has(missing) || predefinedArgs.has(missing)
    ? undefined
    : { span, message: `«${missing}» has to be set here, and nothing sets it: declare it with ARG before the first FROM.` };

/** A platform with variables in it that is none whatever those hold that a build gives. One that nothing sets before the first FROM is empty. */
function* platformFaults({ from }: Stage, file: Dockerfile): Generator<Fault> {
  const word = from.flags.find(({ name }) => name === 'platform')?.value;
  if (!word?.text.includes('$')) return;
  const args = globalArgs(file);
  const [first, ...others] = ['linux/amd64', 'amd64'].map((given) => {
    const result = expand(word.text, (name) => (args.has(name) || predefinedArgs.has(name) ? given : undefined), { escape: file.escape });
    if (!result.ok) return requiredFault(word, result.missing, args)?.message;
    const message = result.text === '' ? `The platform «${word.text}» is empty` : platformFault(result.text)?.replace(/:.*/s, '');
    const names = [...result.unset].map((name) => `«${name}»`).join(' and ');
    return message === undefined ? undefined : `${message}${names ? `, because nothing sets ${names} before the first FROM` : ''}.`;
  });
  if (first !== undefined && !others.includes(undefined)) yield { span: word.span, message: first };
}

/** Whether a name with variables in it would do with other values of them. */
function isGiven(image: string, args: ReturnType<typeof globalArgs>, escape: string): boolean {
  return ['x', 'a'.repeat(64)].some((value) => {
    const result = expand(image, (name) => (args.has(name) ? value : undefined), { escape });
    return result.ok && result.used.size > 0 && reference.test(result.text);
  });
}

/** The tag or the digest alone, when the name before it is right. */
function tagSpan({ text, span }: Word, image: string): Span {
  const [, name = ''] = /^(.+?)[:@](?!@)[^/]+$/.exec(image) ?? [];
  const exact = text === image && span.end - span.start === text.length && reference.test(name);
  return exact ? { start: span.start + name.length + 1, end: span.end } : span;
}
