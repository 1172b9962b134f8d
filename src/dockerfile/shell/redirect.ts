export const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** Where the operator of a redirection that begins at `start` ends, what it redirects (`2>`, `{fd}<`) included; undefined when there is none. */
export function redirectEnd(text: string, start: number): number | undefined {
  let at = start;
  while (isDigit(text.charCodeAt(at))) at++;
  if (at === start && text[at] === '{') {
    const close = /^\{[A-Za-z_]\w*\}(?=[<>])/.exec(text.slice(at, at + 40));
    if (close) at += close[0].length;
  }
  const length = operatorLength(text, at);
  // `<(…)` and `>(…)` are words.
  return !length || (length === 1 && text[at + 1] === '(' && text[at] !== '&') ? undefined : at + length;
}

/** The length of a redirection's operator; 0 when none stands here. */
function operatorLength(text: string, at: number): number {
  const ch = text[at];
  const next = text[at + 1];
  if (ch === '&') return next === '>' ? (text[at + 2] === '>' ? 3 : 2) : 0;
  if (ch === '>') return next === '>' || next === '|' || next === '&' ? 2 : 1;
  if (ch !== '<') return 0;
  if (next === '<') return text[at + 2] === '<' || text[at + 2] === '-' ? 3 : 2;
  return next === '>' || next === '&' ? 2 : 1;
}
