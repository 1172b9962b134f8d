import { expand } from '../../dockerfile/expand.ts';
import type { Dockerfile } from '../../dockerfile/model.ts';
import { reference } from '../../dockerfile/reference.ts';
import { globalArgs, platformArgs } from '../../dockerfile/scope.ts';
import { dockerfileRule, type World } from '../../lint/rule.ts';
import { bakeTargets } from '../shared/bake.ts';
import { builtServices } from '../shared/builtServices.ts';
import { buildArguments } from '../shared/composeImage.ts';

export default dockerfileRule({
  id: 'invalid-default-arg-in-from',
  severity: 'hint',
  enabled: false,
  title: 'Give the ARGs of FROM defaults that build',
  why: 'Without `--build-arg` the base image has no valid name, so a plain `docker build .` fails. Many Dockerfiles mean it so: the rule is off by default.',
  also: ['buildkit:InvalidDefaultArgInFrom'],
  examples: [
    { bad: 'ARG VERSION\nFROM «python:$VERSION»\n' },
    {
      title: 'every service that builds it gives the ARG',
      files: { 'compose.yaml': 'services:\n  app:\n    build:\n      context: .\n      args: [BASE=python:3.12]\n' },
      good: 'ARG BASE\nFROM $BASE\n',
    },
    {
      title: 'the target of a Bake file gives it',
      files: {
        'docker-bake.hcl':
          'variable "CUDA" { default = "12.8.1" }\ntarget "app" {\n  args = {\n    BASE = "nvidia/cuda:${CUDA}-base-ubuntu24.04" // for all\n  }\n  tags = ["a:${CUDA}", "b"]\n}\n',
      },
      good: 'ARG BASE\nFROM $BASE\n',
    },
    { title: 'an empty part of an address', bad: 'ARG REGION\nFROM «1234.dkr.ecr.$REGION.amazonaws.com/app:1»\n' },
    { title: 'a default with an empty part that may be left out', good: 'ARG SDK\nARG BASE=nvidia/cuda:v${SDK}${MORE}\nFROM $BASE\n' },
    { good: 'ARG VERSION=3.12\nARG VARIANT\nFROM python:${VERSION}${VARIANT}\n' },
  ],
  *check(file, world) {
    const given = givenArgs(file, world);
    const args = globalArgs(file);
    let defaults: ReadonlyMap<string, string> | undefined;
    for (const { image, base } of file.stages) {
      if (!image?.text.includes('$') || base) continue;
      const result = expand(
        image.text,
        (name) => (defaults ??= defaultsOf(file)).get(name) ?? (platformArgs.has(name) ? 'linux' : undefined),
        {
          escape: file.escape,
        },
      );
      if (
        result.ok &&
        !reference.test(result.text) &&
        !(given && variablesIn(image.text).every((name) => args.get(name)?.value || given.has(name)))
      )
        yield {
          span: image.span,
          message: `With the defaults of its ARGs, the base image is «${result.text}», which is no name: a build has to give them.`,
        };
    }
  },
});

/** The ARGs before the first FROM with nothing given: what nothing sets is empty in the defaults of others, too. */
function defaultsOf({ instructions, escape }: Dockerfile): ReadonlyMap<string, string> {
  const defaults = new Map<string, string>();
  for (const { keyword, pairs = [], stage } of instructions) {
    if (stage !== undefined) break;
    if (keyword !== 'ARG') continue;
    for (const { name, value } of pairs) {
      if (!value) continue;
      const result = expand(value.text, (other) => defaults.get(other) ?? (platformArgs.has(other) ? 'linux' : undefined), { escape });
      if (result.ok) defaults.set(name.value, result.text);
    }
  }
  return defaults;
}

const variablesIn = (text: string): readonly string[] => [...text.matchAll(/\$\{?(\w+)/g)].map(([, name = '']) => name);

/** The ARGs that every service and every target of a Bake file gives which is built from this file; undefined when there is none. */
function givenArgs(file: Dockerfile, world: World): ReadonlySet<string> | undefined {
  const given = [
    ...builtServices(file, world).map(({ service }) => (buildArguments(service.node) ?? []).map(([name]) => name)),
    ...bakeTargets(file, world).flatMap(({ args, inherited }) => (inherited ? [] : [[...args.keys()]])),
  ];
  const [first, ...others] = given;
  return first && new Set(first.filter((name) => others.every((names) => names.includes(name))));
}
