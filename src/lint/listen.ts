import { writingsNear } from '../compose/mentions.ts';
import type { Document } from '../document.ts';
import { Attached } from '../text/attached.ts';
import type { World } from './rule.ts';

/** What can be asked of the world, about a path or folder; of documents, those at other paths: one's own is another with every key. */
const questions = {
  read: ({ files }: World, at: string) => files.read(at),
  exists: ({ files }: World, at: string) => files.exists(at),
  list: ({ files }: World, at: string) => files.list(at),
  size: ({ files }: World, at: string) => files.size(at),
  examples: ({ files }: World, folder: string) => writingsNear('examples', folder, files),
  guides: ({ files }: World, folder: string) => writingsNear('guides', folder, files),
  dockerfiles: ({ workspace }: World, path: string) => others(workspace.dockerfiles(), path),
  composeFiles: ({ workspace }: World, path: string) => others(workspace.composeFiles(), path),
} as const;

type Questions = typeof questions;
type Question = keyof Questions;

const others = <D extends Document>(documents: readonly D[], path: string): readonly D[] =>
  documents.filter(({ source }) => source.path !== path);

/**
 * What was asked of the world, and what it said. It is kept for long, so it is data: functions that ask again would keep the world of their
 * check alive, and with it all that was worked out there.
 */
export type Asked = Map<Question, Map<string, unknown>>;

/**
 * A world that notes what it is asked, and what it said. The file itself is another with every key: what is asked about it is its text.
 * `said` is what it said in the same state before, to others who asked.
 */
export function listen(world: World, path: string, asked: Asked, said: Asked = new Map()): World {
  const hear = <Q extends Question>(question: Q, at: string): ReturnType<Questions[Q]> => {
    const known = at === path && question === 'read' ? new Map<string, unknown>() : of(said, question);
    let answer = known.get(at);
    if (answer === undefined && !known.has(at)) known.set(at, (answer = questions[question](world, at)));
    of(asked, question).set(at, answer);
    return answer as ReturnType<Questions[Q]>;
  };
  return {
    ...world,
    files: {
      read: (at) => hear('read', at),
      exists: (at) => hear('exists', at),
      list: (at) => hear('list', at),
      size: (at) => hear('size', at),
    },
    writings: hear,
    workspace: {
      dockerfiles: () => hear('dockerfiles', path),
      composeFiles: () => hear('composeFiles', path),
    },
  };
}

function of(asked: Asked, question: Question): Map<string, unknown> {
  let answers = asked.get(question);
  if (!answers) asked.set(question, (answers = new Map<string, unknown>()));
  return answers;
}

/** The state of the world in which the answers were last compared. */
const compared = new Attached<Asked, number>();

/** Whether the world says what it said. */
export function holds(asked: Asked, world: World): boolean {
  const { state } = world;
  if (state !== undefined && compared.get(asked) === state) return true;
  for (const [question, answers] of asked)
    for (const [at, answer] of answers) if (!isSame(questions[question](world, at), answer)) return false;
  if (state !== undefined) compared.set(asked, state);
  return true;
}

/** Says whether the world still gives some answers; each set of them is compared once. */
export function judge(world: World): (asked: Asked) => boolean {
  const judged = new Map<Asked, boolean>();
  return (asked) => {
    if (!asked.size) return true;
    let still = judged.get(asked);
    if (still === undefined) judged.set(asked, (still = holds(asked, world)));
    return still;
  };
}

const isSame = (a: unknown, b: unknown): boolean =>
  a === b || (Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, at) => item === b[at]));
