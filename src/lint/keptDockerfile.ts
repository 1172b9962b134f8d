import { dockerfileEdit, dockerfileHolds, type DockerfileEdit } from '../dockerfile/edited.ts';
import type { Dockerfile } from '../dockerfile/model.ts';
import { dockerfileParts } from '../dockerfile/parts.ts';
import { shifted } from '../text/change.ts';
import type { Part } from '../text/part.ts';
import { lineBreak, type Span } from '../text/text.ts';
import { isWithin, movedBy, relocated } from './edited.ts';
import type { Look } from './kept.ts';
import { holds, listen, type Asked } from './listen.ts';
import type { AnyRule, Finding, World } from './rule.ts';

/** What a rule found, and all that the world was asked in that look: one rule may use what another has asked. */
interface Result {
  readonly findings: readonly Finding[];
  readonly asked: Asked;
}

/** What the rules found in the whole file, or in a part of it, when that began at `start`. */
interface Unit {
  readonly start: number;
  readonly results: ReadonlyMap<AnyRule, Result>;
}

/** A unit, and how far it has moved since. */
interface Placed {
  readonly unit: Unit;
  readonly by: number;
}

/** All that rules found in one state of a Dockerfile. */
interface State {
  readonly file: Dockerfile;
  /** The settings and facts that it holds for, and the line break that fixes put in. */
  readonly facts: string;
  readonly knowledge: World['knowledge'];
  readonly whole: Unit;
  readonly parts: readonly Placed[];
  readonly byKey: ReadonlyMap<string, Unit>;
}

/** An earlier look at the same, the rules that have to look again, and where what stood somewhere then stands now: undefined when that is not known. */
interface Known {
  readonly unit: Unit;
  readonly again: ReadonlySet<AnyRule>;
  readonly move: (span: Span) => Span | undefined;
}

const nothing: readonly Finding[] = [];

/**
 * What was found in a Dockerfile, rule by rule, for its next state. A rule is asked again when what it looks at has changed (its `looksAt`),
 * or an answer that the world gave.
 */
export class KeptDockerfile {
  #state: State | undefined;

  findings(file: Dockerfile, world: World, told: readonly string[], rules: readonly AnyRule[], look: Look): readonly Finding[] {
    const facts = JSON.stringify([world.today, world.options, world.live, told, lineBreak(file.source)]);
    const before = this.#state?.facts === facts && this.#state.knowledge === world.knowledge ? this.#state : undefined;
    const edit = before && dockerfileEdit(before.file, file);
    const concerned = new Set(edit && rules.filter(({ looksAt }) => !looksAt || edit.concerns(looksAt)));
    const asked: Asked = new Map();
    const heard = listen(world, file.source.path, asked);
    const stands = judge(world);
    const parts = dockerfileParts(file);
    const found: Finding[] = [];

    const lookAt = (some: readonly AnyRule[], view: () => Dockerfile, part?: Part<Dockerfile>, known?: Known): Unit => {
      const results = new Map<AnyRule, Result>();
      let seen: Dockerfile | undefined;
      for (const rule of some) {
        const result = known && stillHolds(known, rule, stands);
        if (result) {
          results.set(rule, result);
          for (const finding of result.findings) found.push(finding);
          continue;
        }
        seen ??= view();
        let findings = rule.looksAt && !dockerfileHolds(seen, rule.looksAt) ? nothing : look(seen, heard, [rule]);
        if (part) findings = findings.filter(({ span }) => part.holds(span));
        for (const finding of findings) found.push(finding);
        if (!part || findings.every((finding) => isWithin(finding, part.holds))) results.set(rule, { findings, asked });
      }
      return { start: part?.start ?? 0, results };
    };

    const wide = parts.length ? rules.filter(({ reach }) => reach !== undefined) : rules;
    const narrow = parts.length ? rules.filter(({ reach }) => reach === undefined) : [];
    const whole = lookAt(
      wide,
      () => file,
      undefined,
      before && edit && { unit: before.whole, again: concerned, move: (span) => after(edit, span) },
    );
    const placed: Placed[] = [];
    const byKey = new Map<string, Unit>();
    // Stages are counted the same before and after an edit that is known.
    const alike = before && edit && before.parts.length === parts.length ? before.parts : undefined;
    for (const [index, part] of parts.entries()) {
      const same = before?.byKey.get(part.key);
      if (same && isWhole(same, narrow, stands)) {
        const by = part.start - same.start;
        for (const { findings } of same.results.values())
          for (const finding of findings) found.push(by === 0 ? finding : movedBy(finding, by));
        placed.push({ unit: same, by });
        byKey.set(part.key, same);
        continue;
      }
      const earlier = alike?.[index];
      const known = earlier &&
        edit && { unit: earlier.unit, again: concerned, move: (span: Span) => after(edit, shifted(span, earlier.by)) };
      const unit = lookAt(narrow, part.document, part, known);
      placed.push({ unit, by: 0 });
      byKey.set(part.key, unit);
    }
    this.#state = { file, facts, knowledge: world.knowledge, whole, parts: placed, byKey };
    return found;
  }
}

/** Whether all that rules found in a unit still holds. */
const isWhole = ({ results }: Unit, rules: readonly AnyRule[], stands: (asked: Asked) => boolean): boolean =>
  results.size === rules.length && [...results.values()].every(({ asked }) => stands(asked));

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

/** What a rule found earlier, where it stands now; undefined when it has to look again. */
function stillHolds({ unit, again, move }: Known, rule: AnyRule, stands: (asked: Asked) => boolean): Result | undefined {
  const known = unit.results.get(rule);
  if (!known || again.has(rule) || !stands(known.asked)) return undefined;
  if (!known.findings.length) return known;
  const findings: Finding[] = [];
  for (const finding of known.findings) {
    const now = relocated(finding, move);
    if (!now) return undefined;
    findings.push(now);
  }
  return { findings, asked: known.asked };
}

/** What stands before an edit stays; what stands behind it moves; what stands in it has no place any more. */
function after({ before, after: now }: DockerfileEdit, { start, end }: Span): Span | undefined {
  const placed = (at: number): number => (at <= before.start ? at : at >= before.end ? at - before.end + now.end : NaN);
  const span = { start: placed(start), end: placed(end) };
  return Number.isNaN(span.start + span.end) ? undefined : span;
}
