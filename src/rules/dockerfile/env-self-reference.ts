import { predefinedArgs, rootImage } from '../../dockerfile/scope.ts';
import type { Dockerfile, Instruction, Pair } from '../../dockerfile/model.ts';
import { lineageOf, sectionsOf, type Section } from '../../dockerfile/sections.ts';
import { dockerfileRule, type Fix, type LintOptions } from '../../lint/rule.ts';
import { imageReference } from '../../text/imageReference.ts';
import { lineAt, lineBreak, lineSpan } from '../../text/text.ts';
import { textOf } from '../shared/stageText.ts';

export default dockerfileRule({
  id: 'env-self-reference',
  severity: 'warning',
  title: 'Use a variable in a later ENV than the one that sets it',
  why: 'All values of one ENV are read with the variables as they were before it. A variable that the same ENV sets first is still what it was there, mostly empty: `ENV CUDA_HOME=/usr/local/cuda PATH=$CUDA_HOME/bin:$PATH` puts `/bin` in front of PATH.',
  also: ['hadolint:DL3044'],
  looksAt: ['FROM', 'ENV', 'ARG'],
  examples: [
    {
      bad: 'FROM debian:12\nENV CUDA_HOME=/usr/local/cuda PATH=«$CUDA_HOME»/bin:$PATH\n',
      good: 'FROM debian:12\nENV CUDA_HOME=/usr/local/cuda\nENV PATH=$CUDA_HOME/bin:$PATH\n',
    },
    {
      title: 'a base that may set it',
      bad: 'FROM registry.example.com/base:1\nENV MODELS=/models CACHE=«$MODELS»/cache\n',
      good: 'FROM registry.example.com/base:1\nENV MODELS=/models\nENV CACHE=$MODELS/cache\n',
    },
    { bad: 'FROM debian:12\nENV A=1 B="x «${A}» y"\n', good: 'FROM debian:12\nENV A=1\nENV B="x ${A} y"\n' },
    {
      title: 'set twice, the first time in vain',
      bad: 'FROM debian:12\nENV PATH=/opt/a:$PATH PATH=/opt/b:«$PATH»\n',
      good: 'FROM debian:12\nENV PATH=/opt/a:$PATH\nENV PATH=/opt/b:$PATH\n',
    },
    {
      title: 'over several lines',
      bad: 'FROM debian:12\nENV A=1 \\\n    # what uses it\n    B=2 \\\n    C=«$A»\n',
      good: 'FROM debian:12\nENV A=1 \\\n    # what uses it\n    B=2\nENV C=$A\n',
    },
    {
      title: 'set before, or by the base image',
      good: 'FROM debian:12\nARG A\nENV A=${A} B=$A\nENV PATH=/opt/bin:$PATH\nENV PATH=/opt/sbin:$PATH C=$PATH\n',
    },
    { title: 'a proxy that the build gives', good: 'FROM debian:12\nENV http_proxy=$http_proxy https_proxy=$http_proxy\n' },
    { title: 'other names, and no variables', good: "FROM debian:12\nENV A=1 B=$AA C='$A' D=\\$A E=A\n" },
  ],
  *check(file, { options }) {
    for (const section of sectionsOf(file)) {
      if (!section.instructions.some((each) => each.keyword === 'ENV' && textOf(each).includes('$'))) continue;
      const known = new Set(['PATH', 'HOME', 'HOSTNAME', 'TERM', ...predefinedArgs]);
      for (const below of lineageOf(section).slice(0, -1))
        for (const { keyword, pairs = [] } of below.instructions)
          if (keyword === 'ENV') for (const { name } of pairs) known.add(name.value);
      for (const instruction of section.instructions) {
        const { keyword, pairs = [] } = instruction;
        if (keyword !== 'ENV' && keyword !== 'ARG') continue;
        if (keyword === 'ENV')
          for (const [at, { value }] of pairs.entries()) {
            if (!value?.text.includes('$')) continue;
            const here = new Set(pairs.slice(0, at).map(({ name }) => name.value));
            for (const match of value.text.matchAll(value.text.startsWith('"') ? inDoubleQuotes : anywhere)) {
              const name = match[1] ?? match[2];
              if (name === undefined || !here.has(name)) continue;
              const twice = pairs[at]?.name.value === name;
              if (known.has(name) && !twice) continue;
              const start = value.span.start + match.index;
              yield {
                // A value over several lines has no place of its own for what is in it.
                span: value.span.end - value.span.start === value.text.length ? { start, end: start + match[0].length } : value.span,
                message: twice
                  ? `«${name}» is set twice by this ENV, and here it still has the value from before: what the first one sets is lost. Use an ENV of its own below.`
                  : `«${name}» is set by this same ENV, so here it is still ${isBare(file, section, options.buildArgs) ? 'empty' : 'what it was before this line'}. Use it in an ENV of its own below.`,
                fixes: fixes(file, instruction, pairs, at),
              };
            }
          }
        for (const { name } of pairs) known.add(name.value);
      }
    }
  },
});

/** Whether a section begins in a distribution’s own image, which sets next to nothing; of any other one nobody knows what it sets. */
function isBare(file: Dockerfile, { stage }: Section, buildArgs: LintOptions['buildArgs']): boolean {
  const image = stage && rootImage(file, stage, buildArgs);
  return image !== undefined && /^(?:scratch|debian|ubuntu|alpine|fedora|busybox)$/.test(imageReference(image).name);
}

/** Begins a new ENV at a pair. */
function fixes({ source, escape }: Dockerfile, { span }: Instruction, pairs: readonly Pair[], at: number): readonly Fix[] {
  const [before, pair] = [pairs[at - 1], pairs[at]];
  if (!before || !pair || pair.legacy) return [];
  const line = lineSpan(source, lineAt(source, span.start)).start;
  const indent = source.text.slice(line, span.start);
  const gap = { start: before.span.end, end: pair.span.start };
  const plain = source.text.slice(gap.start, gap.end).replaceAll(escape, '').trim() === '';
  if (!plain || indent.trim() !== '') return [];
  return [{ title: 'Set it in an ENV of its own', safe: false, edits: [{ span: gap, text: `${lineBreak(source)}${indent}ENV ` }] }];
}

const inDoubleQuotes = /\\.|\$(?:\{(\w+)[^}]*\}|(\w+))/gs;
const anywhere = /\\.|'[^']*'|\$(?:\{(\w+)[^}]*\}|(\w+))/gs;
