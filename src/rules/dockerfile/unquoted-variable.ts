import { runCommands } from '../../dockerfile/shell/commands.ts';
import type { ShellWord } from '../../dockerfile/shell/model.ts';
import { dockerfileRule } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'unquoted-variable',
  severity: 'hint',
  enabled: false,
  title: 'Quote variables in shell commands',
  why: 'Without quotes, the shell splits a value at spaces and expands `*` in it: `rm -rf $DIR/x` with a space in `DIR` removes something else. Where splitting is meant, as in a list of packages, leave it.',
  also: ['shellcheck:SC2086', 'shellcheck:SC2046'],
  looksAt: ['RUN'],
  examples: [
    { bad: 'FROM debian:12\nRUN rm -rf «$DIR»/cache «${OTHER}»\n', good: 'FROM debian:12\nRUN rm -rf "$DIR"/cache "${OTHER}"\n' },
    {
      title: 'all of a word',
      bad: 'FROM debian:12\nRUN rm -rf /a/«$DIR»/${OTHER}.x\n',
      good: 'FROM debian:12\nRUN rm -rf /a/"$DIR"/"${OTHER}".x\n',
    },
    {
      title: 'quotes in what is substituted between quotes',
      good: 'FROM debian:12\nRUN userdel -f "$(getent passwd "$WHO" | cut -d: -f1)"\n',
    },
    {
      title: 'what cannot split',
      good: 'FROM debian:12\nRUN X=$Y && [[ $X == 1 ]] && exit $? && echo "$X" \'$X\' $# && for f in $LIST; do cat "$f"; done\n',
    },
    { title: 'a list that is meant to split', good: 'FROM debian:12\nRUN apt-get install -y $PACKAGES && pip install $FLAGS\n' },
  ],
  *check(file) {
    for (const { command, program, instruction } of runCommands(file)) {
      if (instruction.json || program === '[[' || /^(?:export|local|readonly|declare)$/.test(program)) continue;
      const lists =
        /^(?:apt(?:-get|itude)?|apk|dnf|yum|microdnf|zypper|pip[\d.]*|uv|conda|mamba|npm|set|eval|make|cmake|gcc|g\+\+|for)$/.test(program);
      for (const word of command.words) {
        if (!word.dynamic || (lists && /^\$(?:\w+|\{\w+\}|\(.*\))$/s.test(word.text))) continue;
        const places = unquoted(word);
        const [span] = places;
        if (span) {
          const name = file.source.text.slice(span.start, span.end);
          const edits = places.flatMap(({ start, end }) => [start, end].map((at) => ({ span: { start: at, end: at }, text: '"' })));
          yield {
            span,
            message: `${name} is split at spaces and its stars are expanded: put it in double quotes.`,
            fixes: [{ title: 'Quote it', safe: false, edits }],
          };
        }
      }
    }
  },
});

/** Each `$NAME` and `${NAME}` of a word outside quotes whose value may split. */
function unquoted({ text, span }: ShellWord): readonly { readonly start: number; readonly end: number }[] {
  if (span.end - span.start !== text.length) return [];
  const pattern =
    /\\.|'[^']*'|"(?:\\.|\$\((?:[^()]|\([^()]*\))*\)|[^"\\])*"|\$\((?:[^()]|\([^()]*\))*\)|`[^`]*`|\$(?:[A-Za-z_]\w*|\{[A-Za-z_]\w*\})/gs;
  return [...text.matchAll(pattern)].flatMap((match) => {
    const start = span.start + match.index;
    return /^\$[A-Za-z_{]/.test(match[0]) ? [{ start, end: start + match[0].length }] : [];
  });
}
