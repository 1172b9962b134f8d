import type { Fix } from '../../lint/rule.ts';
import type { PublishedPort } from './published.ts';

/** A fix that publishes a port for this machine alone; none where it is not written in the short form. */
export function publishLocally({ node }: PublishedPort): readonly Fix[] {
  if (node.kind !== 'scalar' || !/^\d/.test(node.text) || node.span.start < 0) return [];
  const at = node.span.start + (node.quoted ? 1 : 0);
  const every = /^0(?:\.0){3}:/.exec(node.text)?.[0] ?? '';
  return [{ title: 'Publish on 127.0.0.1', safe: false, edits: [{ span: { start: at, end: at + every.length }, text: '127.0.0.1:' }] }];
}
