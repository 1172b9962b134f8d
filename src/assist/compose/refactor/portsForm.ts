import { entry, get, text, type ComposeFile, type Node } from '../../../compose/model.ts';
import type { Refactoring } from '../../model.ts';
import { isFlow, isShared, itemSpans, rewrite, scalar } from './layout.ts';
import type { Step } from './trail.ts';

const variable = String.raw`\$\{[^}]*\}|\$\w+`;
const short = new RegExp(
  String.raw`^(?:(?:(\d+\.\d+\.\d+\.\d+|\[[\da-fA-F:.]+\]|${variable}):)?(\d+(?:-\d+)?|${variable})?:)?(\d+|${variable})(?:\/(\w+))?$`,
);

/** A port in the short form ↔ in the long form: the one at the cursor, or all at the key. */
export function portsForm(file: ComposeFile, trail: readonly Step[]): readonly Refactoring[] {
  const at = trail.findIndex(({ kind, path }) => kind === 'entry' && path.length === 3 && path[0] === 'services' && path[2] === 'ports');
  const step = trail[at];
  if (step?.kind !== 'entry' || step.entry.value.kind !== 'list' || isShared(file.source, step.entry)) return [];
  const { value } = step.entry;
  const below = trail[at + 1];
  const chosen = below?.kind === 'item' ? [below.item] : value.items;
  const what = chosen.length === 1 ? 'the port' : 'the ports';
  return [
    ...form(file, step.entry, chosen, longPort, `Write ${what} in the long form`),
    ...form(file, step.entry, chosen, shortPort, `Write ${what} in the short form`),
  ];
}

/** Writes items of a list in another form; nothing where one of them cannot be. */
export function form(
  file: ComposeFile,
  key: Parameters<typeof rewrite>[1],
  chosen: readonly Node[],
  write: (item: Node, inBrackets: boolean) => readonly string[] | undefined,
  title: string,
): readonly Refactoring[] {
  const { source } = file;
  const { value } = key;
  const inBrackets = isFlow(source, value);
  const lines = chosen.map((item) => write(item, inBrackets));
  if (value.kind !== 'list' || !lines.length || !lines.every((each) => each !== undefined)) return [];
  if (inBrackets) {
    const edits = chosen.map(({ span }, index) => {
      const [first = '', ...rest] = lines[index] ?? [];
      const flow = rest.length || /^\w+: /.test(first) ? `{ ${[first, ...rest].join(', ')} }` : first;
      return { span, text: flow };
    });
    return lines.flat().some((line) => /^\s|:$/.test(line)) ? [] : [{ title, kind: 'rewrite', edits }];
  }
  const spans = itemSpans(source, value);
  const parts =
    spans &&
    chosen.flatMap((item, index) => {
      const span = spans[value.items.indexOf(item)];
      return span ? [{ span, lines: lines[index] ?? [] }] : [];
    });
  const edits = parts && rewrite(file, key, parts, 'item');
  return edits ? [{ title, kind: 'rewrite', edits }] : [];
}

function longPort(item: Node, flow: boolean): readonly string[] | undefined {
  const match = item.kind === 'scalar' ? short.exec(item.text) : null;
  if (!match) return undefined;
  const [, host = '', published, target = '', protocol = 'tcp'] = match;
  // Nothing before a port is no address, which the long form refuses.
  if (host.startsWith('$') && !surelySet.test(host)) return undefined;
  return [
    `target: ${scalar(target, { flow, numbers: true })}`,
    ...(published === undefined ? [] : [`published: ${JSON.stringify(published)}`]),
    ...(host === '' ? [] : [`host_ip: ${scalarAddress(host, flow)}`]),
    ...(protocol === 'tcp' ? [] : [`protocol: ${protocol}`]),
  ];
}

/** A variable that is something, or the file is refused. */
const surelySet = /^\$\{\w+:(?:\?|-[^}])/;

const scalarAddress = (host: string, flow: boolean): string =>
  host.startsWith('[') ? JSON.stringify(host.slice(1, -1)) : /^\d/.test(host) ? host : scalar(host, { flow });

function shortPort(item: Node): readonly string[] | undefined {
  if (
    item.kind !== 'map' ||
    item.entries.some(({ key, merged }) => merged === true || !['target', 'published', 'host_ip', 'protocol', 'mode'].includes(key))
  )
    return undefined;
  const target = text(get(item, 'target'));
  if (target === undefined || (entry(item, 'mode') && text(get(item, 'mode')) !== 'ingress')) return undefined;
  const host = text(get(item, 'host_ip')) ?? '';
  const published = text(get(item, 'published'));
  const protocol = text(get(item, 'protocol')) ?? 'tcp';
  const address = host === '' ? '' : `${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:`;
  const outside = published === undefined ? (address ? `${address}:` : '') : `${address}${published}:`;
  return [JSON.stringify(`${outside}${target}${protocol === 'tcp' ? '' : `/${protocol}`}`)];
}
