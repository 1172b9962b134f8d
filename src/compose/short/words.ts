const separators = new Set([';', '&', '|', '<', '>']);

/**
 * The words of a command line as Compose splits them: quotes taken off, everything from the first bare `;`, `&`, `|`, `<` or `>` dropped.
 * Undefined when it cannot: a quote or bracket without its other half.
 */
export function commandWords(line: string): readonly string[] | undefined {
  const words: string[] = [];
  let word = '';
  // Whether there is a word, be it an empty one in quotes.
  let begun = false;
  let quote: '"' | "'" | undefined;
  let backtick = false;
  let dollar = false;
  let escaped = false;
  for (const char of line) {
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
      return begun ? [...words, word] : words;
    }
    begun = true;
    word += char;
  }
  if (escaped || quote !== undefined || backtick || dollar) return undefined;
  return begun ? [...words, word] : words;
}
