import { mountsOf } from '../../dockerfile/mounts.ts';
import type { Instruction } from '../../dockerfile/model.ts';
import { originsOf } from '../../dockerfile/sources.ts';
import { nearest } from '../../text/nearest.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import type { Span } from '../../text/text.ts';
import { meantBy } from '../shared/meantStage.ts';
import { isContext, namedContexts } from '../shared/namedContexts.ts';

export default dockerfileRule({
  id: 'copy-from-unknown-stage',
  severity: 'info',
  quiet: 'The name may be an image that a registry or a named build context has, which a file cannot show.',
  title: 'Copy from a stage that the file has',
  why: 'A name that is no earlier stage is taken for an image and asked from the registry: «pull access denied», or a stranger’s image of that name. Named build contexts are fine; give images a tag.',
  also: ['hadolint:DL3022', 'trivy:DS006'],
  reach: 'file',
  looksAt: ['COPY from', 'RUN --mount'],
  examples: [
    {
      bad: 'FROM golang:1.23 AS builder\nFROM debian:12\nCOPY --from=«buidler» /app /app\n',
      good: 'FROM golang:1.23 AS builder\nFROM debian:12\nCOPY --from=builder /app /app\n',
    },
    { bad: 'FROM debian:12\nCOPY --from=«3» /app /app\n' },
    {
      title: 'a mount takes from a stage too',
      bad: 'FROM python:3.12 AS wheels\nFROM python:3.12-slim\nRUN --mount=type=bind,from=«wheel»,source=/w,target=/w pip install --no-cache-dir /w/a.whl\n',
      good: 'FROM python:3.12 AS wheels\nFROM python:3.12-slim\nRUN --mount=type=bind,from=wheels,source=/w,target=/w pip install --no-cache-dir /w/a.whl\n',
    },
    {
      title: 'a named build context',
      files: { 'docker-bake.json': '{"target": {"a": {"contexts": {"models": "../models"}}}}' },
      good: 'FROM debian:12\nCOPY --from=models /a /a\n',
    },
    {
      title: 'stages, their numbers, images, variables',
      good: 'FROM golang:1.23 AS a\nFROM debian:12\nCOPY --from=a /x /x\nCOPY --from=0 /x /x\nCOPY --from=alpine:3.20 /x /x\nCOPY --from=ghcr.io/astral-sh/uv /uv /bin/\nCOPY --from=${X} /x /x\n',
    },
  ],
  *check(file, world) {
    let contexts: ReadonlySet<string> | undefined;
    const first = new Map<string, number>();
    for (const { name, index } of file.stages) if (name && !first.has(name.value.toLowerCase())) first.set(name.value.toLowerCase(), index);
    for (const outer of file.instructions) {
      const at = outer.stage ?? 0;
      const isKnown = (value: string): boolean =>
        /^\d+$/.test(value) ? Number(value) < at : (first.get(value.toLowerCase()) ?? Infinity) <= at;
      const instruction = outer.trigger ?? outer;
      const { copied, mounted } = originsOf(instruction);
      if ((copied === undefined || isKnown(copied)) && mounted.every(isKnown)) continue;
      for (const { value, span, mounted } of origins(instruction)) {
        if (/[$:/@]/.test(value) || value === '') continue;
        if (isKnown(value) || isContext((contexts ??= namedContexts(file, world)), value)) continue;
        const names = file.stages.slice(0, at).flatMap((stage) => stage.name?.value ?? []);
        const meant = nearest(value, names);
        yield {
          span,
          ...(mounted ? { also: [] } : {}),
          ...(meantBy(value, file.stages, at) ? { severity: 'warning' as const } : {}),
          message: `No stage before this line is called «${value}», so it is taken for an image.${meant ? ` Did you mean ${meant}?` : ' Give an image its tag.'}`,
          fixes: meant ? [{ title: `Use ${meant}`, safe: false, edits: [{ span, text: meant }] }] : [],
        };
      }
    }
  },
});

/** The stages and images that an instruction takes files from: `COPY --from=`, `RUN --mount=from=`. */
const origins = ({
  keyword,
  flags,
}: Pick<Instruction, 'keyword' | 'flags'>): readonly { readonly value: string; readonly span: Span; readonly mounted?: true }[] =>
  keyword === 'COPY'
    ? flags.flatMap(({ name, value }) => (name === 'from' && value ? [{ value: value.value, span: value.span }] : []))
    : keyword === 'RUN'
      ? mountsOf({ flags }).flatMap(({ fields }) =>
          fields.flatMap(({ name, value, given, span }) =>
            name === 'from' && given ? [{ value, span: { start: span.end - value.length, end: span.end }, mounted: true as const }] : [],
          ),
        )
      : [];
