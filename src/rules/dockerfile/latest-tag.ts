import type { Dockerfile, Word } from '../../dockerfile/model.ts';
import { baseImage } from '../../dockerfile/scope.ts';
import { imageFacts } from '../../knowledge/lookup.ts';
import type { KnowledgeBase } from '../../knowledge/knowledge.ts';
import { dockerfileRule, type LintOptions } from '../../lint/rule.ts';
import { imageReference } from '../../text/imageReference.ts';

export default dockerfileRule({
  id: 'latest-tag',
  severity: 'warning',
  title: 'Name the version of a base image',
  why: 'Without a tag, or with `latest`, the image is another one tomorrow: a new Python minor version has no wheels for the pinned packages yet, and the build that worked cannot be repeated.',
  also: ['hadolint:DL3006', 'hadolint:DL3007', 'trivy:DS001', 'checkov:CKV_DOCKER_7'],
  examples: [
    { bad: 'FROM «python:latest»\n' },
    { bad: 'FROM «ubuntu» AS base\nFROM base\n' },
    { title: 'a variable with a value counts', bad: 'ARG IMAGE=nvidia/cuda\nFROM «$IMAGE»\n' },
    {
      title: 'an image of one’s own that whoever builds names',
      good: 'ARG REGISTRY=quay.io\nARG BASE_IMAGE=$REGISTRY/jupyter/base-notebook\nARG SERVER=tritonserver\nFROM $BASE_IMAGE AS base\nFROM ${SERVER}\n',
    },
    { good: 'FROM python:3.12-slim-bookworm\n' },
    {
      title: 'a digest is more exact than any tag',
      good: 'FROM python@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n',
    },
    { title: 'stages, scratch and open variables', good: 'ARG BASE\nFROM $BASE AS one\nFROM scratch\nFROM one\n' },
  ],
  *check(file, { knowledge, options, today }) {
    for (const stage of file.stages) {
      if (!stage.image || stage.base) continue;
      const image = baseImage(file, stage, options.buildArgs);
      if (image === undefined || image === 'scratch') continue;
      const { registry, name, tag, digest } = imageReference(image);
      if (digest !== undefined || (tag !== undefined && tag !== 'latest')) continue;
      if (tag === undefined && isStandIn(file, stage.image, name, knowledge, options.buildArgs)) continue;
      const python = registry === 'docker.io' && name === 'python' ? newestPython(knowledge.endOfLife['python'] ?? {}, today) : undefined;
      const written = stage.image.text === image;
      yield {
        span: stage.image.span,
        message: `${tag === undefined ? `«${image}» has no tag, so it means «latest»: it` : `«${image}»`} is another image after every release. Name the version that you tested${python ? `, such as ${name}:${python}-slim` : ''}.`,
        also: [tag === undefined ? 'hadolint:DL3006' : 'hadolint:DL3007', 'trivy:DS001', 'checkov:CKV_DOCKER_7'],
        fixes:
          python && written
            ? [{ title: `Use ${name}:${python}`, safe: false, edits: [{ span: stage.image.span, text: `${name}:${python}` }] }]
            : [],
      };
    }
  },
});

/** Whether the image is one variable whose default only stands in: put together from other variables, or an image that is built locally. */
function isStandIn(file: Dockerfile, image: Word, name: string, knowledge: KnowledgeBase, buildArgs: LintOptions['buildArgs']): boolean {
  const variable = /^\$\{?(\w+)\}?$/.exec(image.value)?.[1];
  if (variable === undefined || Object.hasOwn(buildArgs, variable)) return false;
  const pairs = file.instructions.flatMap((each) => (each.keyword === 'ARG' && each.stage === undefined ? (each.pairs ?? []) : []));
  const value = pairs.findLast((pair) => pair.name.value === variable)?.value?.value ?? '';
  return value.includes('$') || (!name.includes('/') && !imageFacts(knowledge, value));
}

/** The newest Python that has been out for a year: wheels for it exist. */
function newestPython(releases: Readonly<Record<string, { readonly releaseDate?: string }>>, today: string): string | undefined {
  const yearAgo = `${Number(today.slice(0, 4)) - 1}${today.slice(4)}`;
  const out = Object.entries(releases).filter(([, { releaseDate }]) => releaseDate !== undefined && releaseDate <= yearAgo);
  return out.sort(([a], [b]) => Number(b.slice(2)) - Number(a.slice(2)))[0]?.[0];
}
