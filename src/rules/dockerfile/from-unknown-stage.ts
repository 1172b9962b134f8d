import { dockerfileRule } from '../../lint/rule.ts';
import { meantStage } from '../shared/meantStage.ts';
import { isContext, namedContexts } from '../shared/namedContexts.ts';

export default dockerfileRule({
  id: 'from-unknown-stage',
  severity: 'warning',
  quiet:
    'Only a bare name is looked at that is no image of Docker’s and nearly that of a stage: it may be an image of one’s own after all.',
  title: 'Build on a stage by its name',
  why: 'A name that is no earlier stage is taken for an image and asked from Docker Hub: «pull access denied, repository does not exist», or a stranger’s image of that name.',
  reach: 'file',
  looksAt: ['FROM'],
  examples: [
    {
      bad: 'FROM golang:1.23 AS build\nFROM «bulid» AS test\nRUN go test ./...\n',
      good: 'FROM golang:1.23 AS build\nFROM build AS test\nRUN go test ./...\n',
    },
    {
      title: 'a stage that begins below',
      bad: 'FROM «runtime» AS test\nRUN pytest\nFROM python:3.12-slim AS runtime\n',
    },
    {
      title: 'an official image, one of an owner, one with a tag, a variable',
      good: 'FROM node:22 AS nodes\nFROM node\nFROM acme/noded\nFROM noder:1\nFROM $nodez\n',
    },
    {
      title: 'a neighbour that has another number or another part',
      good: 'FROM debian:13 AS base-gpu\nFROM base-cpu AS one\nFROM debian:13 AS stage1\nFROM stage2\n',
    },
    {
      title: 'a named build context, an image of this machine',
      files: { 'docker-bake.json': '{"target": {"a": {"contexts": {"models": "docker-image://m:1"}}}}' },
      live: { images: ['basis:latest'] },
      good: 'FROM debian:13 AS model\nFROM models AS a\nFROM debian:13 AS basic\nFROM basis\n',
    },
  ],
  *check(file, world) {
    let contexts: ReadonlySet<string> | undefined;
    for (const stage of file.stages) {
      const meant = meantStage(file, stage);
      const { image } = stage;
      if (!meant || !image || isContext((contexts ??= namedContexts(file, world)), image.value)) continue;
      if (world.live.images.some((each) => each.replace(/:.*$/, '') === image.value)) continue;
      yield {
        span: image.span,
        message: meant.below
          ? `Stage «${meant.name}» begins below, so «${image.value}» is taken for an image here. Move that stage above this line.`
          : `No stage is called «${image.value}», so it is taken for an image. Did you mean the stage «${meant.name}»?`,
        fixes: meant.below ? [] : [{ title: `Use ${meant.name}`, safe: false, edits: [{ span: image.span, text: meant.name }] }],
      };
    }
  },
});
