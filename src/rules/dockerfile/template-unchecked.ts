import { dockerfileRule } from '../../lint/rule.ts';
import { lineSpan } from '../../text/text.ts';

export default dockerfileRule({
  id: 'template-unchecked',
  severity: 'hint',
  title: 'Check what a template makes, not the template',
  why: 'A template of Jinja, gomplate or the like becomes a Dockerfile only when it is filled in. What is between the braces may be anything, so nothing else is said about the file. Run the checker on the result.',
  templates: true,
  examples: [
    { bad: '«{%» if gpu %}\nFROM nvidia/cuda:12.4.1-base-ubuntu22.04\n{% endif %}\nrun cd /srv\n' },
    { bad: 'FROM python:«{{» .Version }}-slim\nWORKDIR app\n' },
    { title: 'a format of docker inspect', good: "FROM docker:28\nRUN docker inspect --format '{{.Id}}' x || true\n" },
  ],
  *check({ template, source }) {
    if (template === undefined) return;
    const start = template === 'other' ? 0 : Math.max(0, source.text.search(/\{[{%#]/));
    yield {
      span: template === 'other' ? lineSpan(source, 0) : { start, end: start + 2 },
      message: `This is a template (${kinds[template]}), so it is left alone. Check the Dockerfile that is made from it.`,
    };
  },
});

const kinds = {
  jinja: 'Jinja',
  gomplate: 'gomplate or another Go template',
  other: 'by its name, and no build accepts it as it is',
} as const;
