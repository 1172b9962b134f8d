import type { Stage } from '../../dockerfile/model.ts';
import { lineage } from '../../dockerfile/scope.ts';
import type { Fix } from '../../lint/rule.ts';

/** Builds a stage on another Python, where its image is written out as `python:…`. */
export function withPython(stage: Stage, from: string, to: string): readonly Fix[] {
  const image = lineage(stage).at(-1)?.image;
  const at = image?.text === image?.value ? image?.text.indexOf(`:${from}`) : undefined;
  if (!image || at === undefined || at < 0 || !/^(?:docker\.io\/)?(?:library\/)?python:\d+\.\d+(?:-|$)/.test(image.text)) return [];
  return [
    {
      title: `Build on Python ${to}`,
      safe: false,
      edits: [{ span: { start: image.span.start + at + 1, end: image.span.start + at + 1 + from.length }, text: to }],
    },
  ];
}
