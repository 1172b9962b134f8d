import { dockerfileRule } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'directive-casing',
  severity: 'hint',
  title: 'Write directives in lower case',
  why: '`# syntax=`, `# escape=` and `# check=` are read without regard to case; in lower case, people and other tools recognise them.',
  looksAt: ['FROM'],
  examples: [{ bad: '# «Syntax»=docker/dockerfile:1\nFROM alpine:3.22\n', good: '# syntax=docker/dockerfile:1\nFROM alpine:3.22\n' }],
  *check({ source, directives }) {
    for (const { name, span: whole } of directives) {
      const start = whole.start + source.text.slice(whole.start, whole.end).toLowerCase().indexOf(name);
      const span = { start, end: start + name.length };
      const text = source.text.slice(span.start, span.end);
      if (text === name) continue;
      yield {
        span,
        message: `The directive «${text}» is written ${name} by custom.`,
        fixes: [{ title: `Write ${name}`, safe: true, edits: [{ span, text: name }] }],
      };
    }
  },
});
