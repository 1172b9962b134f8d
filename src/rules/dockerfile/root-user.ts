import { rootImage } from '../../dockerfile/scope.ts';
import { finalSections, lineageOf } from '../../dockerfile/sections.ts';
import { imageFacts } from '../../knowledge/lookup.ts';
import { dockerfileRule } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'root-user',
  severity: 'info',
  enabled: false,
  quiet:
    'Most images in use run as root, and base images may set a user that is not known here: on by default it would report nearly every file.',
  title: 'Run as a user of its own',
  why: 'What runs as root in a container is root on the files it mounts, and closer to being root on the host. Files in bind mounts then belong to root. Make a user, give it the folders it writes to (the model cache too), and switch with USER.',
  also: ['hadolint:DL3002', 'trivy:DS002', 'checkov:CKV_DOCKER_3', 'checkov:CKV_DOCKER_8'],
  reach: 'file',
  looksAt: ['FROM', 'USER', '* from='],
  examples: [
    {
      bad: 'FROM python:3.12-slim\nUSER app\nRUN true\nUSER «root»\nCMD ["python", "app.py"]\n',
      good: 'FROM python:3.12-slim\nRUN useradd -m -u 10001 app\nUSER app\nCMD ["python", "app.py"]\n',
    },
    { title: 'no USER at all', bad: '«FROM python:3.12-slim»\nCMD ["python", "app.py"]\n' },
    { title: 'inherited from the stage below', bad: 'FROM python:3.12-slim AS base\nUSER «0:0»\nFROM base\nRUN true\n' },
    {
      title: 'a build stage may',
      good: 'FROM python:3.12-slim AS build\nUSER root\nFROM python:3.12-slim\nCOPY --from=build /a /a\nUSER 10001\n',
    },
  ],
  *check(file, { knowledge, options }) {
    for (const section of finalSections(file)) {
      const user = lineageOf(section)
        .flatMap(({ instructions }) => instructions.filter(({ keyword }) => keyword === 'USER'))
        .at(-1);
      const name = user?.args[0];
      if (name && /^(?:root|0)(?::.*)?$/.test(name.value))
        yield {
          span: { start: name.span.start, end: name.span.start + (name.text.split(/\s/)[0] ?? '').length },
          message: `The last USER is «${name.value}»: what the container runs is root. Switch to a user of its own at the end.`,
          also: ['hadolint:DL3002', 'trivy:DS002', 'checkov:CKV_DOCKER_8'],
        };
      else if (!name) {
        const image = section.stage && rootImage(file, section.stage, options.buildArgs);
        const facts = image === undefined ? undefined : imageFacts(knowledge, image);
        if (facts?.sure === 'certain' && !/^(?:root|0)$/.test(facts.user)) continue;
        const [first] = section.instructions;
        const span = user?.keywordSpan ?? section.stage?.from.span ?? first?.keywordSpan;
        if (span)
          yield {
            span,
            message: 'No USER is set, so what the container runs is root, unless the base image says otherwise.',
            also: ['trivy:DS002', 'checkov:CKV_DOCKER_3'],
          };
      }
    }
  },
});
