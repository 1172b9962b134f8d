import { stringify } from 'yaml';
import { entry, type ComposeFile, type MapNode } from '../compose/model.ts';
import { lineAt, lineBreak, lineSpan, type Edit } from '../text/text.ts';

const yamlOf = (value: unknown): string =>
  stringify(value, { lineWidth: 0, defaultStringType: 'PLAIN', defaultKeyType: 'PLAIN', collectionStyle: 'any' });

const indented = (block: string, by: string, newline: string): string =>
  block
    .trimEnd()
    .split('\n')
    .map((line) => (line ? by + line : line))
    .join(newline);

function blockOf(added: ReadonlyMap<string, object>): string {
  return [...added].map(([name, service]) => yamlOf({ [name]: service }).trimEnd()).join('\n\n');
}

/** The file with the services at its end; a new one where there is none. */
export function newFile(compose: ComposeFile | undefined, added: ReadonlyMap<string, object>, volumes: readonly string[]): Edit {
  const services = `services:\n${indented(blockOf(added), '  ', '\n')}\n`;
  const declared = volumes.length ? `\nvolumes:\n${volumes.map((name) => `  ${name}:\n`).join('')}` : '';
  const before = compose?.source.text ?? '';
  return {
    span: { start: before.length, end: before.length },
    text: (before === '' || before.endsWith('\n') ? '' : '\n') + services + declared,
  };
}

/** The services at the end of `services`, the volumes at the end of `volumes`; missing sections at the end of the file. */
export function insertions(
  compose: ComposeFile,
  root: MapNode,
  added: ReadonlyMap<string, object>,
  volumes: readonly string[],
): readonly Edit[] {
  const { source } = compose;
  const newline = lineBreak(source);
  const endOf = (offset: number): number => lineSpan(source, lineAt(source, offset)).end;
  const lastContent = (map: MapNode): number => {
    const end = Math.max(...map.entries.map(({ keySpan, value }) => Math.max(keySpan.end, value.span.end)));
    const trimmed = source.text.slice(0, end).trimEnd().length;
    return endOf(Math.max(map.span.start, trimmed - 1));
  };
  const indentOf = (map: MapNode): string => {
    const [first] = map.entries;
    return first ? ' '.repeat(first.keySpan.start - lineSpan(source, lineAt(source, first.keySpan.start)).start) : '  ';
  };
  const edits: Edit[] = [];
  const tail: string[] = [];
  const section = (key: string, block: string, flow: object, apart: boolean): void => {
    const found = entry(root, key);
    const last = found?.value.kind === 'map' && source.text[found.value.span.start] === '{' ? found.value.entries.at(-1) : undefined;
    if (last) {
      // Between braces there are no lines of their own: JSON is YAML, too.
      const at = Math.max(last.keySpan.end, last.value.span.end);
      edits.push({ span: { start: at, end: at }, text: `, ${JSON.stringify(flow).slice(1, -1)}` });
      return;
    }
    if (found?.value.kind === 'map' && found.value.entries.length) {
      const at = lastContent(found.value);
      edits.push({
        span: { start: at, end: at },
        text: `${newline}${apart ? newline : ''}${indented(block, indentOf(found.value), newline)}`,
      });
    } else if (found) {
      const at = endOf(found.keySpan.end);
      edits.push({ span: { start: found.keySpan.end + 1, end: at }, text: `${newline}${indented(block, '  ', newline)}` });
    } else tail.push(`${key}:${newline}${indented(block, '  ', newline)}`);
  };
  section('services', blockOf(added), Object.fromEntries(added), true);
  if (volumes.length)
    section('volumes', volumes.map((name) => `${name}:`).join('\n'), Object.fromEntries(volumes.map((name) => [name, {}])), false);
  if (tail.length) {
    // Behind `...`, which ends the document, nothing can stand.
    const end = /^\.\.\.[^\S\n]*(?:#.*)?\s*$(?![^])/m.exec(source.text)?.index ?? source.text.length;
    const before = source.text.slice(0, end).endsWith('\n') ? newline : newline + newline;
    edits.push({ span: { start: end, end }, text: `${before}${tail.join(newline + newline)}${newline}` });
  }
  return edits;
}
