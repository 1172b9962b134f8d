import { dockerfileRule } from '../../lint/rule.ts';
import { bases, byImage } from '../shared/bases.ts';

export default dockerfileRule({
  id: 'pin-digest',
  severity: 'hint',
  enabled: false,
  title: 'Name the digest of a base image',
  why: 'A tag is moved with every rebuild; `image:tag@sha256:…` is the very image that was tested, and bots such as Renovate keep it up to date. Off by default: it is for builds that must come out the same, or whose supply chain is audited.',
  also: ['semgrep:dockerfile-source-not-pinned'],
  reach: 'file',
  looksAt: ['FROM'],
  examples: [
    { bad: 'FROM «python:3.12-slim» AS build\nFROM python:3.12-slim\n' },
    {
      title: 'with a digest, a stage, scratch, an image that whoever builds names',
      good: 'ARG BASE\nFROM python@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef AS a\nFROM a AS b\nFROM scratch AS c\nFROM $BASE\n',
    },
  ],
  *check(file, world) {
    for (const [{ image, parts, word }] of byImage(bases(file, world)))
      if (parts.digest === undefined)
        yield {
          span: word.span,
          message: `«${image}» is whatever its tag points to on the day of the build. Add @sha256:… of the image that you tested.`,
        };
  },
});
