import { get, items, text, type Node } from '../../compose/model.ts';

/** The variables of a service in either form, each with the node that has its value: the whole item in a list. */
export function environmentNodes(service: Node): readonly { readonly variable: string; readonly node: Node }[] {
  const environment = get(service, 'environment');
  if (environment?.kind === 'map') return environment.entries.map(({ key, value }) => ({ variable: key, node: value }));
  return items(environment).map((node) => ({ variable: (text(node) ?? '').replace(/=[^]*$/, ''), node }));
}
