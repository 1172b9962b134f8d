import { satisfies, validRange } from '@renovatebot/pep440';
import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import type { PythonInstall } from '../../dockerfile/packages/project.ts';
import { variablesAt } from '../../dockerfile/scope.ts';
import type { Files } from '../../lint/rule.ts';
import type { Requirements } from '../../python/model.ts';
import { folderOf, join } from '../../text/paths.ts';

/** Minor versions of Python that are or were in use. */
const pythons: readonly string[] = ['3.6', '3.7', '3.8', '3.9', '3.10', '3.11', '3.12', '3.13', '3.14'];

/** Whether a minor version of Python has a release that a specifier allows. */
export const allowsPython = (specifier: string, minor: string): boolean =>
  // Bounds such as `>3.9.1` and `<3.12.4` are met by some patch of the minor version.
  ['0', '5', '12', '99'].some((patch) => satisfies(`${minor}.${patch}`, specifier));

/** The minor versions of Python that a specifier allows; undefined when it is none, or when it allows only others. */
export function allowedPythons(specifier: string | undefined): readonly string[] | undefined {
  if (specifier === undefined || !validRange(specifier)) return undefined;
  const found = pythons.filter((minor) => allowsPython(specifier, minor));
  return found.length ? found : undefined;
}

/** Whether a tool that installs a project may take another Python than the image's: its own choice, or one that it downloads. */
export function choosesPython(
  file: Dockerfile,
  stage: Stage,
  { tool, options, instruction }: PythonInstall,
  project: Requirements,
  python: string,
  files: Files,
): boolean {
  if (tool === 'conda' || tool === 'pixi') return true;
  if (options.some(({ name }) => name === '--python' || name === '-p')) return true;
  // pipenv looks for the Python that the file asks for.
  if (tool === 'pipenv') return project.python !== undefined && !allowsPython(project.python.specifier, python);
  if (tool !== 'uv') return false;
  if (variablesAt(file, stage, instruction, {}).has('UV_PYTHON')) return true;
  const wanted = files.read(join(folderOf(project.source.path), '.python-version'))?.trim();
  if (wanted !== undefined && !wanted.startsWith(python)) return true;
  return project.python !== undefined && validRange(project.python.specifier) && !allowsPython(project.python.specifier, python);
}
