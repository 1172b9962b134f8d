const separators = new Set([';', '&', '|', '<', '>']);

/** The words of a command line as Compose splits them, without what it drops. Undefined when it cannot. */
export const commandWords = (line: string): readonly string[] | undefined => splitCommand(line)?.words;

/** A command line in words, and where the part begins that Compose drops. */
export interface SplitCommand {
  readonly words: readonly string[];
  readonly cut?: number;
}

/**
 * Splits a command line as Compose does: quotes taken off, everything from the first bare `;`, `&`, `|`, `<` or `>` dropped.
 * Undefined when it cannot: a quote or bracket without its other half.
 */
export function splitCommand(line: string): SplitCommand | undefined {
  const words: string[] = [];
  let word = '';
  // Whether there is a word, be it an empty one in quotes.
  let begun = false;
  let quote: '"' | "'" | undefined;
  let backtick = false;
  let dollar = false;
  let escaped = false;
  for (let at = 0; at < line.length; at++) {
    const char = line.charAt(at);
    const bare = quote === undefined && !backtick && !dollar;
    if (escaped) {
      escaped = false;
      begun = true;
      word += char;
      continue;
    }
    if (char === '\\' && quote !== "'") {
      escaped = true;
      continue;
    }
    if (/[ \t\r\n]/.test(char)) {
      if (!bare) word += char;
      else if (begun) {
        words.push(word);
        word = '';
        begun = false;
      }
      continue;
    }
    if (char === '`' && quote === undefined && !dollar) backtick = !backtick;
    else if (char === ')' && quote === undefined && !backtick) dollar = !dollar;
    else if (char === '(' && quote === undefined && !backtick) {
      if (dollar || !word.endsWith('$')) return undefined;
      dollar = true;
      word += char;
      continue;
    } else if ((char === '"' || char === "'") && !dollar && (quote === undefined || quote === char)) {
      if (quote !== undefined) begun = true;
      quote = quote === undefined ? char : undefined;
      continue;
    } else if (bare && separators.has(char)) {
      // The number of a file descriptor is no word: `2>log`.
      if (char === '>' && /^\d/.test(word)) begun = false;
      return { words: begun ? [...words, word] : words, cut: at };
    }
    begun = true;
    word += char;
  }
  if (escaped || quote !== undefined || backtick || dollar) return undefined;
  return { words: begun ? [...words, word] : words };
}
