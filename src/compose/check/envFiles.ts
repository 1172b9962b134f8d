import { unsetIn, type Complaint } from '../complaint.ts';
import { get, text, type MapNode, type Node } from '../model.ts';
import { envFault, hasExample, rawEnvFault } from '../envFile.ts';
import { baseName, join, upwards } from '../../text/paths.ts';
import { mentioned, near, writingsIn } from '../mentions.ts';
import type { Surroundings } from '../surroundings.ts';
import { variablesFor } from '../variables.ts';

/** Files under `env_file` and `label_file` that are missing or unreadable. What an example, a guide or `.gitignore` says is for everyone to write is left out. */
export function* checkEnvFiles(services: readonly MapNode[], folder: string, surroundings: Surroundings): Generator<Complaint> {
  const { read } = surroundings;
  const there = (path: string): boolean => read(join(folder, path)) !== undefined;
  const faults = new Map<string, string | undefined>();
  const faultOf = (path: string, raw: boolean): string | undefined => {
    const content = read(join(folder, path)) ?? '';
    if (raw) return rawEnvFault(content);
    if (!faults.has(path)) faults.set(path, envFault(content, variablesFor(folder, surroundings).get));
    return faults.get(path);
  };
  for (const service of services)
    for (const item of [...many(get(service, 'env_file')), ...many(get(service, 'label_file'))]) {
      const node = item.kind === 'map' ? get(item, 'path') : item;
      const path = text(node);
      if (path === undefined || node?.kind !== 'scalar' || node.unknown || text(get(item, 'required')) === 'false' || path.startsWith('~'))
        continue;
      if (path.startsWith('/') || typeof node.value !== 'string') continue;
      if (path === '') {
        const message = `${unsetIn(node)}The path of this file is empty: Compose stops here.`;
        yield { kind: 'env-file', span: node.span, message };
        continue;
      }
      if (there(path)) {
        const raw = item.kind === 'map' && get(item, 'format') !== undefined;
        const fault = faultOf(path, raw);
        if (fault !== undefined) yield { kind: 'env-file', span: node.span, message: `Compose cannot read «${path}»: ${fault}` };
        continue;
      }
      // An item of a list whose dash has no blank behind it, or that stands below another value, is part of the path.
      const slipped = /^-|\s-\s/.test(path);
      if (!slipped && hasExample(path, (each) => read(join(folder, each)))) continue;
      const base = baseName(path);
      const folders = upwards(folder, near);
      if (
        !slipped &&
        (mentioned(base, writingsIn('guides', folder, surroundings)) ||
          folders.some((at) => ignores(read(join(at, '.gitignore')) ?? '', base)))
      )
        continue;
      yield {
        kind: slipped ? 'value' : 'env-file',
        span: node.span,
        message: slipped
          ? `«${path}» is read as the name of one file: an item of a list begins with «- » on a line of its own.`
          : `There is no file «${path}»: Compose stops here. Write it, or let it be missing with «required: false».`,
      };
    }
}

/** Whether a `.gitignore` keeps a file out of the sources by its name. */
const ignores = (text: string, name: string): boolean =>
  text.split(/\r?\n/).some((line) => {
    const pattern = baseName(line.trim());
    return pattern === name || (/^[\w.-]*\*[\w.-]*$/.test(pattern) && pattern.length > 1 && glob(pattern).test(name));
  });

const glob = (pattern: string): RegExp => new RegExp(`^${pattern.replace(/[.]/g, '\\.').replace('*', '.*')}$`);

const many = (node: Node | undefined): readonly Node[] => (node?.kind === 'list' ? node.items : node ? [node] : []);

/** The `.env` beside a file, which Compose reads before anything else. */
export function* checkDotEnv({ entries, span }: MapNode, folder: string, { read, variable }: Surroundings): Generator<Complaint> {
  const fault = envFault(read(join(folder, '.env')) ?? '', variable);
  if (fault !== undefined)
    yield { kind: 'env-file', span: entries[0]?.keySpan ?? span, message: `Compose cannot read the .env beside this file: ${fault}` };
}
