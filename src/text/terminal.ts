// What a terminal would show of one line: carriage returns overwrite, colours stay, all other control sequences go.

const esc = '\u001b';
const control = new RegExp(
  `${esc}(?:\\[[0-?]*[ -/]*[@-~]|\\][^\\u0007${esc}]*(?:\\u0007|${esc}\\\\)?|[ -/]*[0-~])|[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001a\\u001c-\\u001f\\u007f]`,
  'g',
);
const colour = new RegExp(`^${esc}\\[[\\d;:]*m$`);
const eraseLine = new RegExp(`${esc}\\[[012]?K`);

/** The line after its last carriage return has done its work: a progress bar's last state. */
export function fold(raw: string): string {
  const parts = (raw.includes('\b') ? backspaced(raw) : raw).split('\r');
  let shown = '';
  for (const part of parts) {
    const text = strip(part);
    if (!text && shown) continue;
    // A shorter text leaves the rest of the longer one, unless the program erased it.
    shown = eraseLine.test(part) || !shown ? text : text + after(shown, width(text));
  }
  return shown;
}

/** Removes every control sequence but colours. */
function strip(text: string): string {
  return text.includes(esc) || /[\u0000-\u0008\u000b-\u001f\u007f]/.test(text)
    ? text.replace(control, (found) => (colour.test(found) ? found : ''))
    : text;
}

/** The text as a person reads it. */
export function plain(text: string): string {
  return text.includes(esc) ? text.replace(control, '') : text;
}

const width = (text: string): number => plain(text).length;

/** What is left of a coloured text after its first `count` characters; colours that are on there stay on. */
function after(text: string, count: number): string {
  let seen = 0;
  let colours = '';
  let at = 0;
  while (at < text.length && seen < count) {
    if (text[at] === esc) {
      const end = text.indexOf('m', at);
      if (end === -1) break;
      colours += text.slice(at, end + 1);
      at = end + 1;
    } else {
      seen++;
      at++;
    }
  }
  const rest = text.slice(at);
  return rest && colours ? `${colours}${rest}` : rest;
}

function backspaced(text: string): string {
  let out = '';
  for (const char of text) out = char === '\b' ? out.slice(0, -1) : out + char;
  return out;
}

/** The colours that are still on at the end of a line, for the next line of the same stream. */
export function openColours(text: string, before = ''): string {
  if (!text.includes(esc)) return before;
  let open = before;
  for (const [sequence] of text.matchAll(new RegExp(`${esc}\\[[\\d;:]*m`, 'g'))) {
    const codes = sequence.slice(2, -1);
    open = codes === '' || /^0+$/.test(codes) ? '' : /^0+;/.test(codes) ? sequence : open + sequence;
  }
  // Some programs switch on and off in pairs and never reset: what piles up is not kept.
  return open.length > 64 ? '' : open;
}
