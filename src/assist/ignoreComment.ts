import type { Document } from '../document.ts';
import type { AnyRule } from '../lint/rule.ts';
import { lineAt, lineSpan, type Span, textBefore } from '../text/text.ts';
import type { Card, Completion } from './model.ts';
import { offer, startingWith } from './offer.ts';

/** What a comment that switches checks off needs to know of a rule. */
export type Ignorable = Pick<AnyRule, 'id' | 'language' | 'title' | 'why' | 'also'>;

/** What can be written in `# ml-containers: …` and `# hadolint …`; undefined where the cursor is in neither. */
export function completeIgnore(document: Document, offset: number, rules: readonly Ignorable[]): readonly Completion[] | undefined {
  const before = textBefore(document.source, offset);
  const word = /[\w-]*$/.exec(before)?.[0] ?? '';
  const span = { start: offset - word.length, end: offset };
  const item = (text: string, detail: string, documentation?: string): Completion => ({
    ...offer({ span }, text, 'keyword', detail),
    ...(documentation !== undefined && { documentation }),
  });
  const matching = (items: readonly Completion[]): readonly Completion[] => startingWith(items, word);
  const own = /(?:#|\/\/)[ \t]*ml-containers:[ \t]*(?:(ignore(?:-file)?)[ \t]+((?:[\w-]+[ \t]*,?[ \t]*)*))?[\w-]*$/.exec(before);
  if (own) {
    if (own[1] === undefined)
      return matching([
        item('ignore', 'rules that stay quiet about what follows'),
        item('ignore-file', 'rules that stay quiet about this file'),
      ]);
    const written = new Set((own[2] ?? '').split(/[\s,]+/));
    const ours = rules.filter(({ id, language }) => language === document.language && (!written.has(id) || id === word));
    return matching(ours.map(({ id, title, why }) => item(id, title, why)));
  }
  if (document.language !== 'dockerfile') return undefined;
  const codes = /#[ \t]*hadolint[ \t]+(?:(?:global|stage)[ \t]+)?ignore[ \t]*=[ \t]*((?:\w+[ \t]*,[ \t]*)*)\w*$/.exec(before);
  if (codes) {
    const written = new Set((codes[1] ?? '').split(/[\s,]+/));
    return matching(
      hadolintCodes(rules)
        .filter(([code]) => !written.has(code))
        .map(([code, { title, why }]) => item(code, title, why)),
    );
  }
  return /#[ \t]*hadolint[ \t]+\w*$/.test(before)
    ? matching([
        item('ignore=', 'checks that stay quiet about the next instruction'),
        item('stage ignore=', 'about the stage'),
        item('global ignore=', 'about the file'),
        item('shell=', 'the shell that runs RUN'),
      ])
    : undefined;
}

/** What a rule named in such a comment asks for, and why. */
export function hoverIgnore(document: Document, offset: number, rules: readonly Ignorable[]): Card | undefined {
  const line = lineSpan(document.source, lineAt(document.source, offset));
  const text = document.source.text.slice(line.start, line.end);
  if (!/(?:#|\/\/)[ \t]*(?:ml-containers:|hadolint\b|check=)/.test(text)) return undefined;
  for (const { index, 0: word } of text.matchAll(/[\w-]+/g)) {
    const span: Span = { start: line.start + index, end: line.start + index + word.length };
    if (offset < span.start || offset > span.end) continue;
    const found = rules.find(
      ({ id, language, also }) =>
        language === document.language && (id === word || also.includes(`hadolint:${word}`) || also.includes(`buildkit:${word}`)),
    );
    return found && { span, markdown: `**${found.title}** (${found.id})\n\n${found.why}` };
  }
  return undefined;
}

/** hadolint's codes in order, with the rule that has the check. */
function hadolintCodes(rules: readonly Ignorable[]): readonly (readonly [string, Ignorable])[] {
  const found = new Map<string, Ignorable>();
  for (const rule of rules)
    for (const id of rule.also) {
      const code = /^hadolint:(\w+)$/.exec(id)?.[1];
      if (code !== undefined && !found.has(code)) found.set(code, rule);
    }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1));
}
