import { addKey } from '../../../compose/insert.ts';
import { entry, get, text, type ComposeFile, type Entry, type MapNode } from '../../../compose/model.ts';
import type { World } from '../../../lint/rule.ts';
import { lineAt, lineBreak, lineSpan, type Edit } from '../../../text/text.ts';
import type { Refactoring } from '../../model.ts';
import { stepOf } from '../../../compose/step.ts';
import { entrySpans, isFlow, isShared, itemSpans, rewrite, scalar, unfold } from './layout.ts';
import { healthTest } from './healthTest.ts';
import type { Step } from './trail.ts';

/** `depends_on` as a list ↔ with conditions; and waiting until a service is healthy, which gets a check when it has none. */
export function dependsOnForm(file: ComposeFile, trail: readonly Step[], world: World): readonly Refactoring[] {
  const at = trail.findIndex(
    ({ kind, path }) => kind === 'entry' && path.length === 3 && path[0] === 'services' && path[2] === 'depends_on',
  );
  const step = trail[at];
  if (step?.kind !== 'entry' || isShared(file.source, step.entry)) return [];
  const { entry: key } = step;
  const below = trail[at + 1];
  const name = below?.kind === 'entry' ? below.entry.key : below?.kind === 'item' ? (text(below.item) ?? '') : onlyName(key);
  return [...(name ? waitFor(file, key, name, world) : []), ...withConditions(file, key), ...asList(file, key)];
}

const onlyName = ({ value }: Entry): string | undefined =>
  value.kind === 'map' && value.entries.length === 1
    ? value.entries[0]?.key
    : value.kind === 'list' && value.items.length === 1
      ? text(value.items[0])
      : undefined;

const isChecked = (service: MapNode | undefined): boolean => {
  const check = get(service, 'healthcheck');
  return check !== undefined && text(get(check, 'disable')) !== 'true';
};

/** The lines of a list as a mapping; `healthy` are the services that are waited for until they answer. */
function longForm(file: ComposeFile, key: Entry, healthy: (name: string) => boolean): readonly Edit[] | undefined {
  const { source } = file;
  if (key.value.kind !== 'list' || !key.value.items.length) return undefined;
  const names = key.value.items.map((item) => text(item));
  if (!names.every((each) => each !== undefined)) return undefined;
  const indent = ' '.repeat(stepOf(file.source));
  const lines = names.map((each) => [`${scalar(each)}:`, `${indent}condition: ${healthy(each) ? 'service_healthy' : 'service_started'}`]);
  if (isFlow(source, key.value)) return [unfold(file, key, lines.flat())];
  const spans = itemSpans(source, key.value);
  return (
    spans &&
    rewrite(
      file,
      key,
      spans.map((span, index) => ({ span, lines: lines[index] ?? [] })),
      'entry',
    )
  );
}

function withConditions(file: ComposeFile, key: Entry): readonly Refactoring[] {
  const service = (name: string): MapNode | undefined => file.services.find((each) => each.name === name)?.node;
  const edits = longForm(file, key, (name) => isChecked(service(name)));
  return edits ? [{ title: 'Write depends_on with conditions', kind: 'rewrite', edits }] : [];
}

function asList(file: ComposeFile, key: Entry): readonly Refactoring[] {
  const { source } = file;
  const { value } = key;
  const spans = entrySpans(value);
  if (value.kind !== 'map' || !spans?.length) return [];
  // Only what the list means, too: that the other has started.
  const plain = value.entries.every(
    ({ value: each }) =>
      (each.kind === 'scalar' && each.value === null) ||
      (each.kind === 'map' && each.entries.every(({ key: name, value: said }) => name === 'condition' && text(said) === 'service_started')),
  );
  if (!plain) return [];
  const names = value.entries.map(({ key: name }) => scalar(name, { flow: isFlow(source, value) }));
  const edits = isFlow(source, value)
    ? [{ span: value.span, text: `[${names.join(', ')}]` }]
    : rewrite(
        file,
        key,
        spans.map((span, index) => ({ span, lines: [names[index] ?? ''] })),
        'item',
      );
  return edits ? [{ title: 'Write depends_on as a list', kind: 'rewrite', edits }] : [];
}

function waitFor(file: ComposeFile, key: Entry, name: string, world: World): readonly Refactoring[] {
  const service = file.services.find((each) => each.name === name)?.node;
  if (!service) return [];
  const check = isChecked(service) || entry(service, 'healthcheck') ? undefined : healthTest(file, service, world);
  if (!isChecked(service) && !check) return [];
  const added = check && addKey(file.source, service, 'healthcheck', check);
  if (check && !added) return [];
  const edits = conditionEdits(file, key, name);
  if (!edits) return [];
  const title = `Wait until ${name} is healthy${added ? ', with a health check that works in its image' : ''}`;
  return [{ title, kind: 'rewrite', edits: [...edits, ...(added ? [added] : [])] }];
}

function conditionEdits(file: ComposeFile, key: Entry, name: string): readonly Edit[] | undefined {
  if (key.value.kind === 'list')
    return longForm(file, key, (each) => each === name || isChecked(file.services.find((one) => one.name === each)?.node));
  const dependency = entry(key.value, name);
  if (!dependency || dependency.merged) return undefined;
  const condition = get(dependency.value, 'condition');
  if (condition) return text(condition) === 'service_started' ? [{ span: condition.span, text: 'service_healthy' }] : undefined;
  if (dependency.value.kind === 'map') {
    const edit = addKey(file.source, dependency.value, 'condition', 'service_healthy', []);
    return edit && [edit];
  }
  if (isFlow(file.source, key.value) || text(dependency.value) !== undefined) return undefined;
  const { source } = file;
  const at = source.text.indexOf(':', dependency.keySpan.end) + 1;
  const column = dependency.keySpan.start - lineSpan(source, lineAt(source, dependency.keySpan.start)).start;
  const line = `${lineBreak(source)}${' '.repeat(column + stepOf(file.source))}condition: service_healthy`;
  return [{ span: { start: at, end: at }, text: line }];
}
