import type { Installer } from './kind.ts';
import type { Survey } from './survey.ts';

/** The installers worth offering for a folder, the fitting one first. */
export function installersFor({ dependencies, paths }: Survey): readonly Installer[] {
  if (dependencies === 'environment.yml') return ['conda'];
  // pip cannot install what a project needs without the project itself.
  if (dependencies === 'uv.lock' || dependencies === 'pyproject.toml') return ['uv'];
  // poetry is brought by pip, into an environment of its own.
  if (dependencies === 'poetry') return ['pip'];
  if (dependencies === 'none') return ['uv', 'pip', 'conda'];
  return paths.has('environment.yml') || paths.has('environment.yaml') ? ['uv', 'pip', 'conda'] : ['uv', 'pip'];
}
