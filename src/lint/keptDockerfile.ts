import { dockerfileEdit, dockerfileHolds, lookersOf, type DockerfileEdit, type Lookers } from '../dockerfile/edited.ts';
import type { Dockerfile } from '../dockerfile/model.ts';
import { dockerfileParts } from '../dockerfile/parts.ts';
import { lastStage, lineage } from '../dockerfile/scope.ts';
import { shifted } from '../text/change.ts';
import type { Part } from '../text/part.ts';
import { remembered } from '../text/remembered.ts';
import { lineBreak, type Span } from '../text/text.ts';
import { isWithin, movedBy, relocated } from './edited.ts';
import type { Look } from './kept.ts';
import { holds, listen, type Asked } from './listen.ts';
import type { AnyRule, Finding, World } from './rule.ts';

/** All that the world was asked in a look by some rules: one rule may use what another has asked. */
interface Heard {
  readonly rules: ReadonlySet<AnyRule>;
  readonly asked: Asked;
}

/** What the rules found in the whole file, or in a part of it, when that began at `start`. */
interface Unit {
  readonly start: number;
  /** Of the rules that found something. */
  readonly found: ReadonlyMap<AnyRule, readonly Finding[]>;
  readonly heard: readonly Heard[];
  /** Those whose findings reach beyond the part: they have to look each time. */
  readonly beyond: readonly AnyRule[];
  /** Those for which there is nothing to look at. */
  readonly idle: ReadonlySet<AnyRule>;
}

/** What was found in a part, and how far that has moved since. */
interface Placed {
  readonly part: Part<Dockerfile>;
  readonly unit: Unit;
  readonly by: number;
}

/** All that rules found in one state of a Dockerfile. */
interface State {
  readonly file: Dockerfile;
  /** The settings and facts that it holds for, and the line break that fixes put in. */
  readonly facts: string;
  readonly knowledge: World['knowledge'];
  readonly rules: readonly AnyRule[];
  readonly whole: Unit;
  readonly parts: readonly Placed[];
}

/** An earlier look at the same, the rules that an edit concerns, and where what stood somewhere then stands now: undefined when that is not known. */
interface Known {
  readonly unit: Unit;
  readonly concerned: ReadonlyMap<AnyRule, boolean>;
  readonly move: (span: Span) => Span | undefined;
}

/** Rules that look at the same document, in order. */
interface Group {
  readonly rules: readonly AnyRule[];
  readonly lookers: Lookers<AnyRule>;
}

const group = (rules: readonly AnyRule[]): Group => ({ rules, lookers: lookersOf(rules) });

/** All rules, those that see the whole file, and the others. */
const grouped = remembered((rules: readonly AnyRule[]) => ({
  all: group(rules),
  wide: group(rules.filter(({ reach }) => reach !== undefined)),
  narrow: group(rules.filter(({ reach }) => reach === undefined)),
}));

/**
 * What was found in a Dockerfile, rule by rule, for its next state. A rule is asked again when what it looks at has changed (its `looksAt`),
 * or an answer that the world gave.
 */
export class KeptDockerfile {
  #state: State | undefined;

  findings(file: Dockerfile, world: World, told: readonly string[], wanted: readonly AnyRule[], look: Look): readonly Finding[] {
    const facts = JSON.stringify([world.today, world.options, world.live, told, lineBreak(file.source)]);
    const state = this.#state;
    const rules = state && areSame(state.rules, wanted) ? state.rules : wanted;
    const before = state?.facts === facts && state.knowledge === world.knowledge && state.rules === rules ? state : undefined;
    const edit = before && dockerfileEdit(before.file, file);
    const asked: Asked = new Map();
    const heard = listen(world, file.source.path, asked);
    const stands = judge(world);
    const parts = dockerfileParts(file);
    const { all, wide, narrow } = grouped(rules);
    const found: Finding[] = [];

    const lookAt = ({ rules }: Group, view: () => Dockerfile, part?: Part<Dockerfile>, known?: Known): Unit => {
      const { still, again, heard: others } = known ? stillHolds(known, stands) : nothing(rules);
      const results = new Map(still);
      for (const [, findings] of still) for (const finding of findings) found.push(finding);
      const beyond: AnyRule[] = [];
      const idle = new Set(known?.unit.idle);
      const seen = again.size ? view() : undefined;
      for (const rule of again) {
        if (!seen) break;
        // What an edit did not bring is not there now, either.
        if (known ? idle.has(rule) && !known.concerned.get(rule) : rule.looksAt && !dockerfileHolds(seen, rule.looksAt)) {
          idle.add(rule);
          continue;
        }
        idle.delete(rule);
        const all = look(seen, heard, [rule]);
        const findings = part ? all.filter(({ span }) => part.holds(span)) : all;
        if (!findings.length) continue;
        for (const finding of findings) found.push(finding);
        if (!part || findings.every((finding) => isWithin(finding, part.holds))) results.set(rule, findings);
        else beyond.push(rule);
      }
      return { start: part?.start ?? 0, found: results, heard: again.size ? [...others, { rules: again, asked }] : others, beyond, idle };
    };

    // Stages are counted the same before and after an edit that is known; whether they are looked at one by one may differ.
    const earlier = edit && before.parts.length === parts.length ? before : undefined;
    const wides = parts.length ? wide : all;
    const whole = lookAt(
      wides,
      () => file,
      undefined,
      earlier && edit && { unit: earlier.whole, concerned: concernedBy(edit, file, wides), move: (span) => after(edit, span) },
    );
    const placed: Placed[] = [];
    const byKey = before && !earlier ? new Map(before.parts.map(({ part, unit }) => [part.key, unit])) : undefined;
    let concerned: ReadonlyMap<AnyRule, boolean> | undefined;
    for (const [index, part] of parts.entries()) {
      const was = earlier?.parts[index];
      const same = byKey ? byKey.get(part.key) : was && edit && isUntouched(part, was.part, edit) ? was.unit : undefined;
      if (same && !same.beyond.length && same.heard.every(({ asked }) => stands(asked))) {
        const by = part.start - same.start;
        for (const findings of same.found.values()) for (const finding of findings) found.push(by === 0 ? finding : movedBy(finding, by));
        placed.push({ part, unit: same, by });
        continue;
      }
      const known = was &&
        edit && {
          unit: was.unit,
          concerned: (concerned ??= edit.concerned(narrow.lookers)),
          move: (span: Span) => after(edit, shifted(span, was.by)),
        };
      const unit = lookAt(narrow, part.document, part, known);
      placed.push({ part, unit, by: 0 });
    }
    this.#state = { file, facts, knowledge: world.knowledge, rules, whole, parts: placed };
    return found;
  }
}

/** The rules that an edit is of concern to; those that see only what is shipped not by an edit elsewhere. */
function concernedBy(edit: DockerfileEdit, file: Dockerfile, { lookers }: Group): ReadonlyMap<AnyRule, boolean> {
  const concerned = edit.concerned(lookers);
  const last = lastStage(file);
  return last && edit.touches(lineage(last)) ? concerned : new Map([...concerned].filter(([{ reach }]) => reach !== 'shipped'));
}

/** Whether an edit left a part as it was: its stretches are as long as before, and the edit is in none of them. */
const isUntouched = (
  { stretches = [] }: Part<Dockerfile>,
  { stretches: before = [] }: Part<Dockerfile>,
  { after }: DockerfileEdit,
): boolean =>
  stretches.length === before.length &&
  stretches.every(
    ({ start, end }, at) => end - start === (before[at]?.end ?? 0) - (before[at]?.start ?? 0) && (end < after.start || start > after.end),
  );

const areSame = (some: readonly AnyRule[], others: readonly AnyRule[]): boolean =>
  some === others || (some.length === others.length && some.every((rule, at) => rule === others[at]));

/** Says whether the world still gives some answers; each set of them is compared once. */
function judge(world: World): (asked: Asked) => boolean {
  const judged = new Map<Asked, boolean>();
  return (asked) => {
    if (!asked.size) return true;
    let still = judged.get(asked);
    if (still === undefined) judged.set(asked, (still = holds(asked, world)));
    return still;
  };
}

/** What rules found earlier, where it stands now; the rules that have to look again; and what the others heard. */
interface Still {
  readonly still: readonly (readonly [AnyRule, readonly Finding[]])[];
  readonly again: ReadonlySet<AnyRule>;
  readonly heard: readonly Heard[];
}

const nothing = (rules: readonly AnyRule[]): Still => ({ still: [], again: new Set(rules), heard: [] });

function stillHolds({ unit, concerned, move }: Known, stands: (asked: Asked) => boolean): Still {
  const again = new Set(concerned.keys());
  for (const rule of unit.beyond) again.add(rule);
  for (const { rules, asked } of unit.heard) if (!stands(asked)) for (const rule of rules) again.add(rule);
  const still: [AnyRule, readonly Finding[]][] = [];
  for (const [rule, findings] of unit.found) {
    if (again.has(rule)) continue;
    const moved = allMoved(findings, move);
    if (moved) still.push([rule, moved]);
    else again.add(rule);
  }
  const heard: Heard[] = [];
  for (const each of unit.heard) {
    if (!each.asked.size) continue;
    let others: Set<AnyRule> | undefined;
    for (const rule of again) if (each.rules.has(rule)) (others ??= new Set(each.rules)).delete(rule);
    if (!others) heard.push(each);
    else if (others.size) heard.push({ rules: others, asked: each.asked });
  }
  return { still, again, heard };
}

/** Findings where they stand now; undefined when that is not known of one. */
function allMoved(findings: readonly Finding[], move: (span: Span) => Span | undefined): readonly Finding[] | undefined {
  const moved: Finding[] = [];
  for (const finding of findings) {
    const now = relocated(finding, move);
    if (!now) return undefined;
    moved.push(now);
  }
  return moved;
}

/** What stands before an edit stays; what stands behind it moves; what stands in it has no place any more. */
function after({ before, after: now }: DockerfileEdit, { start, end }: Span): Span | undefined {
  const placed = (at: number): number => (at <= before.start ? at : at >= before.end ? at - before.end + now.end : NaN);
  const span = { start: placed(start), end: placed(end) };
  return Number.isNaN(span.start + span.end) ? undefined : span;
}
