import { dockerfileEdit, dockerfileHolds, type DockerfileEdit } from '../dockerfile/edited.ts';
import type { Dockerfile } from '../dockerfile/model.ts';
import { dockerfileParts } from '../dockerfile/parts.ts';
import type { Part } from '../text/part.ts';
import type { Span } from '../text/text.ts';
import { isWithin, moved } from './edited.ts';
import type { Look } from './kept.ts';
import { holds, listen, type Asked } from './listen.ts';
import type { AnyRule, Finding, World } from './rule.ts';

/** What a rule found, and all that the world was asked in that look: one rule may use what another has asked. */
interface Result {
  readonly findings: readonly Finding[];
  readonly asked: Asked;
}

/** What the rules found in the whole file, or in a part of it. */
interface Unit {
  readonly start: number;
  readonly results: ReadonlyMap<AnyRule, Result>;
}

/** All that rules found in one state of a Dockerfile. */
interface State {
  readonly file: Dockerfile;
  /** The settings and facts that it holds for. */
  readonly facts: string;
  readonly knowledge: World['knowledge'];
  readonly whole: Unit;
  readonly parts: readonly Unit[];
  readonly byKey: ReadonlyMap<string, Unit>;
}

/** An earlier look at the same, and where what stood somewhere then stands now: undefined when that is not known. */
interface Known {
  readonly unit: Unit;
  readonly move: (span: Span) => Span | undefined;
  /** What an edit changed in it since; nothing when absent. */
  readonly edit?: DockerfileEdit;
}

const nothing: readonly Finding[] = [];

/**
 * What was found in a Dockerfile, rule by rule, for its next state. A rule is asked again when what it looks at has changed (its `looksAt`),
 * or an answer that the world gave.
 */
export class KeptDockerfile {
  #state: State | undefined;

  findings(file: Dockerfile, world: World, told: readonly string[], rules: readonly AnyRule[], look: Look): readonly Finding[] {
    const facts = JSON.stringify([world.today, world.options, world.live, told]);
    const before = this.#state?.facts === facts && this.#state.knowledge === world.knowledge ? this.#state : undefined;
    const edit = before && dockerfileEdit(before.file, file);
    const asked: Asked = new Map();
    const heard = listen(world, file.source.path, asked);
    const stands = judge(world);
    const parts = dockerfileParts(file);
    const found: Finding[] = [];

    const again = (wanted: (rule: AnyRule) => boolean, view: () => Dockerfile, part?: Part<Dockerfile>, known?: Known): Unit => {
      const results = new Map<AnyRule, Result>();
      let seen: Dockerfile | undefined;
      for (const rule of rules) {
        if (!wanted(rule)) continue;
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

    const whole = again(
      ({ reach }) => !parts.length || reach !== undefined,
      () => file,
      undefined,
      before && edit && { unit: before.whole, move: after(edit), edit },
    );
    const units: Unit[] = [];
    const byKey = new Map<string, Unit>();
    // Stages are counted the same before and after an edit that is known.
    const alike = before && edit && before.parts.length === parts.length ? before.parts : undefined;
    for (const [index, part] of parts.entries()) {
      const same = before?.byKey.get(part.key);
      const earlier = alike?.[index];
      const known: Known | undefined = same
        ? { unit: same, move: by(part.start - same.start) }
        : earlier && edit && { unit: earlier, move: after(edit), edit };
      const unit = again(({ reach }) => reach === undefined, part.document, part, known);
      units.push(unit);
      byKey.set(part.key, unit);
    }
    this.#state = { file, facts, knowledge: world.knowledge, whole, parts: units, byKey };
    return found;
  }
}

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
function stillHolds({ unit, move, edit }: Known, rule: AnyRule, stands: (asked: Asked) => boolean): Result | undefined {
  const known = unit.results.get(rule);
  if (!known || (edit && (!rule.looksAt || edit.concerns(rule.looksAt))) || !stands(known.asked)) return undefined;
  if (!known.findings.length) return known;
  const findings: Finding[] = [];
  for (const finding of known.findings) {
    if (!isWithin(finding, (span) => move(span) !== undefined)) return undefined;
    findings.push(moved(finding, (span) => move(span) ?? span));
  }
  return { findings, asked: known.asked };
}

const by =
  (distance: number): Known['move'] =>
  ({ start, end }) => ({ start: start + distance, end: end + distance });

/** What stands before an edit stays; what stands behind it moves; what stands in it has no place any more. */
const after = ({ before, after: now }: DockerfileEdit): Known['move'] => {
  const placed = (at: number): number => (at <= before.start ? at : at >= before.end ? at - before.end + now.end : NaN);
  return ({ start, end }) => {
    const span = { start: placed(start), end: placed(end) };
    return Number.isNaN(span.start + span.end) ? undefined : span;
  };
};
