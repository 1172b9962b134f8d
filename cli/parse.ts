import { dump } from '../src/dockerfile/dump.ts';
import { parseDockerfile } from '../src/dockerfile/parse.ts';
import { CannotRun, readArguments, readText } from './input.ts';

/** `ml-containers parse FILE`: the Dockerfile's instructions as BuildKit's parser has them, as JSON. */
export function parse(args: readonly string[]): number {
  const { positionals } = readArguments(args, {});
  const [path, ...more] = positionals;
  if (path === undefined || more.length) throw new CannotRun('Which file? ml-containers parse FILE');
  process.stdout.write(`${JSON.stringify(dump(parseDockerfile(path, readText(path, 'dockerfile'))), null, 2)}\n`);
  return 0;
}
