import type { Surroundings } from '../../compose/surroundings.ts';
import type { World } from '../../lint/rule.ts';

/** What lies around a Compose file, as a world has it. */
export const surroundingsOf = ({ files, environment }: Pick<World, 'files' | 'environment'>): Surroundings => ({
  read: (path) => files.read(path),
  list: (path) => files.list(path),
  variable: (name) => environment?.[name],
});
