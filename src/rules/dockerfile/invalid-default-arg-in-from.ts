import { expand } from '../../dockerfile/expand.ts';
import { globalArgs, platformArgs } from '../../dockerfile/scope.ts';
import { dockerfileRule } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'invalid-default-arg-in-from',
  severity: 'hint',
  enabled: false,
  title: 'Give the ARGs of FROM defaults that build',
  why: 'Without `--build-arg` the base image has no valid name, so a plain `docker build .` fails. Many Dockerfiles mean it so: the rule is off by default.',
  also: ['buildkit:InvalidDefaultArgInFrom'],
  examples: [
    { bad: 'ARG VERSION\nFROM «python:$VERSION»\n' },
    { good: 'ARG VERSION=3.12\nARG VARIANT\nFROM python:${VERSION}${VARIANT}\n' },
  ],
  *check(file) {
    const args = globalArgs(file);
    for (const { image, base } of file.stages) {
      if (!image?.text.includes('$') || base) continue;
      const result = expand(image.text, (name) => args.get(name)?.value ?? (platformArgs.has(name) ? 'linux' : undefined), {
        escape: file.escape,
      });
      if (result.ok && !validName(result.text))
        yield {
          span: image.span,
          message: `With the defaults of its ARGs, the base image is «${result.text}», which is no name: a build has to give them.`,
        };
    }
  },
});

const validName = (text: string): boolean =>
  /^(?:[\w.-]+(?::\d+)?\/)?[a-z0-9]+(?:[._/-]+[a-z0-9]+)*(?::[\w][\w.-]*)?(?:@\w+:[0-9a-f]{32,})?$/.test(text);
