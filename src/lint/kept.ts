import type { Document } from '../document.ts';
import { composeParts } from '../compose/parts.ts';
import { changeOf } from '../text/change.ts';
import { changedPieces, type Part } from '../text/part.ts';
import { isWithin, movedBy, stillThere, type Edited } from './edited.ts';
import { KeptDockerfile } from './keptDockerfile.ts';
import { holds, listen, type Asked } from './listen.ts';
import type { AnyRule, Finding, World } from './rule.ts';

/** Looks at a document with some rules. */
export type Look = (document: Document, world: World, rules: Iterable<AnyRule>) => readonly Finding[];

interface KeptPart {
  readonly start: number;
  readonly findings: readonly Finding[];
  readonly asked: Asked;
}

/** The parts of a document that can be looked at one by one; none when it is looked at as a whole. */
export function partsOf(document: Document): readonly Part<Document>[] {
  switch (document.language) {
    case 'compose':
      return composeParts(document);
    default:
      return [];
  }
}

/**
 * What was found in a file, for its next state. What rules found that look at one part holds until the part's text is another; of those that
 * look at the whole file, what those found that state which pieces they see, until one of these is another. All of it only while the world
 * answers as it did, and for one set of settings; `facts` says what else must be the same.
 */
export class Kept {
  /** Of a Dockerfile more is known about what a rule looks at. */
  readonly dockerfile = new KeptDockerfile();
  #facts: string | undefined;
  #text = '';
  #before: readonly { readonly name: string | undefined; readonly key: string }[] = [];
  #parts: ReadonlyMap<string, KeptPart> = new Map();
  /** What was found by rule, by those that look at the whole file. */
  #wide: ReadonlyMap<string, readonly Finding[]> = new Map();
  #asked: Asked = new Map();

  findings(
    document: Document,
    parts: readonly Part<Document>[],
    world: World,
    facts: readonly string[],
    rules: readonly AnyRule[],
    look: Look,
  ): readonly Finding[] {
    const now = JSON.stringify([world.today, world.options, world.live, facts]);
    if (this.#facts !== now || !holds(this.#asked, world)) {
      this.#asked = new Map();
      this.#wide = new Map();
    }
    if (this.#facts !== now) this.#parts = new Map();
    this.#facts = now;
    const heard = listen(world, document.source.path, this.#asked);
    const whole = (some: readonly AnyRule[]): readonly Finding[] => look(document, heard, some);
    const wide = this.#lookWide(this.#edited(document, parts), rules, whole);
    const narrow = rules.filter(({ reach }) => reach === undefined);
    const found = this.#lookAtParts(
      parts,
      narrow,
      whole,
      (part) => {
        const asked: Asked = new Map();
        return { asked, findings: look(part.document(), listen(world, document.source.path, asked), narrow) };
      },
      world,
    );
    this.#text = document.source.text;
    this.#before = parts.map(({ name, key }) => ({ name, key }));
    return [...wide, ...found];
  }

  /** What changed since the last look; undefined when it may be anything. */
  #edited({ source }: Document, parts: readonly Part<Document>[]): Edited | undefined {
    if (parts.length !== this.#before.length) return undefined;
    const changed: Part<Document>[] = [];
    const pieces = new Set<string>();
    for (const [at, part] of parts.entries()) {
      const before = this.#before[at];
      if (part.name === undefined || part.name !== before?.name) return undefined;
      if (part.key === before.key) continue;
      const names = changedPieces(before.key, part.key);
      if (!names) return undefined;
      changed.push(part);
      for (const name of names) pieces.add(name);
    }
    return { change: changeOf(this.#text, source.text), parts: changed, pieces };
  }

  #lookWide(edited: Edited | undefined, rules: readonly AnyRule[], whole: (rules: readonly AnyRule[]) => readonly Finding[]) {
    const next = new Map<string, Finding[]>();
    const again: AnyRule[] = [];
    for (const rule of rules) {
      const { id, reach } = rule;
      if (reach === undefined) continue;
      const known = reach === 'file' || !edited ? undefined : this.#wide.get(id);
      const still = known && edited && typeof reach === 'object' ? stillThere(known, reach, edited) : undefined;
      next.set(id, still ?? []);
      if (!still) again.push(rule);
    }
    const found = again.length ? whole(again) : [];
    for (const finding of found) next.get(finding.rule)?.push(finding);
    this.#wide = next;
    return [...next.values()].flat();
  }

  #lookAtParts(
    parts: readonly Part<Document>[],
    rules: readonly AnyRule[],
    whole: (rules: readonly AnyRule[]) => readonly Finding[],
    lookAt: (part: Part<Document>) => { readonly asked: Asked; readonly findings: readonly Finding[] },
    world: World,
  ): readonly Finding[] {
    const answers = new Map<Asked, boolean>();
    const stands = (asked: Asked): boolean => {
      let still = answers.get(asked);
      if (still === undefined) answers.set(asked, (still = holds(asked, world)));
      return still;
    };
    const known = parts.map(({ key }) => {
      const kept = this.#parts.get(key);
      return kept && stands(kept.asked) ? kept : undefined;
    });
    const next = new Map<string, KeptPart>();
    if (known.filter((each) => each === undefined).length * 2 > parts.length) {
      // So much is new that one look at all of it is quicker.
      const found = whole(rules);
      for (const [part, findings] of shared(found, parts)) next.set(part.key, { start: part.start, findings, asked: this.#asked });
      this.#parts = next;
      return found;
    }
    const found: Finding[] = [];
    for (const [at, part] of parts.entries()) {
      const { key, start } = part;
      const kept = known[at];
      if (kept) {
        const findings = kept.start === start ? kept.findings : kept.findings.map((finding) => movedBy(finding, start - kept.start));
        next.set(key, kept.start === start ? kept : { ...kept, start, findings });
        for (const finding of findings) found.push(finding);
        continue;
      }
      const { asked, findings: all } = lookAt(part);
      const findings = all.filter(({ span }) => part.holds(span) || part.takes?.(span));
      for (const finding of findings) found.push(finding);
      if (findings.every((finding) => isWithin(finding, part.holds))) next.set(key, { start, findings, asked });
    }
    this.#parts = next;
    return found;
  }
}

/** What was found in the whole file, by part; without the parts for which that cannot be told. */
function shared(found: readonly Finding[], parts: readonly Part<Document>[]): ReadonlyMap<Part<Document>, readonly Finding[]> {
  const byPart = new Map<Part<Document>, Finding[]>(parts.map((part) => [part, []]));
  const takers = parts.filter(({ takes }) => takes);
  const unclear = new Set<Part<Document>>();
  for (const finding of found) {
    const { span } = finding;
    const part = parts.findLast(({ start }) => start <= span.start);
    if (!part) continue;
    byPart.get(part)?.push(finding);
    const claimed = takers.filter(({ takes }) => takes?.(span));
    for (const each of claimed) unclear.add(each);
    if (claimed.length || !isWithin(finding, part.holds)) unclear.add(part);
  }
  for (const part of unclear) byPart.delete(part);
  return byPart;
}
