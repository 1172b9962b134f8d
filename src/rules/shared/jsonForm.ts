import type { Fix } from '../../lint/rule.ts';
import type { Span } from '../../text/text.ts';

/** Writes a command as JSON; none where a shell is needed to read it. */
export const jsonForm = (span: Span, text: string): readonly Fix[] =>
  plain(text)
    ? [
        {
          title: 'Write it as JSON',
          safe: true,
          edits: [
            {
              span,
              text: `[${text
                .split(/\s+/)
                .map((part) => JSON.stringify(part))
                .join(', ')}]`,
            },
          ],
        },
      ]
    : [];

const plain = (text: string): boolean =>
  /^[\w@%+=:,./\s-]+$/.test(text) && !/^\w+=/.test(text) && !/^(?:exec|cd|source|\.|export|set|exit)(?:\s|$)/.test(text);
