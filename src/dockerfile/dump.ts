import { lineAt } from '../text/text.ts';
import { instructionSpec } from './instructions.ts';
import type { Dockerfile, Instruction } from './model.ts';

/** The instruction list as BuildKit's parser has it: what `ml-containers parse` prints. Lines count from 1. */
export interface DumpedInstruction {
  readonly instruction: string;
  readonly args: readonly string[];
  readonly flags?: readonly string[];
  readonly json?: true;
  readonly startLine?: number;
  readonly endLine?: number;
  readonly heredocs?: readonly {
    readonly name: string;
    readonly content: string;
    readonly expand: boolean;
    readonly chomp: boolean;
    readonly fd: number;
  }[];
  readonly trigger?: DumpedInstruction;
}

export function dump(file: Dockerfile): {
  readonly escape: string;
  readonly directives: Readonly<Record<string, string>>;
  readonly ast: readonly DumpedInstruction[];
} {
  return {
    escape: file.escape,
    directives: Object.fromEntries(file.directives.map(({ name, value }) => [name, value])),
    ast: file.instructions.map((instruction) => dumped(file, instruction)),
  };
}

function dumped(file: Dockerfile, instruction: Instruction, nested = false): DumpedInstruction {
  const { flags, json, heredocs, trigger, span } = instruction;
  const end = Math.max(span.start, span.end);
  return {
    instruction: instruction.keyword,
    args: argsOf(instruction),
    ...(flags.length ? { flags: flags.map(({ name, value }) => `--${name}${value ? `=${value.value}` : ''}`) } : {}),
    ...(json ? { json: true as const } : {}),
    ...(nested ? {} : { startLine: lineAt(file.source, span.start) + 1, endLine: lineAt(file.source, end) + 1 }),
    ...(heredocs.length && !nested
      ? { heredocs: heredocs.map(({ name, text, expand, chomp, descriptor }) => ({ name, content: text, expand, chomp, fd: descriptor })) }
      : {}),
    ...(trigger ? { trigger: dumped(file, trigger, true) } : {}),
  };
}

function argsOf({ keyword, args, json, pairs }: Instruction): readonly string[] {
  if (!instructionSpec(keyword)) return [''];
  if ((keyword === 'ENV' || keyword === 'LABEL') && pairs)
    return pairs.flatMap(({ name, value, legacy }) => (value ? [name.text, value.text, legacy ? '' : '='] : [name.text]));
  if (keyword === 'HEALTHCHECK')
    return [...args.slice(0, 1).map(({ text }) => text), ...args.slice(1).map((word) => (json ? word.value : word.text))];
  if (json) return args.map(({ value }) => value);
  return args.map(({ text }) => text);
}
