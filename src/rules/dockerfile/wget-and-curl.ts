import { callsOf, type RunCommand } from '../../dockerfile/shell/commands.ts';
import type { Section } from '../../dockerfile/sections.ts';
import { dockerfileRule } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'wget-and-curl',
  severity: 'hint',
  enabled: false,
  title: 'Download with one tool',
  why: 'Two tools for the same thing are two packages, two sets of certificates and two ways to set a proxy.',
  also: ['hadolint:DL4001', 'trivy:DS014'],
  looksAt: ['RUN wget', 'RUN curl'],
  examples: [
    { bad: 'FROM debian:12\nRUN wget -q https://example.org/a\nRUN «curl» -fsSLO https://example.org/b\n' },
    {
      title: 'in two stages',
      good: 'FROM debian:12 AS a\nRUN wget -q https://example.org/a\nFROM debian:12\nRUN curl -fsSLO https://example.org/b\n',
    },
    { title: 'installing is not using', good: 'FROM debian:12\nRUN apt-get install -y wget && curl -fsSLO https://example.org/b\n' },
  ],
  *check(file) {
    const first = new Map<Section, RunCommand>();
    const reported = new Set<Section>();
    for (const call of callsOf(file, 'wget', 'curl')) {
      const { section, program, head } = call;
      const other = first.get(section);
      if (!other) first.set(section, call);
      else if (other.program !== program && !reported.has(section)) {
        reported.add(section);
        yield { span: head.span, message: `This stage downloads with ${other.program} and with ${program}: one of them is enough.` };
      }
    }
  },
});
