import { dockerfileEdit, dockerfileHolds, lookersOf, type DockerfileEdit, type Lookers } from '../dockerfile/edited.ts';
import type { Dockerfile, Stage } from '../dockerfile/model.ts';
import { dockerfileParts, jointParts, type StagePart } from '../dockerfile/parts.ts';
import { lastStage, lineage } from '../dockerfile/scope.ts';
import { shifted } from '../text/change.ts';
import { remembered } from '../text/remembered.ts';
import type { Span } from '../text/text.ts';
import { isWithin, movedBy, relocated } from './edited.ts';
import { factsOf } from './facts.ts';
import type { Look } from './kept.ts';
import { judge, listen, type Asked } from './listen.ts';
import type { AnyRule, Aspect, Finding, World } from './rule.ts';
import { tell, Told } from './told.ts';

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
  readonly part: StagePart;
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
  /** By stages with those they are built on, and by stages with all that they need. */
  readonly parts: readonly Placed[];
  readonly joint: readonly Placed[];
  readonly told: Told;
  readonly found: readonly Finding[];
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
  /** Those that need something of an aspect. */
  readonly needing: ReadonlyMap<AnyRule, Aspect>;
}

const group = (rules: readonly AnyRule[]): Group => ({
  rules,
  lookers: lookersOf(rules),
  needing: new Map(rules.flatMap((rule) => (rule.needs ? [[rule, rule.needs.of]] : []))),
});

/** What is worked out for the rules; all of them, those that see the whole file, those that see what a stage needs, and the others. */
const grouped = remembered((rules: readonly AnyRule[]) => {
  const aspects = [...new Set(rules.flatMap(({ needs }) => needs?.of ?? []))];
  return {
    aspects,
    lookers: lookersOf(aspects),
    all: group(rules),
    wide: group(rules.filter(({ reach }) => reach !== undefined && reach !== 'needed')),
    joint: group(rules.filter(({ reach }) => reach === 'needed')),
    unjoint: group(rules.filter(({ reach }) => reach !== undefined)),
    narrow: group(rules.filter(({ reach }) => reach === undefined)),
  };
});

/**
 * What was found in a Dockerfile, rule by rule, for its next state. A rule is asked again when what it looks at has changed (its `looksAt`),
 * or an answer that the world gave.
 */
export class KeptDockerfile {
  #state: State | undefined;
  /** The one before: whoever takes a letter back is there again. */
  #earlier: State | undefined;

  findings(file: Dockerfile, world: World, severities: readonly string[], wanted: readonly AnyRule[], look: Look): readonly Finding[] {
    const facts = factsOf(world, severities, file.source);
    const state = this.#earlier?.file === file ? this.#earlier : this.#state;
    const rules = state && areSame(state.rules, wanted) ? state.rules : wanted;
    const before = state?.facts === facts && state.knowledge === world.knowledge && state.rules === rules ? state : undefined;
    const stands = judge(world);
    if (before?.file === file && !world.shellcheck && isStanding(before, stands)) {
      if (before === this.#earlier) this.#earlier = this.#state;
      this.#state = before;
      return before.found;
    }
    const edit = before && dockerfileEdit(before.file, file);
    const asked: Asked = new Map();
    const heard = listen(world, file.source.path, asked);
    const parts = dockerfileParts(file);
    const joint = jointParts(file, parts);
    const groups = grouped(rules);
    const { aspects, lookers } = groups;
    // Stages are counted the same before and after an edit that is known; whether they are looked at one by one may differ.
    const earlier = edit && before.parts.length === parts.length && before.joint.length === joint.length ? before : undefined;
    const same = standing(parts, before?.parts, earlier && edit);
    const again = !earlier || (edit?.concerned(lookers).size ?? 0) > 0;
    const pieces = parts.length ? file.stages.map((stage) => [stage]) : [file.stages];
    const tellings = pieces.map((stages, index) => {
      const at = same[index];
      const was = at === undefined ? (again ? undefined : earlier.told.parts[index]) : before?.told.parts[at];
      return was && stands(was.asked) ? was : tell(aspects, file, stages, heard, asked);
    });
    const told = new Told(file, aspects, tellings, earlier?.told);
    const found: Finding[] = [];
    const pass: Pass = { world: heard, asked, stands, told, look, found };

    const wides = joint.length ? groups.wide : parts.length ? groups.unjoint : groups.all;
    const known = earlier &&
      edit && { unit: earlier.whole, concerned: concernedBy(edit, file, wides, told), move: (span: Span) => after(edit, span) };
    const whole = lookAt(pass, wides, () => file, undefined, known);
    /** Of a stage, whether it is told the same as before. */
    const isTold = ({ index }: Stage): boolean => {
      const at = same[index];
      return at !== undefined && tellings[index] === before?.told.parts[at];
    };
    const placed = (group: Group, parts: readonly StagePart[], were: readonly Placed[] = []): readonly Placed[] => {
      let concerned: ReadonlyMap<AnyRule, boolean> | undefined;
      const same = standing(parts, were, earlier && edit);
      return parts.map((part, index): Placed => {
        const at = same[index];
        const unit = at !== undefined && part.stages.every(isTold) ? were[at]?.unit : undefined;
        if (unit && !unit.beyond.length && unit.heard.every(({ asked }) => stands(asked))) {
          const by = part.start - unit.start;
          for (const findings of unit.found.values())
            for (const finding of findings) pass.found.push(by === 0 ? finding : movedBy(finding, by));
          return { part, unit, by };
        }
        const was = earlier && were[index];
        const known = was &&
          edit && {
            unit: was.unit,
            concerned: (concerned ??= concernedBy(edit, file, group, told)),
            move: (span: Span) => after(edit, shifted(span, was.by)),
          };
        return { part, unit: lookAt(pass, group, part.document, part, known), by: 0 };
      });
    };
    this.#earlier = this.#state;
    this.#state = {
      file,
      facts,
      knowledge: world.knowledge,
      rules,
      whole,
      parts: placed(groups.narrow, parts, before?.parts),
      joint: placed(groups.joint, joint, before?.joint),
      told,
      found,
    };
    return found;
  }
}

/** One look at a state of a file, by a world that notes what it is asked. */
interface Pass {
  readonly world: World;
  readonly asked: Asked;
  readonly stands: (asked: Asked) => boolean;
  readonly told: Told;
  readonly look: Look;
  readonly found: Finding[];
}

/** Has rules look at the whole file or at a part of it: all of them, or those that have to after an edit. */
function lookAt(
  { world, asked, stands, told, look, found }: Pass,
  { rules }: Group,
  view: () => Dockerfile,
  part?: StagePart,
  known?: Known,
): Unit {
  const { still, again, heard } = known ? stillHolds(known, stands) : nothing(rules);
  const results = new Map(still);
  for (const [, findings] of still) for (const finding of findings) found.push(finding);
  const beyond: AnyRule[] = [];
  const idle = known?.unit.idle ?? noRules;
  const rested: AnyRule[] = [];
  const roused: AnyRule[] = [];
  const seen = again.size ? view() : undefined;
  for (const rule of again) {
    if (!seen) break;
    // What an edit did not bring is not there now, either.
    const isIdle = known ? idle.has(rule) && !known.concerned.get(rule) : rule.looksAt && !dockerfileHolds(seen, rule.looksAt);
    if (isIdle || (rule.needs && !told.has(rule.needs, world.knowledge))) {
      rested.push(rule);
      continue;
    }
    roused.push(rule);
    const all = look(seen, world, [rule]);
    const findings = part ? all.filter(({ span }) => part.holds(span)) : all;
    if (!findings.length) continue;
    for (const finding of findings) found.push(finding);
    if (!part || findings.every((finding) => isWithin(finding, part.holds))) results.set(rule, findings);
    else beyond.push(rule);
  }
  return {
    start: part?.start ?? 0,
    found: results,
    heard: again.size ? [...heard, { rules: again, asked }] : heard,
    beyond,
    idle: exchanged(idle, rested, roused),
  };
}

/**
 * The rules that an edit is of concern to, and those that need an aspect of which something else is told now. Rules that see only what is
 * shipped are not concerned by an edit elsewhere.
 */
function concernedBy(edit: DockerfileEdit, file: Dockerfile, { lookers, needing }: Group, { news }: Told): ReadonlyMap<AnyRule, boolean> {
  const all = edit.concerned(lookers);
  const last = lastStage(file);
  const concerned = last && edit.touches(lineage(last)) ? all : new Map([...all].filter(([{ reach }]) => reach !== 'shipped'));
  if (news.size) for (const [rule, aspect] of needing) if (news.has(aspect)) concerned.set(rule, true);
  return concerned;
}

/** Where the parts stood that are as they were: as an edit tells, or by what they say. */
function standing(
  parts: readonly StagePart[],
  before: readonly Placed[] = [],
  edit: DockerfileEdit | undefined,
): readonly (number | undefined)[] {
  if (!before.length) return [];
  if (!edit) {
    const byKey = new Map(before.map(({ part }, at) => [part.key, at]));
    return parts.map(({ key }) => byKey.get(key));
  }
  return parts.map((part, index) => {
    const was = before[index];
    return was && isUntouched(part, was.part, edit) ? index : undefined;
  });
}

/** Whether an edit left a part as it was: its stretches are as long as before, and the edit is in none of them. */
const isUntouched = ({ stretches }: StagePart, { stretches: before }: StagePart, { after }: DockerfileEdit): boolean =>
  stretches.length === before.length &&
  stretches.every(
    ({ start, end }, at) => end - start === (before[at]?.end ?? 0) - (before[at]?.start ?? 0) && (end < after.start || start > after.end),
  );

/** Whether the world says all that it said when a state was looked at. */
const isStanding = ({ whole, parts, joint, told }: State, stands: (asked: Asked) => boolean): boolean =>
  [whole, ...parts.map(({ unit }) => unit), ...joint.map(({ unit }) => unit)].every(({ heard }) =>
    heard.every(({ asked }) => stands(asked)),
  ) && told.parts.every(({ asked }) => stands(asked));

const noRules: ReadonlySet<AnyRule> = new Set();

/** A set with some more and without others: mostly the same. */
function exchanged(set: ReadonlySet<AnyRule>, more: readonly AnyRule[], less: readonly AnyRule[]): ReadonlySet<AnyRule> {
  if (more.every((each) => set.has(each)) && !less.some((each) => set.has(each))) return set;
  const other = new Set(set);
  for (const each of more) other.add(each);
  for (const each of less) other.delete(each);
  return other;
}

const areSame = (some: readonly AnyRule[], others: readonly AnyRule[]): boolean =>
  some === others || (some.length === others.length && some.every((rule, at) => rule === others[at]));

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
    const leaving = [...again].filter((rule) => each.rules.has(rule));
    if (!leaving.length) heard.push(each);
    else if (leaving.length < each.rules.size) heard.push({ rules: exchanged(each.rules, [], leaving), asked: each.asked });
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
function after({ before, after: now }: DockerfileEdit, place: Span): Span | undefined {
  const { start, end } = place;
  if (end <= before.start) return place;
  const isIn = (at: number): boolean => at > before.start && at < before.end;
  if (isIn(start) || isIn(end)) return undefined;
  const by = now.end - before.end;
  return { start: start <= before.start ? start : start + by, end: end + by };
}
