import { open } from '../src/core.ts';
import { defaultLintConfig, lint } from '../src/lint/lint.ts';
import { fixAll } from '../src/lint/fixAll.ts';
import type { Finding, World } from '../src/lint/rule.ts';
import { rules } from '../src/rules/index.ts';
import { applyEdits } from '../src/text/text.ts';

/** What a fix may bring that its title says: a variable to set, a health check to write. */
const follows: ReadonlySet<string> = new Set(['compose-required-variable', 'depends-healthy-no-check']);

/** What is wrong with the fixes that a Compose file is offered: none may break it, lose a comment or a line end, or leave its finding. At most `most` fixes of a rule are tried. */
export function* wrongFixes(path: string, text: string, world: World, most = Infinity): Generator<string> {
  const check = (content: string): readonly Finding[] =>
    lint(open(path, content, 'compose'), rules, world, { ...defaultLintConfig, all: true }, () => undefined);
  const before = check(text);
  const tried = new Map<string, number>();
  for (const finding of before)
    for (const { title, edits } of finding.fixes ?? []) {
      const times = (tried.get(finding.rule) ?? 0) + 1;
      tried.set(finding.rule, times);
      if (times > most) continue;
      const after = applyEdits(text, edits);
      const about = `${finding.rule} «${title}» at ${finding.span.start}`;
      const wrong = harmed(
        text,
        after,
        edits.reduce((sum, { span, text: put }) => sum + (text.slice(span.start, span.end).includes('#') && !put.includes('#') ? 1 : 0), 0),
      );
      if (wrong !== undefined) yield `${about} ${wrong}`;
      const left = check(after);
      const count = (all: readonly Finding[], rule: string): number => all.filter((each) => each.rule === rule).length;
      if (count(left, 'syntax') > count(before, 'syntax'))
        yield `${about} breaks the file: ${left.find(({ rule }) => rule === 'syntax')?.message ?? ''}`;
      else if (count(left, finding.rule) >= count(before, finding.rule)) yield `${about} leaves the finding`;
      const worse = left.filter(
        ({ severity, rule }) => severity === 'error' && !follows.has(rule) && count(left, rule) > count(before, rule),
      );
      const [first] = worse;
      if (first && first.rule !== 'syntax') yield `${about} brings ${first.rule}: ${first.message}`;
    }
  let now = text;
  for (let round = 0; round < 10; round++) {
    const edits = fixAll(check(now));
    if (!edits.length) break;
    if (round === 9) yield 'fixing everything never ends';
    now = applyEdits(now, edits);
  }
  const wrong = harmed(text, now, Infinity);
  if (wrong !== undefined) yield `fixing everything ${wrong}`;
}

/** Comments that are lost, and line ends that are of another kind. `mayLose` comments may go with what they are in. */
export function harmed(before: string, after: string, mayLose: number): string | undefined {
  const comments = (text: string): readonly string[] => text.match(/(?<=^|\s)#.*$/gm)?.map((each) => each.trimEnd()) ?? [];
  const kept = comments(after);
  const lost = comments(before).filter((each) => !kept.includes(each));
  if (lost.length > mayLose) return `loses the comment «${lost[0] ?? ''}»`;
  const crlf = /\r\n/.test(before) && !/[^\r]\n/.test(before);
  if (crlf && /(?:^|[^\r])\n/.test(after)) return 'writes other line ends';
  if (!before.includes('\r') && after.includes('\r')) return 'writes other line ends';
  for (const anchor of before.match(/(?<=\s)&[\w-]+/g) ?? []) if (!after.includes(anchor)) return `loses the anchor ${anchor}`;
  return undefined;
}
