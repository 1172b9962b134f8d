import { open } from '../../../src/core.ts';
import type { Dockerfile } from '../../../src/dockerfile/model.ts';
import { fixAll } from '../../../src/lint/fixAll.ts';
import { lint } from '../../../src/lint/lint.ts';
import type { Finding } from '../../../src/lint/rule.ts';
import { rules } from '../../../src/rules/index.ts';
import { applyEdits } from '../../../src/text/text.ts';
import { worldOf } from '../world.ts';

const world = worldOf({});
const findingsOf = (file: Dockerfile): readonly Finding[] =>
  lint(file, rules, world, { all: true, severities: {} }, (id, error) => {
    throw new Error(id, { cause: error });
  });
const parsed = (text: string): Dockerfile => open('Dockerfile', text, 'dockerfile') as Dockerfile;

const comments = ({ comments: all, directives }: Dockerfile): ReadonlyMap<string, number> => {
  const counted = new Map<string, number>();
  // A directive may be written in another case, and an option of # check= without its blanks.
  for (const text of [...all.map((comment) => comment.text), ...directives.map(({ name, value }) => `${name}=${value}`)].map((each) =>
    /^check\s*=/i.test(each) ? each.toLowerCase().replace(/\s/g, '') : each.toLowerCase(),
  ))
    counted.set(text, (counted.get(text) ?? 0) + 1);
  return counted;
};
const loneFeeds = (text: string): number => (text.match(/(?<!\r)\n/g) ?? []).length;

/** What is wrong with applying all safe fixes to a text until none is left; nothing when all is well. */
export function harm(text: string): readonly string[] {
  const before = parsed(text);
  const wrong: string[] = [];
  let now = before;
  let findings = findingsOf(now);
  let rounds = 0;
  for (; rounds < 10; rounds++) {
    const edits = fixAll(findings);
    if (!edits.length) break;
    now = parsed(applyEdits(now.source.text, edits));
    findings = findingsOf(now);
  }
  if (rounds === 10) wrong.push('never settles');
  for (const { rule, fixes = [] } of findings)
    if (fixes.some(({ safe }) => safe) && rounds < 10) wrong.push(`${rule} still has a safe fix`);
  if (rounds === 0) return wrong;
  const kept = comments(now);
  for (const [comment, count] of comments(before)) if ((kept.get(comment) ?? 0) < count) wrong.push(`the comment «${comment}» is gone`);
  if (text.includes('\r') && !loneFeeds(text) && loneFeeds(now.source.text)) wrong.push('a line feed alone in a file of CRLF');
  if (!text.includes('\r') && now.source.text.includes('\r')) wrong.push('a carriage return');
  const heredocs = (file: Dockerfile): number => file.instructions.reduce((sum, each) => sum + each.heredocs.length, 0);
  if (heredocs(now) < heredocs(before)) wrong.push('a heredoc is gone');
  if (!before.faults.length && now.faults.length) wrong.push(`a build refuses it now: ${now.faults[0]?.message ?? ''}`);
  return wrong.map((each) => `${each}\n--- from\n${text}\n--- to\n${now.source.text}`);
}

/** Fixes, safe or not, after which a build refuses more than before, or a file of CRLF has other line ends. */
export function harmOfOne(text: string): readonly string[] {
  const before = parsed(text);
  return findingsOf(before).flatMap(({ rule, fixes = [] }) =>
    fixes.flatMap(({ title, edits }) => {
      const after = applyEdits(text, edits);
      const { faults } = parsed(after);
      const feeds = text.includes('\r') && !loneFeeds(text) && loneFeeds(after) > 0;
      if (faults.length <= before.faults.length && !feeds) return [];
      return [`${rule}, «${title}»: ${feeds ? 'a line feed alone' : (faults.at(-1)?.message ?? '')}\n--- from\n${text}\n--- to\n${after}`];
    }),
  );
}
