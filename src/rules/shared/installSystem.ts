import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import type { Fix } from '../../lint/rule.ts';
import { lineAfter } from './edits.ts';

/** Installs packages of Debian or Ubuntu at the start of a stage. */
export function installSystem(file: Dockerfile, stage: Stage, packages: readonly string[]): readonly Fix[] {
  const names = packages.join(' ');
  const line = `RUN apt-get update && apt-get install -y --no-install-recommends ${names} && rm -rf /var/lib/apt/lists/*`;
  const edit = lineAfter(file, stage.from, line);
  return edit && names !== '' ? [{ title: `Install ${names} with apt-get`, safe: false, edits: [edit] }] : [];
}
