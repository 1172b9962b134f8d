import { dockerfileRule } from '../../lint/rule.ts';

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
    const start = template === undefined ? -1 : source.text.search(/\{[{%#]/);
    if (start < 0) return;
    yield {
      span: { start, end: start + 2 },
      message: `This is a template (${template === 'jinja' ? 'Jinja' : 'gomplate or another Go template'}), so it is left alone. Check the Dockerfile that is made from it.`,
    };
  },
});
