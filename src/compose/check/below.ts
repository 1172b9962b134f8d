import type { Span } from '../../text/text.ts';
import type { Complaint } from '../complaint.ts';
import { root as rootShape } from '../keys/root.ts';
import { get, type Entry, type MapNode, type Node } from '../model.ts';
import { entryOf, mapOf } from '../nodes.ts';
import { unifyLists } from '../unique.ts';
import { checkShape } from './shapes.ts';

/** Whether something is said there. */
export const isFilled = (node: Node | undefined): boolean => node !== undefined && (node.kind !== 'scalar' || node.value !== null);

/**
 * Compose holds against its schema what a service has become over those it extends, and over the files below: what is of a wrong kind by
 * itself may say nothing there (`environment:` with all its lines commented out), or be passed over (`environment: 5`).
 */
export function* rightBelow(
  complaints: readonly Complaint[],
  own: MapNode,
  laid: MapNode,
  elsewhere: (...path: readonly string[]) => boolean,
): Generator<Complaint> {
  for (const complaint of complaints) {
    const at = complaint.kind === 'type' || complaint.kind === 'missing-key' ? placeOf(own, complaint.span) : undefined;
    const wrong = at && !stubborn.has(at.key) ? whole(laid, at) : undefined;
    const still = wrong?.some(
      ({ kind, span, message }) =>
        kind === complaint.kind && (span.start === complaint.span.start || (kind === 'missing-key' && message === complaint.message)),
    );
    const nothing = at?.value.kind === 'scalar' && at.value.value === null;
    if (!at || still !== false) {
      if (!nothing || !elsewhere(at.section, at.name, at.key)) yield complaint;
    } else if (at.value.kind === 'scalar' && !nothing) {
      const { fix: _, ...rest } = complaint;
      yield { ...rest, ignored: true };
    }
  }
}

/** Looked at before anything is laid over it, and what Compose falls over when it is empty. */
const stubborn: ReadonlySet<string> = new Set(['extends', 'logging']);

/** Where in a file something stands: `services`, the service, the key. */
interface Place {
  readonly section: string;
  readonly name: string;
  readonly key: string;
  readonly value: Node;
}

function placeOf(root: MapNode, { start }: Span): Place | undefined {
  const around = (node: Node): Entry | undefined =>
    node.kind === 'map' ? node.entries.find(({ keySpan, value }) => keySpan.start <= start && start <= value.span.end) : undefined;
  const section = around(root);
  const name = section && around(section.value);
  const key = name && around(name.value);
  return key && { section: section.key, name: name.key, key: key.key, value: key.value };
}

/** What is wrong with one service or other resource after all is laid together. */
function whole(laid: MapNode, { section, name }: Place): readonly Complaint[] {
  const found: Complaint[] = [];
  const resource = get(laid, section, name);
  if (!resource) return found;
  const alone = mapOf([entryOf(section, mapOf([entryOf(name, resource)], resource.span))], resource.span);
  checkShape(unifyLists(alone), rootShape, '', (complaint) => found.push(complaint));
  return found;
}
