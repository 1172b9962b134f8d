import { type Edit, lineAt, lineBreak, lineSpan, textBefore } from '../text/text.ts';
import { addItem, addKey } from './insert.ts';
import { entry, get, type ComposeFile, type Service } from './model.ts';
import { stepOf } from './step.ts';

/** Declares a volume or network of the project, with nothing said about it. Undefined where the file has a form that leaves no place for it. */
export function declare(file: ComposeFile, section: 'volumes' | 'networks', name: string): Edit | undefined {
  const { source, root, documents } = file;
  const newline = lineBreak(source);
  const step = ' '.repeat(stepOf(source));
  const found = entry(root, section);
  if (!root || documents.length > 1 || source.text[root.span.start] === '{') return undefined;
  if (!found) {
    const end = source.text.length;
    const before = source.text.endsWith('\n') || end === 0 ? '' : newline;
    // A last block text would take the lines as its own.
    if (/[|>][+-]?\d*\s*$/.test(lastLine(source.text))) return undefined;
    return { span: { start: end, end }, text: `${before}${section}:${newline}${step}${name}:${newline}` };
  }
  const { value, keySpan } = found;
  if (found.merged) return undefined;
  if (value.kind === 'map' && source.text[value.span.start] !== '{') {
    const [first] = value.entries.filter(({ merged }) => !merged);
    if (!first) return undefined;
    const at = first.keySpan.start;
    const column = textBefore(source, at).replace(/[^ ]/g, ' ');
    return { span: { start: at, end: at }, text: `${name}:${newline}${column}` };
  }
  if (value.kind !== 'scalar' || value.value !== null || value.text !== '') return undefined;
  const { end } = lineSpan(source, lineAt(source, keySpan.start));
  const column = textBefore(source, keySpan.start).replace(/[^ ]/g, ' ');
  return { span: { start: end, end }, text: `${newline}${column}${step}${name}:` };
}

const lastLine = (text: string): string => text.trimEnd().slice(text.trimEnd().lastIndexOf('\n') + 1);

/** Mounts a named volume of its own into a service, and declares it. */
export function mountVolume(file: ComposeFile, { name, node }: Service, what: string, target: string): readonly Edit[] | undefined {
  const volume = `${name.toLowerCase().replace(/[^\w.-]/g, '-')}-${what}`;
  const mount = `${volume}:${target}`;
  const written = entry(node, 'volumes');
  if (written?.merged || (written && written.value.kind !== 'list')) return undefined;
  const mounted =
    written?.value.kind === 'list' ? addItem(file.source, written.value, mount) : addKey(file.source, node, 'volumes', [mount]);
  if (!mounted) return undefined;
  if (get(file.root, 'volumes', volume)) return [mounted];
  const declared = declare(file, 'volumes', volume);
  return declared && [mounted, declared];
}
