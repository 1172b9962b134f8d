import type { Surroundings } from '../../compose/surroundings.ts';
import type { World } from '../../lint/rule.ts';
import { remembered } from '../../text/remembered.ts';

/** What lies around a Compose file, as a world has it: that is one check's own, and what it says does not change. */
export const surroundingsOf = remembered(
  ({ files, environment, writings }: Pick<World, 'files' | 'environment' | 'writings'>): Surroundings => {
    const texts = new Map<string, string | undefined>();
    const read = (path: string): string | undefined => {
      if (!texts.has(path)) texts.set(path, files.read(path));
      return texts.get(path);
    };
    return { read, list: (path) => files.list(path), variable: (name) => environment?.[name], ...(writings && { writings }) };
  },
);
