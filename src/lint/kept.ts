import type { Document } from '../document.ts';
import { composeParts, type ComposePart, type KnownServices } from '../compose/parts.ts';
import { changeOf, type Change } from '../text/change.ts';
import { base, changedPieces, keyOf, type Piece } from '../text/part.ts';
import { isWithin, movedWith, stillThere } from './edited.ts';
import { factsOf } from './facts.ts';
import { projectHadolint, type HadolintConfig } from './hadolint.ts';
import { KeptDockerfile } from './keptDockerfile.ts';
import { judge, listen, type Asked } from './listen.ts';
import type { AnyRule, Finding, World } from './rule.ts';

/** Looks at a document with some rules. */
export type Look = (document: Document, world: World, rules: Iterable<AnyRule>) => readonly Finding[];

/** What the world was asked in a look by some rules. */
interface Heard {
  readonly rules: readonly AnyRule[];
  readonly asked: Asked;
}

/** What a part of a file said, and what was found in it. */
interface KeptPart {
  readonly name: string;
  readonly pieces: readonly Piece[];
  readonly start: number;
  readonly findings: readonly Finding[];
  /** The rules of which what they found reaches beyond the part, or may be another's: they have to look each time. */
  readonly beyond: ReadonlySet<string>;
  readonly heard: readonly Heard[];
}

/** What a part was at the last look, and the names of its pieces that are others now: none for one that says what it said. */
interface Since {
  readonly was: KeptPart;
  readonly changed: readonly string[];
}

/** All that rules found in one state of a file. */
interface State {
  readonly document: Document;
  readonly facts: string;
  readonly parts: readonly KeptPart[];
  /** What was found by rule, by those that look at the whole file. */
  readonly wide: ReadonlyMap<string, readonly Finding[]>;
  /** What the world was asked in looks at the whole file. */
  readonly asked: Asked;
  readonly found: readonly Finding[];
}

/** The parts of a document that can be looked at one by one; none when it is looked at as a whole. */
export function partsOf(document: Document, { services }: Kept): readonly ComposePart[] {
  switch (document.language) {
    case 'compose':
      return composeParts(document, services);
    default:
      return [];
  }
}

/**
 * What was found in a file, for its next state. What rules found that look at one part holds until a piece of the part that they look at is
 * another; of those that look at the whole file, what those found that state which pieces they see, until one of these is. All of it only
 * while the world answers as it did, and for one set of settings; `facts` says what else must be the same.
 */
export class Kept {
  /** Of a Dockerfile more is known about what a rule looks at. */
  readonly dockerfile = new KeptDockerfile();
  readonly services: KnownServices = new WeakMap();
  #hadolint: { readonly state: number; readonly config: HadolintConfig | undefined } | undefined;
  /** What the world said in one state of it, to whoever asked. */
  #said: { readonly state: number | undefined; readonly answers: Asked } = { state: undefined, answers: new Map() };
  #state: State | undefined;
  /** The one before: whoever takes a letter back is there again. */
  #earlier: State | undefined;

  /** What the project's hadolint file asks for; looked for again when a file has changed. */
  hadolint(path: string, { state, files, environment }: World): HadolintConfig | undefined {
    if (state !== undefined && this.#hadolint?.state === state) return this.#hadolint.config;
    const config = projectHadolint(path, files, environment);
    if (state !== undefined) this.#hadolint = { state, config };
    return config;
  }

  findings(
    document: Document,
    parts: readonly ComposePart[],
    world: World,
    facts: readonly string[],
    rules: readonly AnyRule[],
    look: Look,
  ): readonly Finding[] {
    const { path, text } = document.source;
    const now = factsOf(world, facts, document.source);
    const state = this.#earlier?.document === document ? this.#earlier : this.#state;
    const before = state?.facts === now ? state : undefined;
    const stands = judge(world);
    const holding = before && stands(before.asked) ? before : undefined;
    if (holding?.document === document && holding.parts.every(({ heard }) => heard.every(({ asked }) => stands(asked)))) {
      if (holding === this.#earlier) this.#earlier = this.#state;
      this.#state = holding;
      return holding.found;
    }
    const { asked, wide: known } = holding ?? nothingYet();
    if (world.state === undefined || world.state !== this.#said.state) this.#said = { state: world.state, answers: new Map() };
    const { answers } = this.#said;
    const heard = listen(world, path, asked, answers);
    const whole = (some: readonly AnyRule[]): readonly Finding[] => look(document, heard, some);
    const change = changeOf(before?.document.source.text ?? '', text);
    const were = before?.parts ?? [];
    const alike = parts.length === were.length && parts.every(({ name }, at) => name === were[at]?.name);
    const since = alike ? parts.map((part, at) => sinceOf(part, were[at])) : byKey(parts, were);
    const wide = lookWide(known, parts, alike ? since : [], change, rules, whole);
    const narrow = { rules: rules.filter(({ reach }) => reach === undefined), asked };
    const { found, kept } = lookAtParts(parts, since, change, narrow, whole, stands, (part, some, asked) =>
      look(part.document(), listen(world, path, asked, answers), some),
    );
    const all = [...[...wide.values()].flat(), ...found];
    this.#earlier = this.#state;
    this.#state = { document, facts: now, parts: kept, wide, asked, found: all };
    return all;
  }
}

const nothingYet = (): Pick<State, 'asked' | 'wide'> => ({ asked: new Map(), wide: new Map() });

/** Has the rules look again that see the whole file, and more of it than is as it was `before`. */
function lookWide(
  before: ReadonlyMap<string, readonly Finding[]>,
  parts: readonly ComposePart[],
  since: readonly (Since | undefined)[],
  change: Change,
  rules: readonly AnyRule[],
  whole: (rules: readonly AnyRule[]) => readonly Finding[],
): ReadonlyMap<string, readonly Finding[]> {
  const edited = parts.filter((_, at) => since[at]?.changed.length !== 0);
  const pieces = since.every((each) => each !== undefined) && since.length ? new Set(since.flatMap(({ changed }) => changed)) : undefined;
  const next = new Map<string, readonly Finding[]>();
  const again: AnyRule[] = [];
  for (const rule of rules) {
    const { id, reach } = rule;
    if (reach === undefined) continue;
    const known = typeof reach === 'string' || !pieces || reach.some((name) => pieces.has(name)) ? undefined : before.get(id);
    const still = known && typeof reach !== 'string' ? stillThere(known, reach, change, edited) : undefined;
    next.set(id, still ?? []);
    if (!still) again.push(rule);
  }
  const found = again.length ? whole(again) : [];
  for (const finding of found) next.set(finding.rule, [...(next.get(finding.rule) ?? []), finding]);
  return next;
}

/** What is found in the parts, and what is to be kept of each. */
interface LookedAt {
  readonly found: readonly Finding[];
  readonly kept: readonly KeptPart[];
}

/** Has the rules look at the parts that see one of them, where something is another than at the last look. */
function lookAtParts(
  parts: readonly ComposePart[],
  since: readonly (Since | undefined)[],
  change: Change,
  wholly: Heard,
  whole: (rules: readonly AnyRule[]) => readonly Finding[],
  stands: (asked: Asked) => boolean,
  lookAt: (part: ComposePart, rules: readonly AnyRule[], asked: Asked) => readonly Finding[],
): LookedAt {
  const known = since.map((each) => (each?.was.heard.every(({ asked }) => stands(asked)) ? each : undefined));
  if (known.filter((each) => each === undefined).length * 2 > parts.length) {
    // So much is new that one look at all of it is quicker.
    const found = whole(wholly.rules);
    const byPart = shared(found, parts);
    return { found, kept: parts.map((part) => keptPart(part, [wholly], byPart.get(part) ?? nothing)) };
  }
  const found: Finding[] = [];
  const kept = parts.map((part, at) => {
    const { was, changed = none } = known[at] ?? {};
    const moved = was && !changed.length ? movedWith(was.findings, change, was.start, part.start) : undefined;
    if (was && moved && !was.beyond.size) {
      for (const finding of moved) found.push(finding);
      return moved === was.findings && part.start === was.start ? was : keptPart(part, was.heard, { findings: moved, beyond: was.beyond });
    }
    const still: Finding[] = [...(moved ?? none)];
    const again = wholly.rules.filter(({ id, looksAt }) => {
      if (!was || was.beyond.has(id)) return true;
      if (moved) return false;
      if (!changed.length || !looksAt || changed.some((name) => name === base || looksAt.includes(name))) return true;
      const own = was.findings.filter(({ rule }) => rule === id);
      const kept = own.length ? stillThere(own, looksAt, change, [part]) : own;
      if (kept) still.push(...kept);
      return !kept;
    });
    const asked: Asked = new Map();
    const own = (span: Finding['span']): boolean => part.holds(span) || part.takes?.(span) === true;
    const news = lookAt(part, again, asked).filter(({ span }) => own(span));
    for (const finding of still) found.push(finding);
    for (const finding of news) found.push(finding);
    const beyond = new Set(news.flatMap((finding) => (isWithin(finding, own) ? [] : [finding.rule])));
    const within = beyond.size ? news.filter(({ rule }) => !beyond.has(rule)) : news;
    const heard = [...(was ? without(was.heard, new Set(again)) : none), { rules: again, asked }];
    return keptPart(part, heard, { findings: [...still, ...within], beyond });
  });
  return { found, kept };
}

/** What others have asked than those that look again. */
const without = (heard: readonly Heard[], again: ReadonlySet<AnyRule>): readonly Heard[] =>
  heard.flatMap(({ rules, asked }) => {
    const left = rules.filter((rule) => !again.has(rule));
    return left.length ? [{ rules: left, asked }] : [];
  });

/** What was found in a part, and the rules of which that cannot be told. */
type Own = Pick<KeptPart, 'findings' | 'beyond'>;

const keptPart = ({ name, pieces, start }: ComposePart, heard: readonly Heard[], { findings, beyond }: Own): KeptPart => ({
  name,
  pieces,
  start,
  heard,
  findings,
  beyond,
});

function sinceOf({ pieces }: ComposePart, was: KeptPart | undefined): Since | undefined {
  const changed = was && changedPieces(was.pieces, pieces);
  return was && changed && { was, changed };
}

const none: readonly never[] = [];
const nothing: Own = { findings: none, beyond: new Set() };

/** Where parts have come, gone or changed their names: those that say what one of before said. */
function byKey(parts: readonly ComposePart[], before: readonly KeptPart[]): readonly (Since | undefined)[] {
  const known = new Map(before.map((each) => [keyOf(each.pieces), each]));
  return parts.map(({ pieces }) => {
    const was = known.get(keyOf(pieces));
    return was && { was, changed: none };
  });
}

/** What was found in the whole file, by part. */
function shared(found: readonly Finding[], parts: readonly ComposePart[]): ReadonlyMap<ComposePart, Own> {
  const byPart = new Map(parts.map((part) => [part, { findings: new Array<Finding>(), beyond: new Set<string>() }]));
  const takers = parts.filter(({ takes }) => takes);
  for (const finding of found) {
    const { span, rule } = finding;
    const part = parts.findLast(({ start }) => start <= span.start);
    if (!part) continue;
    const claimed = takers.filter(({ takes }) => takes?.(span));
    if (claimed.length || !isWithin(finding, part.holds)) for (const each of [part, ...claimed]) byPart.get(each)?.beyond.add(rule);
    byPart.get(part)?.findings.push(finding);
  }
  for (const own of byPart.values()) if (own.beyond.size) own.findings = own.findings.filter(({ rule }) => !own.beyond.has(rule));
  return byPart;
}
