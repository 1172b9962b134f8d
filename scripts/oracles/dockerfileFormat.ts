import { formatAfterContinuation, formatDockerfile, type FormatOptions } from '../../src/assist/dockerfile/format.ts';
import { parseDockerfile } from '../../src/dockerfile/parse.ts';
import { applyEdits, offsetAt, type Edit, type Position } from '../../src/text/text.ts';
import { score, type Oracle, type Score } from '../oracle.ts';

// The usual formatter's cases: what the text looks like after the edits.

type Options = FormatOptions & { readonly ignoreMultilineInstructions?: boolean };
interface Row {
  readonly op: 'formatDocument' | 'formatRange' | 'formatOnType';
  readonly dockerfile: string;
  readonly args: readonly unknown[];
  readonly result: string;
}

const formats: Readonly<Record<Row['op'], (text: string, args: readonly unknown[]) => readonly Edit[]>> = {
  formatDocument: (text, args) => formatDockerfile(parseDockerfile('Dockerfile', text), read(args[0])),
  formatRange: (text, args) => {
    const { start, end } = args[0] as { readonly start: Position; readonly end: Position };
    return formatDockerfile(parseDockerfile('Dockerfile', text), read(args[1]), start.line, end.line);
  },
  formatOnType: (text, args) => {
    const file = parseDockerfile('Dockerfile', text);
    return formatAfterContinuation(file, offsetAt(file.source, args[0] as Position), args[1] as string, read(args[2]));
  },
};

function read(options: unknown): FormatOptions {
  const { insertSpaces, tabSize, ignoreMultilineInstructions } = options as Options;
  return { insertSpaces, tabSize, ignoreMultiline: ignoreMultilineInstructions === true };
}

export const oracle: Oracle = {
  file: 'dockerfile-format.jsonl',
  measure: (rows): readonly Score[] =>
    Object.entries(formats).map(([op, format]) =>
      score(
        op,
        1,
        (rows as readonly Row[]).filter((row) => row.op === op),
        ({ dockerfile, args, result }) => {
          const after = applyEdits(dockerfile, format(dockerfile, args));
          return after === result
            ? undefined
            : `${JSON.stringify(dockerfile)} ${JSON.stringify(args)}: ${JSON.stringify(after)} instead of ${JSON.stringify(result)}`;
        },
        ({ dockerfile }) =>
          /\r(?!\n)/.test(dockerfile)
            ? 'a lone carriage return ends no line for a build'
            : /[^\s\\`][\\`][ \t]*\r?\n\S/.test(dockerfile)
              ? 'a line that goes on with a word is not indented: the word would become two'
              : undefined,
      ),
    ),
};
