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
    {
      title: 'what another frontend reads need not be a Dockerfile',
      bad: '«# syntax=ghcr.io/azure/dalec/frontend:0.18»\nname: skopeo\nversion: 1.0.0\n',
    },
    {
      title: 'a part that is put into others',
      path: 'docker-templates/Dockerfile.env',
      bad: '«ENV \\»\n    DOTNET_RUNNING_IN_CONTAINER=true\n',
    },
    { title: 'what Maven fills in', bad: '«FROM ${docker.base.image}»\nCOPY ${pkg.name}.deb /tmp/\n' },
    { title: 'what sed fills in', bad: '«FROM %%BASE_IMAGE%%»\nRUN x\n' },
    { title: 'a format of docker inspect', good: "FROM docker:28\nRUN docker inspect --format '{{.Id}}' x || true\n" },
  ],
  *check({ template, source }) {
    if (template === undefined) return;
    if (template === 'frontend') {
      const message = 'The frontend named here is not Docker’s, and reads what is no Dockerfile: the file is left alone.';
      yield { span: lineSpan(source, 0), message };
      return;
    }
    const start = Math.max(0, source.text.search(/\{[{%#]/));
    yield {
      span: template === 'other' ? lineSpan(source, 0) : { start, end: start + 2 },
      message: `This is a template (${kinds[template]}), so it is left alone. Check the Dockerfile that is made from it.`,
    };
  },
});

const kinds = {
  jinja: 'Jinja',
  gomplate: 'gomplate or another Go template',
  other: 'no build accepts it as it is',
} as const;
