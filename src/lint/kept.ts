import type { Document } from '../document.ts';
import { composeParts } from '../compose/parts.ts';
import { dockerfileParts } from '../dockerfile/parts.ts';
import type { Part } from '../text/part.ts';
import type { Span } from '../text/text.ts';
import type { Finding, World } from './rule.ts';

/** Looks at a document with the rules that look at one part of it. */
export type Look = (document: Document, world: World) => readonly Finding[];

interface KeptPart {
  readonly start: number;
  readonly findings: readonly Finding[];
  readonly holds: Holds;
}

/** The parts of a document that can be looked at one by one; none when it is looked at as a whole. */
export function partsOf(document: Document): readonly Part<Document>[] {
  switch (document.language) {
    case 'dockerfile':
      return dockerfileParts(document);
    case 'compose':
      return composeParts(document);
    default:
      return [];
  }
}

/**
 * What was found in the parts of a file, for its next state: a part is looked at again when its text, or an answer that the world gave,
 * is another. Holds for one set of settings; `asked` says which checks a file of the project asks for besides.
 */
export class Kept {
  #parts: ReadonlyMap<string, KeptPart> = new Map();
  #facts = '';

  findings(parts: readonly Part<Document>[], path: string, world: World, asked: readonly string[], look: Look): readonly Finding[] {
    const facts = JSON.stringify([world.today, world.options, world.live, asked]);
    const before = this.#facts === facts ? this.#parts : new Map<string, KeptPart>();
    const next = new Map<string, KeptPart>();
    const found: Finding[] = [];
    for (const part of parts) {
      const { key, start } = part;
      const known = key === undefined ? undefined : before.get(key);
      if (known?.holds(world)) {
        for (const finding of known.findings) found.push(moved(finding, start - known.start));
        if (key !== undefined) next.set(key, { ...known, start, findings: found.slice(found.length - known.findings.length) });
        continue;
      }
      const { world: heard, holds } = listening(world, path);
      const findings = look(part.document(), heard).filter(({ span }) => part.holds(span) || part.takes?.(span));
      for (const finding of findings) found.push(finding);
      if (key !== undefined && findings.every((finding) => isWithin(finding, part.holds))) next.set(key, { start, findings, holds });
    }
    this.#parts = next;
    this.#facts = facts;
    return found;
  }
}

const isWithin = ({ span, fixes = [] }: Finding, holds: (span: Span) => boolean): boolean =>
  holds(span) && fixes.every(({ edits }) => edits.every((edit) => holds(edit.span)));

function moved(finding: Finding, by: number): Finding {
  if (by === 0) return finding;
  const move = ({ start, end }: Span): Span => ({ start: start + by, end: end + by });
  const { span, fixes } = finding;
  return {
    ...finding,
    span: move(span),
    ...(fixes && {
      fixes: fixes.map((fix) => ({ ...fix, edits: fix.edits.map((edit) => ({ ...edit, span: move(edit.span) })) })),
    }),
  };
}

/** Whether the world still gives the answers it gave. */
type Holds = (world: World) => boolean;

/** A world that remembers what it was asked, and what it said. */
function listening(world: World, path: string): { readonly world: World; readonly holds: Holds } {
  const asked = new Map<string, Holds>();
  const hear = <T>(question: string, ask: (world: World) => T, same: (a: T, b: T) => boolean = Object.is): T => {
    const answer = ask(world);
    asked.set(question, (later) => same(answer, ask(later)));
    return answer;
  };
  // The file itself is another with every key; what is asked about it is its text.
  const others = <D extends Document>(documents: readonly D[]): readonly D[] => documents.filter(({ source }) => source.path !== path);
  return {
    world: {
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
    },
    holds: (later) => {
      for (const still of asked.values()) if (!still(later)) return false;
      return true;
    },
  };
}

const sameItems = (a: readonly unknown[] | undefined, b: readonly unknown[] | undefined): boolean =>
  a === b || (a !== undefined && a.length === b?.length && a.every((item, at) => item === b[at]));
