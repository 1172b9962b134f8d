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
    const wrong = at && !stubborn.has(at.path[2] ?? '') ? whole(laid, at) : undefined;
    const still = wrong?.some(
      ({ kind, span, message }) =>
        kind === complaint.kind && (span.start === complaint.span.start || (kind === 'missing-key' && message === complaint.message)),
    );
    const nothing = at?.value.kind === 'scalar' && at.value.value === null;
    if (!at || still !== false) {
      if (!nothing || !elsewhere(...at.path)) yield complaint;
    } else if (at.value.kind === 'scalar' && !nothing) {
      const { fix: _, ...rest } = complaint;
      yield { ...rest, ignored: true };
    }
  }
}

/** Looked at before anything is laid over it, and what Compose falls over when it is empty. */
const stubborn: ReadonlySet<string> = new Set(['extends', 'logging']);

/** Where in a file something stands: `services`, the service, the key, as far as it goes. */
interface Place {
  readonly path: readonly string[];
  readonly value: Node;
}

function placeOf(root: MapNode, { start }: Span): Place | undefined {
  let at: Place = { path: [], value: root };
  while (at.path.length < 3 && at.value.kind === 'map') {
    const inner: Entry | undefined = at.value.entries.find(
      ({ keySpan, value }) => keySpan.start <= start && start <= Math.max(value.span.end, value.alias?.end ?? 0),
    );
    if (!inner) break;
    at = { path: [...at.path, inner.key], value: inner.value };
  }
  // What comes from an anchor may stand in any service; includes are gone once they are followed.
  const [section = 'include'] = at.path;
  return section === 'include' || section.startsWith('x-') || at.path.join() === 'services' ? undefined : at;
}

/** What is wrong with one service or other resource after all is laid together. */
function whole(laid: MapNode, { path }: Place): readonly Complaint[] {
  const found: Complaint[] = [];
  const [section = '', name] = path;
  const resource = get(laid, ...path.slice(0, 2));
  if (!resource) return found;
  const inner = name === undefined ? resource : mapOf([entryOf(name, resource)], resource.span);
  checkShape(unifyLists(mapOf([entryOf(section, inner)], resource.span)), rootShape, '', (complaint) => found.push(complaint));
  return found;
}
