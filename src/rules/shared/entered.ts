import type { Dockerfile } from '../../dockerfile/model.ts';
import type { PythonInstall } from '../../dockerfile/packages/project.ts';
import { allCommandsOf } from '../../dockerfile/packages/nested.ts';
import { programOf } from '../../dockerfile/shell/scripts.ts';
import { join } from '../../text/paths.ts';

/** A path that an installation names, seen from the working directory of its instruction: `cd app && pip install .`. */
export function fromWorkdir(file: Dockerfile, { instruction, command }: PythonInstall, path: string): string {
  if (path.startsWith('/')) return path;
  let folder = '';
  for (const each of allCommandsOf(file, instruction)) {
    if (each.span.start >= command.span.start) break;
    if (each.name === 'cd' && each.depth <= command.depth) folder = join(folder, programOf(each)[1]?.value ?? '');
  }
  return join(folder, path);
}
