import type { Problem } from '../../../lint/rule.ts';
import type { Span } from '../../../text/text.ts';

/** A user name with a token or password in a URL; variables and secrets' placeholders are no literal. */
const credentials = /:\/\/([^\s/@:$]*):([^\s/@$]+)@|:\/\/(gh[pousr]_\w{10,}|glpat-[\w-]{10,}|hf_\w{10,})@/;

/** What is wrong with a URL that carries credentials; its parts are reported without repeating the secret. */
export function* urlCredentials(text: string, offsetAt: (index: number) => number): Iterable<Problem> {
  const match = credentials.exec(text);
  if (!match) return;
  const secret = match[2] ?? match[3] ?? '';
  const host = text.slice(match.index + match[0].length);
  // A default for this machine, or for the service of a Compose file, and a stand-in.
  if (/^(?:localhost|127(?:\.\d+){3}|\[::1\])(?:[:/]|$)/.test(host) && match[3] === undefined) return;
  if (secret === match[1] && /^[\w-]+(?:[:/]|$)/.test(host)) return;
  if (/^(?:\*+|x+|pass(?:w(?:or)?d)?|pwd|secret|change-?me|dummy|example|your-?\w+|token|<.*>|%.*%)$/i.test(secret)) return;
  const start = match.index + 3;
  const span: Span = { start: offsetAt(start), end: offsetAt(match.index + match[0].length - 1) };
  yield {
    span,
    message:
      'This URL holds a user name and a secret: it stays in the file’s history and in that of the image. Use a secret mount with a .netrc.',
  };
}
