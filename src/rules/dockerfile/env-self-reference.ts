import { lineageOf, sectionsOf } from '../../dockerfile/sections.ts';
import { dockerfileRule } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'env-self-reference',
  severity: 'warning',
  title: 'Use a variable in a later ENV than the one that sets it',
  why: 'All values of one ENV are read with the variables as they were before it. A variable that the same ENV sets first is still empty there: `ENV CUDA_HOME=/usr/local/cuda PATH=$CUDA_HOME/bin:$PATH` puts `/bin` in front of PATH.',
  also: ['hadolint:DL3044'],
  examples: [
    {
      bad: 'FROM debian:12\nENV CUDA_HOME=/usr/local/cuda PATH=«$CUDA_HOME»/bin:$PATH\n',
      good: 'FROM debian:12\nENV CUDA_HOME=/usr/local/cuda\nENV PATH=$CUDA_HOME/bin:$PATH\n',
    },
    { bad: 'FROM debian:12\nENV A=1 B="x «${A}» y"\n' },
    {
      title: 'set before, or by the base image',
      good: 'FROM debian:12\nARG A\nENV A=${A} B=$A\nENV PATH=/opt/bin:$PATH\nENV PATH=/opt/sbin:$PATH C=$PATH\n',
    },
    { title: 'other names, and no variables', good: "FROM debian:12\nENV A=1 B=$AA C='$A' D=\\$A E=A\n" },
  ],
  *check(file) {
    for (const section of sectionsOf(file)) {
      const known = new Set(['PATH', 'HOME', 'HOSTNAME', 'TERM']);
      for (const below of lineageOf(file, section).slice(0, -1))
        for (const { keyword, pairs = [] } of below.instructions)
          if (keyword === 'ENV') for (const { name } of pairs) known.add(name.value);
      for (const { keyword, pairs = [] } of section.instructions) {
        if (keyword !== 'ENV' && keyword !== 'ARG') continue;
        if (keyword === 'ENV')
          for (const [at, { value }] of pairs.entries()) {
            if (!value) continue;
            const here = new Set(pairs.slice(0, at).map(({ name }) => name.value));
            for (const match of value.text.matchAll(value.text.startsWith('"') ? inDoubleQuotes : anywhere)) {
              const name = match[1] ?? match[2];
              if (name === undefined || !here.has(name) || known.has(name)) continue;
              const start = value.span.start + match.index;
              yield {
                // A value over several lines has no place of its own for what is in it.
                span: value.span.end - value.span.start === value.text.length ? { start, end: start + match[0].length } : value.span,
                message: `«${name}» is set by this same ENV, so it is still empty here. Use it in an ENV of its own below.`,
              };
            }
          }
        for (const { name } of pairs) known.add(name.value);
      }
    }
  },
});

const inDoubleQuotes = /\\.|\$(?:\{(\w+)[^}]*\}|(\w+))/gs;
const anywhere = /\\.|'[^']*'|\$(?:\{(\w+)[^}]*\}|(\w+))/gs;
