import type { Dockerfile } from '../../src/dockerfile/model.ts';
import type { Span } from '../../src/text/text.ts';

/** A line above a stage that does something when it is clicked. */
export interface Lens {
  readonly span: Span;
  readonly title: string;
  readonly command: 'build-image' | 'build-and-run';
  readonly target?: string;
}

/** Build and run for what the file makes, above its last stage; and for each other stage that has a name. */
export function lensesOf({ stages, template }: Dockerfile): readonly Lens[] {
  if (template) return [];
  const last = stages.at(-1);
  return stages.flatMap((stage): Lens[] => {
    const span = stage.from.keywordSpan;
    if (stage === last)
      return [
        { span, title: 'Build', command: 'build-image' },
        { span, title: 'Build and run…', command: 'build-and-run' },
      ];
    const name = stage.name?.value;
    return name === undefined ? [] : [{ span, title: `Build stage ${name}`, command: 'build-image', target: name }];
  });
}
