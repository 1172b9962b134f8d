import type { Dockerfile, Word } from '../../dockerfile/model.ts';
import { baseImage } from '../../dockerfile/scope.ts';
import { imageFacts } from '../../knowledge/lookup.ts';
import type { KnowledgeBase } from '../../knowledge/knowledge.ts';
import { dockerfileRule, type Files, type LintOptions } from '../../lint/rule.ts';
import { imageReference } from '../../text/imageReference.ts';
import { isContext, namedContexts } from '../shared/namedContexts.ts';
import { newestPython } from '../shared/newestPython.ts';
import { aside } from '../shared/aside.ts';
import { byImage } from '../shared/bases.ts';
import { elsewhere } from '../shared/elsewhere.ts';
import { baseName, folderOf, join } from '../../text/paths.ts';
import { meantStage } from '../shared/meantStage.ts';
import { officialImages } from '../shared/officialImages.ts';
import { shippedStages } from '../shared/shipped.ts';

export default dockerfileRule({
  id: 'latest-tag',
  severity: 'warning',
  title: 'Name the version of a base image',
  why: 'Without a tag, or with `latest`, the image is another one tomorrow: a new Python minor version has no wheels for the pinned packages yet, and the build that worked cannot be repeated.',
  also: ['hadolint:DL3006', 'hadolint:DL3007', 'trivy:DS001', 'checkov:CKV_DOCKER_7'],
  reach: 'file',
  looksAt: ['FROM', 'lines'],
  examples: [
    { bad: 'FROM «python:latest»\n' },
    { bad: 'FROM «ubuntu» AS base\nFROM base\n' },
    {
      title: 'a build context of that name, from Bake, a script or a Compose file',
      files: {
        'docker-bake.hcl': 'target "a" {\n  contexts = {\n    wheels = "target:w${X}"\n    "base" = "docker-image://x:1"\n  }\n}\n',
        'build.sh': 'docker build --build-context tools=../tools .\n',
        '.github/workflows/a.yml': 'steps:\n  - with:\n      build-contexts: |\n        models=docker-image://m:1\n',
        'compose.yaml': 'services:\n  a:\n    build:\n      context: .\n      additional_contexts: [code=../code]\n',
      },
      good: 'FROM wheels AS a\nFROM base AS b\nFROM tools AS c\nFROM models AS d\nFROM code\n',
    },
    { title: 'a registry that whoever builds names', bad: 'ARG REGISTRY\nFROM «${REGISTRY}/ubuntu»\n' },
    { title: 'a variable with a value counts', bad: 'ARG IMAGE=nvidia/cuda\nFROM «$IMAGE»\n' },
    {
      title: 'an image of one’s own that whoever builds names',
      good: 'ARG REGISTRY=quay.io\nARG BASE_IMAGE=$REGISTRY/jupyter/base-notebook\nARG SERVER=tritonserver\nFROM $BASE_IMAGE AS base\nFROM ${SERVER}\n',
    },
    {
      title: 'the tag of an image of one’s own too',
      good: 'ARG REPOSITORY=acme\nARG TAG=latest\nFROM $REPOSITORY/base:$TAG\n',
    },
    {
      title: 'the name says which',
      good: 'FROM registry.example.org/gaudi/1.21.0/pytorch-installer-2.6.0:latest\n',
    },
    {
      title: 'a stage for tools, a distribution without releases and an image of this machine are remarks only',
      bad: 'FROM «alpine/git» AS tools\nFROM «my-base:latest» AS mine\nFROM «archlinux:latest»\n',
    },
    {
      title: 'so are a release in the name without a tag, an example, and a test',
      path: 'tests/Dockerfile',
      bad: 'FROM «redhat/ubi9-minimal» AS a\nFROM «gcr.io/distroless/static-debian12»\n',
    },
    {
      title: 'so is an image that the project makes itself',
      files: { 'Dockerfile.kaldi-server': 'FROM debian:13\n' },
      bad: 'FROM «acme/kaldi-server:latest»\n',
    },
    { title: 'once for an image', bad: 'FROM «alpine» AS one\nFROM alpine\nFROM «busybox»\n' },
    { good: 'FROM python:3.12-slim-bookworm\n' },
    {
      title: 'a digest is more exact than any tag',
      good: 'FROM python@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n',
    },
    { title: 'stages, scratch and open variables', good: 'ARG BASE\nFROM $BASE AS one\nFROM scratch\nFROM one\n' },
  ],
  *check(file, world) {
    const { knowledge, options, today } = world;
    let contexts: ReadonlySet<string> | undefined;
    const outer = file.stages.flatMap((stage) => {
      const image =
        stage.image && !stage.base ? (baseImage(file, stage, options.buildArgs) ?? anyRegistry(stage.image, knowledge)) : undefined;
      return stage.image && image !== undefined && image !== 'scratch' ? [{ word: stage.image, image, stage }] : [];
    });
    const shipped = shippedStages(file);
    for (const [first, ...others] of byImage(outer)) {
      const { image } = first;
      const { registry, name, tag, digest } = imageReference(image);
      if (digest !== undefined || (tag !== undefined && tag !== 'latest')) continue;
      // `syntax` speaks of a name in capitals, which is none.
      if (version.test(name) || /[A-Z]/.test(name.replace(/^\$\{?\w+\}?/, ''))) continue;
      // `from-unknown-stage` speaks of a stage that is misspelt.
      if (meantStage(file, first.stage)) continue;
      if (isStandIn(file, first.word, name, knowledge, options.buildArgs)) continue;
      if (isContext((contexts ??= namedContexts(file, world)), image)) continue;
      const python = registry === 'docker.io' && name === 'python' ? newestPython(knowledge, today) : undefined;
      const written = [first, ...others].filter(({ word }) => word.text === image);
      const where = elsewhere(
        file.source,
        others.map(({ word }) => word.span),
      );
      const mild =
        rolling.test(name) ||
        release.test(name) ||
        examples.test(file.source.path) ||
        isBuiltBeside(file.source.path, name, world.files) ||
        (registry === 'docker.io' && !name.includes('/') && !officialImages.has(name)) ||
        (/^\$\{?\w+\}?$/.test(first.word.value) && !imageFacts(knowledge, image)) ||
        (name !== 'python' && ![first, ...others].some(({ stage }) => shipped.includes(stage)));
      yield {
        span: first.word.span,
        ...(mild ? { severity: 'info' as const } : aside(file.source.path)),
        message: `${tag === undefined ? `«${image}»${where} has no tag, so it means «latest»: it` : `«${image}»${where}`} is another image after every release. Name the version that you tested${python ? `, such as ${name}:${python}-slim` : ''}.`,
        also: [tag === undefined ? 'hadolint:DL3006' : 'hadolint:DL3007', 'trivy:DS001', 'checkov:CKV_DOCKER_7'],
        fixes:
          python && written.length
            ? [
                {
                  title: `Use ${name}:${python}`,
                  safe: false,
                  edits: written.map(({ word }) => ({ span: word.span, text: `${name}:${python}` })),
                },
              ]
            : [],
      };
    }
  },
});

/** Distributions that have no releases: there is no other tag. */
const rolling = /(?:^|\/)(?:tumbleweed|archlinux|kali-rolling|stage3|void-\w+)$/;

/** The release is in the name, and the tags, if there are any, count its updates: `ubi9`, `ubi9/python-311`, `distroless/static-debian12`. */
const release =
  /(?:^|[/_-])(?:ubi|rhel|el|debian|ubuntu|fedora|centos|alpine|python|py|open-?jdk|java|jdk|jre|node(?:js)?|php|ruby|dotnet|cuda|cu|torch|tf)-?\d+(?:[/_-]|$)|(?:^|\/)distroless\//;

/** Where everything is to show how, a version is one more thing to explain. */
const examples = /(?:^|\/)(?:examples?|samples?|demos?|tutorials?|docs)\/(?:[^/]+\/){0,3}[^/]*$/i;

/** Whether a Dockerfile or a folder beside the file is called like the image: the project makes it itself. */
function isBuiltBeside(path: string, image: string, files: Files): boolean {
  const folder = folderOf(path);
  const own = baseName(image);
  if (!image.includes('/')) return false;
  const here = files.list(folder) ?? [];
  const around = folder === '' ? [] : (files.list(folderOf(folder)) ?? []);
  return (
    here.some(
      (name) => name === `Dockerfile.${own}` || name === `${own}.Dockerfile` || name === `Containerfile.${own}` || name === `${own}/`,
    ) ||
    (around.includes(`${own}/`) && ['Dockerfile', 'Containerfile'].some((name) => files.exists(join(folderOf(folder), `${own}/${name}`))))
  );
}

/** A known image behind a registry that is in a variable: whatever that holds, there is no tag. */
function anyRegistry({ text }: Word, knowledge: KnowledgeBase): string | undefined {
  const name = /^\$\{?\w+\}?\/([a-z0-9]+(?:[._/-]+[a-z0-9]+)*)$/.exec(text)?.[1];
  return name !== undefined && imageFacts(knowledge, name) ? text : undefined;
}

/** A release in the name itself: `gaudi/1.21.0/pytorch-installer-2.6.0:latest`. */
const version = /(?:^|[/_-])v?\d+\.\d+(?:\.\d+)*(?:[/_-]|$)/;

/**
 * Whether the default of a variable only stands in for what whoever builds names: one variable put together from others or for an
 * image that is built locally, or the tag of an image of one's own.
 */
function isStandIn(file: Dockerfile, image: Word, name: string, knowledge: KnowledgeBase, buildArgs: LintOptions['buildArgs']): boolean {
  const tag = /:\$\{?(\w+)\}?$/.exec(image.value)?.[1];
  if (tag !== undefined) return name.includes('/') && !imageFacts(knowledge, name) && !Object.hasOwn(buildArgs, tag);
  const variable = /^\$\{?(\w+)\}?$/.exec(image.value)?.[1];
  if (variable === undefined || Object.hasOwn(buildArgs, variable)) return false;
  const pairs = file.instructions.flatMap((each) => (each.keyword === 'ARG' && each.stage === undefined ? (each.pairs ?? []) : []));
  const value = pairs.findLast((pair) => pair.name.value === variable)?.value?.value ?? '';
  return !/:latest$/.test(value) && (value.includes('$') || (!name.includes('/') && !imageFacts(knowledge, value)));
}
