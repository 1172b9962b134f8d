import type { Instruction, Word } from '../../dockerfile/model.ts';
import { dockerfileRule } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'no-command-substitution',
  severity: 'warning',
  title: 'Run commands in RUN only',
  why: 'Only RUN has a shell. In ENV, ARG, COPY and the others `$(date)` and backticks are text: the variable holds the characters `$(date)`. Work the value out in the RUN that needs it, or give it with --build-arg.',
  looksAt: keywords().flatMap((keyword) => [`${keyword} $(`, `${keyword} \``]),
  examples: [
    { bad: 'FROM debian:12\nENV BUILT_AT=«$(date)»\nENV DAY=«$(date» +%F)\n' },
    { bad: 'FROM debian:12\nARG CORES="«`nproc`»"\nCOPY «$(pwd)»/app /app\nWORKDIR /srv/«$(whoami)»\n' },
    {
      title: 'in RUN, in single quotes, escaped, and what a prompt runs later',
      good: 'FROM debian:12\nRUN echo $(date)\nENV LATER=\'$(date)\' ALSO=\\$(date)\nENV PS1="$(whoami) " PROMPT_COMMAND="`pwd`"\nENV A=$A\n',
    },
  ],
  *check({ instructions, escape }) {
    for (const instruction of instructions) {
      if (!/\$\(|`/.test(instruction.body.text)) continue;
      for (const { word, name } of wordsOf(instruction)) {
        if (word.text.length !== word.span.end - word.span.start || /^'.*'$/s.test(word.text) || /^(?:PS\d|PROMPT)/.test(name)) continue;
        const match = (escape === '`' ? /(?<!\\)\$\([^()]+(?:\)|$)/ : /(?<!\\)(?:\$\([^()]+(?:\)|$)|`[^`]+(?:`|$))/).exec(word.text);
        if (!match) continue;
        const [command] = match;
        const start = word.span.start + match.index;
        yield {
          span: { start, end: start + command.length },
          message: `${instruction.keyword} runs no commands: «${command}» stays as it is written. ${name ? 'Set it in the RUN that needs it, or give it with --build-arg.' : 'Write the path itself.'}`,
        };
      }
    }
  },
});

function keywords(): readonly string[] {
  return ['ENV', 'ARG', 'LABEL', 'COPY', 'ADD', 'WORKDIR', 'USER', 'VOLUME', 'EXPOSE'];
}

function wordsOf({ keyword, pairs, args }: Instruction): readonly { readonly word: Word; readonly name: string }[] {
  if (!keywords().includes(keyword)) return [];
  if (pairs) return pairs.flatMap(({ name, value }) => (value ? [{ word: value, name: name.value }] : []));
  return args.map((word) => ({ word, name: '' }));
}
