import type { Document } from '../document.ts';
import { Attached } from '../text/attached.ts';
import type { World } from './rule.ts';

/** Whether the world still gives the answer it gave. */
type Same = (world: World) => boolean;

/** What was asked of the world, by question. */
export type Asked = Map<string, Same>;

/** A world that notes what it is asked, and what it said. The file itself is another with every key: what is asked about it is its text. */
export function listen(world: World, path: string, asked: Asked): World {
  const hear = <T>(question: string, ask: (world: World) => T, same: (a: T, b: T) => boolean = Object.is): T => {
    const answer = ask(world);
    asked.set(question, (later) => same(answer, ask(later)));
    return answer;
  };
  const others = <D extends Document>(documents: readonly D[]): readonly D[] => documents.filter(({ source }) => source.path !== path);
  return {
    ...world,
    files: {
      read: (at) => hear(`read ${at}`, ({ files }) => files.read(at)),
      exists: (at) => hear(`exists ${at}`, ({ files }) => files.exists(at)),
      list: (at) => hear(`list ${at}`, ({ files }) => files.list(at), sameItems),
      size: (at) => hear(`size ${at}`, ({ files }) => files.size(at)),
    },
    workspace: {
      dockerfiles: () => hear('dockerfiles', ({ workspace }) => others(workspace.dockerfiles()), sameItems),
      composeFiles: () => hear('composeFiles', ({ workspace }) => others(workspace.composeFiles()), sameItems),
    },
  };
}

/** The state of the world in which the answers were last compared. */
const compared = new Attached<Asked, number>();

/** Whether the world says what it said. */
export function holds(asked: Asked, world: World): boolean {
  const { state } = world;
  if (state !== undefined && compared.get(asked) === state) return true;
  for (const same of asked.values()) if (!same(world)) return false;
  if (state !== undefined) compared.set(asked, state);
  return true;
}

const sameItems = (a: readonly unknown[] | undefined, b: readonly unknown[] | undefined): boolean =>
  a === b || (a !== undefined && a.length === b?.length && a.every((item, at) => item === b[at]));
