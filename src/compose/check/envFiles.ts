import type { Complaint } from '../complaint.ts';
import { get, text, type MapNode, type Node } from '../model.ts';
import { joinPath } from '../paths.ts';
import { mentioned } from '../mentions.ts';
import type { Surroundings } from '../surroundings.ts';
import { upwards } from '../variables.ts';

/** Files under `env_file` and `label_file` that are missing. What an example, a guide or `.gitignore` says is for everyone to write is left out. */
export function* checkEnvFiles(services: readonly MapNode[], folder: string, { read }: Surroundings): Generator<Complaint> {
  const there = (path: string): boolean => read(joinPath(folder, path)) !== undefined;
  for (const service of services)
    for (const item of [...many(get(service, 'env_file')), ...many(get(service, 'label_file'))]) {
      const node = item.kind === 'map' ? get(item, 'path') : item;
      const path = text(node);
      if (!path || node?.kind !== 'scalar' || node.unknown || text(get(item, 'required')) === 'false' || path.startsWith('~')) continue;
      if (path.startsWith('/') || there(path)) continue;
      const base = path.slice(path.lastIndexOf('/') + 1);
      const beside = path.slice(0, path.length - base.length);
      const plain = base.replace(/^\./, '');
      const examples = [
        `${base}.example`,
        `${base}.sample`,
        `${base}.template`,
        `${base}.dist`,
        `${base}.default`,
        `${plain}.example`,
        `example.${plain}`,
        `sample.${plain}`,
        `${base}-example`,
      ];
      if (examples.some((each) => there(beside + each))) continue;
      const folders = upwards(folder);
      if (mentioned(base, folders, read) || folders.some((at) => ignores(read(joinPath(at, '.gitignore')) ?? '', base))) continue;
      yield {
        kind: 'env-file',
        span: node.span,
        message: `There is no file «${path}»: Compose stops here. Write it, or let it be missing with «required: false».`,
      };
    }
}

/** Whether a `.gitignore` keeps a file out of the sources by its name. */
const ignores = (text: string, name: string): boolean =>
  text.split(/\r?\n/).some((line) => {
    const pattern = line.trim().replace(/^.*\//, '');
    return pattern === name || (/^[\w.-]*\*[\w.-]*$/.test(pattern) && pattern.length > 1 && glob(pattern).test(name));
  });

const glob = (pattern: string): RegExp => new RegExp(`^${pattern.replace(/[.]/g, '\\.').replace('*', '.*')}$`);

const many = (node: Node | undefined): readonly Node[] => (node?.kind === 'list' ? node.items : node ? [node] : []);
