import { get, items, text, type ComposeFile } from '../../compose/model.ts';
import type { Files } from '../../lint/rule.ts';
import { folderOf, join } from '../../text/paths.ts';
import { source } from '../../text/text.ts';
import type { FilePlace } from '../model.ts';
import { hostsInEnv } from './hosts.ts';

/** Where the env files of some Compose files name a service as a host. Of `.env` beside them only the variables count that they use. */
export function inEnvFiles(
  paths: readonly string[],
  known: ReadonlyMap<string, ComposeFile>,
  name: string,
  files: Files,
): readonly FilePlace[] {
  const wanted = new Map<string, 'all' | Set<string>>();
  for (const path of paths) {
    const file = known.get(path);
    if (!file) continue;
    const folder = folderOf(file.source.path);
    for (const { node } of file.services) {
      const given = get(node, 'env_file');
      for (const item of given?.kind === 'map' ? [given] : items(given)) {
        const written = text(item.kind === 'map' ? get(item, 'path') : item);
        if (written !== undefined && !/[$]|^[~/]/.test(written)) wanted.set(join(folder, written), 'all');
      }
    }
    const beside = join(folder, '.env');
    const used = wanted.get(beside) ?? new Set<string>();
    if (used !== 'all') for (const [, variable = ''] of file.source.text.matchAll(/(?<!\$)\$\{?(\w+)/g)) used.add(variable);
    wanted.set(beside, used);
  }
  return [...wanted].flatMap(([path, variables]) => {
    const content = files.read(path);
    if (content === undefined) return [];
    const document = { language: 'env' as const, source: source(path, content) };
    return hostsInEnv(content, (variable) => variables === 'all' || variables.has(variable))
      .filter((host) => host.name === name)
      .map(({ span }): FilePlace => ({ span, write: false, document }));
  });
}
