import { indexIn, skipSpace, spanIn, type Logical } from './lines.ts';
import type { Instruction, Pair, Word } from './model.ts';
import { jsonWords, plainWords, quotedWords, restWord, word } from './words.ts';

/** What stands after an instruction's flags. */
export interface Arguments {
  readonly args: readonly Word[];
  readonly json?: readonly Word[];
  readonly notStrings?: true;
  readonly pairs?: readonly Pair[];
  readonly trigger?: Instruction;
}

/** Splits an instruction's arguments as BuildKit splits them for that instruction; `nested` parses what ONBUILD holds back. */
export function argumentsOf(
  keyword: string,
  line: Logical,
  start: number,
  escape: string,
  nested: (start: number) => Instruction | undefined,
): Arguments {
  switch (keyword) {
    case 'ADD':
    case 'COPY':
    case 'VOLUME':
      return jsonOr(line, start, () => plainWords(line, start, escape));
    case 'RUN':
    case 'CMD':
    case 'ENTRYPOINT':
    case 'SHELL':
      return jsonOr(line, start, () => restWord(line, start));
    case 'HEALTHCHECK': {
      const [type] = plainWords(line, start, escape);
      if (!type) return { args: [] };
      const rest = skipSpace(line.text, start, line.text.length) + type.text.length;
      const { args, ...others } = jsonOr(line, rest, () => restWord(line, rest));
      return { args: [type, ...args], ...others };
    }
    case 'ENV':
    case 'LABEL':
      return assignments(line, start, escape);
    case 'ARG': {
      const args = quotedWords(line, start, escape);
      return { args, pairs: args.map((argument) => asWritten(pair(argument, line, escape))) };
    }
    case 'ONBUILD': {
      const from = skipSpace(line.text, start, line.text.length);
      const trigger = from < line.text.length ? nested(from) : undefined;
      return trigger ? { args: [], trigger } : { args: [] };
    }
    case 'FROM':
    case 'EXPOSE':
      return { args: plainWords(line, start, escape) };
    case 'MAINTAINER':
    case 'STOPSIGNAL':
    case 'USER':
    case 'WORKDIR':
      return { args: restWord(line, start) };
    default:
      return { args: plainWords(line, start, escape) };
  }
}

function jsonOr(line: Logical, start: number, shell: () => Word[]): Arguments {
  const json = jsonWords(line, start);
  if (!json) return { args: shell() };
  return json.notStrings ? { args: shell(), notStrings: true } : { args: json.words, json: json.words };
}

/** `A=1 B=2`, or the old form `NAME the rest`, which the first word decides. */
function assignments(line: Logical, start: number, escape: string): Arguments {
  const args = quotedWords(line, start, escape);
  const [first] = args;
  if (!first) return { args, pairs: [] };
  if (first.text.includes('=')) return { args, pairs: args.map((argument) => pair(argument, line, escape)) };
  const from = skipSpace(line.text, start, line.text.length);
  const cut = /[\t\v\f\r ]/.exec(line.text.slice(from));
  const end = cut ? from + cut.index : line.text.length;
  const name = word(line, from, end, escape);
  const begin = skipSpace(line.text, end, line.text.length);
  const value = begin < line.text.length ? word(line, begin, line.text.length, escape) : undefined;
  const span = spanIn(line, from, line.text.length);
  return { args: value ? [name, value] : [name], pairs: [{ name, ...(value ? { value } : {}), legacy: true, span }] };
}

/** The name of an ARG is what is written: quotes are a part of it. */
const asWritten = (written: Pair): Pair =>
  written.name.value === written.name.text ? written : { ...written, name: { ...written.name, value: written.name.text } };

function pair(argument: Word, line: Logical, escape: string): Pair {
  const index = indexIn(line, argument.span.start);
  const equals = argument.text.indexOf('=');
  if (equals < 0) return { name: argument, legacy: false, span: argument.span };
  return {
    name: word(line, index, index + equals, escape),
    value: word(line, index + equals + 1, index + argument.text.length, escape),
    legacy: false,
    span: argument.span,
  };
}
