/** A text with one or two changes as people make them who type: of a letter, a word, a mark, a line. */
export function edited(text: string, next: () => number): string {
  const below = (limit: number): number => Math.floor(next() * limit);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const lines = text.split('\n');
  for (let times = 1 + below(2); times > 0; times--) {
    const said = lines.flatMap((line, at) => (line.trim() === '' ? [] : [at]));
    const at = said.length ? pick(said) : 0;
    // A change that changes nothing is made again, elsewhere in the list.
    for (let tries = 0; tries < 8; tries++) {
      const [before, after] = [lines[at] ?? '', lines[at + 1] ?? ''];
      const now = pick(edits)(before, after, below, pick, lines);
      if (now.join('\n') === `${before}\n${after}`) continue;
      lines.splice(at, 2, ...now);
      break;
    }
  }
  return lines.join('\n');
}

type Edit = (
  line: string,
  after: string,
  below: (limit: number) => number,
  pick: <T>(list: readonly T[]) => T,
  lines: readonly string[],
) => readonly string[];

const marks = [
  '\\',
  '"',
  "'",
  '`',
  '$',
  '${',
  '}',
  '[',
  ']',
  ',',
  '=',
  '--',
  '-',
  ':',
  '#',
  '<<EOF',
  '<<',
  '&&',
  '|',
  '@',
  ' ',
  '\t',
  ' # x',
];
const keywords =
  'FROM RUN CMD LABEL EXPOSE ENV ADD COPY ENTRYPOINT VOLUME USER WORKDIR ARG ONBUILD STOPSIGNAL HEALTHCHECK SHELL MAINTAINER'.split(' ');
const flags = [
  '--from=0',
  '--chown=1:1',
  '--chmod=755',
  '--link',
  '--mount=type=cache,target=/c',
  '--platform=linux/amd64',
  '--keep-git-dir',
];
const flagsMore = [
  '--network=none',
  '--interval=5s',
  '--parents',
  '--exclude=x',
  '--checksum=sha256:0',
  '--security=insecure',
  '--unpack',
  '--from=x',
];
const whole = [
  'FROM a AS a',
  'ONBUILD FROM a',
  'ARG A',
  'ENV A b',
  'ENV A=$B',
  'EXPOSE 80/TCP',
  'WORKDIR x',
  'CMD x',
  'ENTRYPOINT x',
  'SHELL sh',
];
const wholeMore = [
  'HEALTHCHECK NONE',
  'ARG TOKEN=1',
  'COPY x y',
  'ADD x y z',
  'RUN <<EOF',
  'EOF',
  '\\',
  '',
  '#',
  'maintainer x',
  'USER',
  'LABEL a b',
];

/** Changes the piece of a line that a pattern finds, any of them. */
const change =
  (pattern: RegExp, to: (found: string, below: (limit: number) => number) => string): Edit =>
  (line, after, below, pick) => {
    const found = [...line.matchAll(pattern)];
    if (!found.length) return [line, after];
    const { 0: piece, index } = pick(found);
    return [line.slice(0, index) + to(piece, below) + line.slice(index + piece.length), after];
  };

const loseLetter = (word: string, below: (limit: number) => number): string => {
  const at = below(word.length);
  return word.slice(0, at) + word.slice(at + 1);
};
const doubleLetter = (word: string, below: (limit: number) => number): string => {
  const at = below(word.length);
  return word.slice(0, at + 1) + word.slice(at);
};
const swapLetters = (word: string, below: (limit: number) => number): string => {
  const at = below(word.length);
  return word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2);
};
const otherCase = (word: string): string => (word === word.toLowerCase() ? word.toUpperCase() : word.toLowerCase());

const edits: readonly Edit[] = [
  ...[loseLetter, doubleLetter, swapLetters, otherCase, () => ''].flatMap((to) => [
    change(/\w+/g, to),
    change(/^\s*\w+/g, to),
    change(/--[\w-]+/g, to),
    change(/\$\{?\w+/g, to),
    change(/(?<=[=,])\w+/g, to),
    change(/(?<=^FROM .*)\w+/gi, to),
  ]),
  change(/["']/g, () => ''),
  change(/["'[\]{},=:/\\$-]/g, () => ''),
  change(/["'[\]{},=:/\\$-]/g, (mark) => mark + mark),
  change(/\s+/g, () => ''),
  change(/\s*\\\s*$/g, () => ''),
  change(/$/g, () => ' \\'),
  change(/\\$/g, () => '\\ '),
  change(/=/g, () => ' = '),
  change(/=/g, () => ' '),
  change(/ /g, () => '='),
  (line, after, below, pick) => {
    const at = below(line.length + 1);
    return [line.slice(0, at) + pick(marks) + line.slice(at), after];
  },
  (line, after, below) => {
    const at = below(line.length + 1);
    return [line.slice(0, at), line.slice(at), after];
  },
  (line, after, _, pick) => [line.replace(/^\s*\w+/, pick(keywords)), after],
  (line, after, _, pick) => [line.replace(/^(\s*\w+)/, `$1 ${pick([...flags, ...flagsMore])}`), after],
  (line, after, _, pick) => [line, pick([...whole, ...wholeMore]), after],
  (line, after) => [line.replace(/^\s*\w+/, 'ONBUILD $&'), after],
  (line, after) => {
    const words = line.split(' ');
    return [[words[0], ...words.slice(1).reverse()].join(' '), after];
  },
  (_, after) => [after],
  (line) => [line],
  (line, after) => [line, line, after],
  (line, after) => [after, line],
  (line, after) => [`${line} ${after.trim()}`],
  (line, after) => [`# ${line}`, after],
  (line, after) => [line.replace(/^#\s?/, ''), after],
  (line, after) => [line.replace(/^\s*\w+/, ''), after],
  (line, after, _, pick, lines) => [line, pick(lines), after],
  (line, after) => [line.replace(/^(\s*FROM(?:\s+--\S+)?\s+)\S+/i, '$1scratch'), after],
];
