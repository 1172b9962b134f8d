import type { Dockerfile, Instruction, Stage } from '../../dockerfile/model.ts';
import { allInstructions } from '../../dockerfile/scope.ts';
import type { Files } from '../../lint/rule.ts';
import { literal } from '../../text/literal.ts';
import { baseName, folderOf, join, upwards } from '../../text/paths.ts';

/**
 * The file of the build context that a path inside the image is, when a COPY of the stage brought it there and it can be found:
 * beside the Dockerfile, or in a folder above it when the build context is that folder.
 */
export function contextFile(file: Dockerfile, stage: Stage, before: Instruction, path: string, files: Files): string | undefined {
  if (path.includes('$')) return undefined;
  const base = baseName(path);
  const candidates: string[] = [];
  const copies: { readonly source: string; readonly target: string }[] = [];
  let at = '/';
  for (const { keyword, args, flags, span } of allInstructions(stage)) {
    if (span.start >= before.span.start) continue;
    if (keyword === 'WORKDIR') at = join(at, args[0]?.value ?? '');
    if ((keyword !== 'COPY' && keyword !== 'ADD') || flags.some(({ name }) => name === 'from')) continue;
    const target = join(at, args.at(-1)?.value ?? '');
    for (const { value } of args.slice(0, -1)) {
      const source = value.includes('$') ? undefined : withName(value, base);
      if (source === undefined) continue;
      const clean = join('', source.replace(/^\//, ''));
      copies.push({ source: clean, target });
      if (baseName(clean) === base) candidates.push(clean);
      else candidates.push(join(clean, path.startsWith('/') ? base : path), join(clean, base));
    }
  }
  // Where the path is just what a COPY made of a folder, that comes first: a repository may hold several files of one name.
  const whole = join(at, path);
  for (const { source, target } of copies)
    if (source === base || source.endsWith(`/${base}`)) {
      if (target === whole || join(target, base) === whole) candidates.unshift(source);
    } else if (whole.startsWith(target === '/' ? '/' : `${target}/`))
      candidates.unshift(join(source, whole.slice(target === '/' ? 1 : target.length + 1)));
  // A file that got another name in the image: `COPY requirements.txt /tmp/r.txt`.
  const renamed = new Set(copies.flatMap(({ source, target }) => (target === whole && !/[*?[]/.test(source) ? [source] : [])));
  candidates.unshift(...renamed);
  candidates.push(
    ...before.flags.flatMap(({ name, value }) => (name === 'mount' ? (/(?:source|src)=([^,]+)/.exec(value?.value ?? '')?.[1] ?? []) : [])),
  );
  for (const folder of upwards(folderOf(file.source.path)))
    for (const candidate of candidates) {
      const found = join(folder, candidate);
      if ((found.endsWith(base) || renamed.has(candidate)) && files.read(found) !== undefined) return found;
    }
  return undefined;
}

/** A source with a name put in the place of a pattern that takes it: `requirements*.txt`; undefined for what takes other names. */
function withName(source: string, name: string): string | undefined {
  if (!/[*?[]/.test(source)) return source;
  const folder = folderOf(source);
  if (/[*?[]/.test(folder)) return undefined;
  const pattern = literal(baseName(source))
    .replace(/\\\*/g, '.*')
    .replace(/\\\?/g, '.')
    .replace(/\\\[(\w+)\\\]/g, '[$1]');
  return new RegExp(`^${pattern}$`).test(name) ? join(folder, name) : undefined;
}
