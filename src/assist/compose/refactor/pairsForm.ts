import { alternatives, shapesAt } from '../../../compose/keys/lookup.ts';
import type { ComposeFile } from '../../../compose/model.ts';
import type { Refactoring } from '../../model.ts';
import { entrySpans, isFlow, isShared, itemSpans, rewrite, scalar } from './layout.ts';
import type { Step } from './trail.ts';

/** `- NAME=value` ↔ `NAME: value`, wherever Compose takes both: environment, labels, build arguments … */
export function pairsForm(file: ComposeFile, trail: readonly Step[]): readonly Refactoring[] {
  const { source } = file;
  const step = trail.findLast(({ kind, path }) => kind === 'entry' && takesBoth(path));
  if (step?.kind !== 'entry' || isShared(source, step.entry)) return [];
  const { key, value } = step.entry;
  if (value.kind === 'list') {
    const pairs = value.items.map((item) => {
      const [, name = '', rest] = item.kind === 'scalar' ? (/^([^=]+)(?:=([^]*))?$/.exec(item.text) ?? []) : [];
      return { name, value: rest };
    });
    if (!pairs.length || pairs.some(({ name }) => name === '') || new Set(pairs.map(({ name }) => name)).size < pairs.length) return [];
    const flow = isFlow(source, value);
    const written = pairs.map(
      ({ name, value: text }) => `${scalar(name, { flow })}:${text === undefined ? '' : ` ${scalar(text, { flow, numbers: true })}`}`,
    );
    const spans = flow ? undefined : itemSpans(source, value);
    const edits = flow
      ? [{ span: value.span, text: `{ ${written.join(', ')} }` }]
      : spans &&
        rewrite(
          file,
          step.entry,
          spans.map((span, at) => ({ span, lines: [written[at] ?? ''] })),
          'entry',
        );
    return edits ? [{ title: `Write ${key} as a mapping`, kind: 'rewrite', edits }] : [];
  }
  const spans = entrySpans(value);
  if (
    value.kind !== 'map' ||
    !spans?.length ||
    value.entries.some((each) => each.value.kind !== 'scalar' || /[\r\n]/.test(each.value.text))
  )
    return [];
  const flow = isFlow(source, value);
  const written = value.entries.map((each) => {
    if (each.value.kind !== 'scalar' || (each.value.value === null && !each.value.quoted)) return scalar(each.key, { flow });
    // `False` is a truth value in a mapping and five letters in a list.
    const { value: meant, text, quoted } = each.value;
    return scalar(`${each.key}=${!quoted && (typeof meant === 'boolean' || typeof meant === 'number') ? String(meant) : text}`, { flow });
  });
  const edits = flow
    ? [{ span: value.span, text: `[${written.join(', ')}]` }]
    : rewrite(
        file,
        step.entry,
        spans.map((span, at) => ({ span, lines: [written[at] ?? ''] })),
        'item',
      );
  return edits ? [{ title: `Write ${key} as a list`, kind: 'rewrite', edits }] : [];
}

function takesBoth(path: readonly string[]): boolean {
  const kinds = shapesAt(path).flatMap(alternatives);
  return (
    kinds.some(({ kind }) => kind === 'list') &&
    kinds.some(
      (shape) =>
        shape.kind === 'map' &&
        !Object.keys(shape.keys).length &&
        shape.others?.kind === 'either' &&
        shape.others.of.every(({ kind }) => kind !== 'list' && kind !== 'map'),
    )
  );
}
