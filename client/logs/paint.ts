import Anser from 'anser';

/** A stretch of text that looks the same throughout. */
export interface Run {
  readonly text: string;
  /** One of the sixteen colours of a terminal, which the theme decides, or a colour of its own as `r, g, b`. */
  readonly color?: Color;
  readonly background?: Color;
  readonly decorations: readonly Decoration[];
}
export type Color = { readonly theme: number } | { readonly rgb: readonly [number, number, number] };
export type Decoration = 'bold' | 'dim' | 'italic' | 'underline' | 'strikethrough';

const names = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];

/** A line's colours as data. */
export function paint(text: string): readonly Run[] {
  if (!text.includes('\u001b')) return text ? [{ text, decorations: [] }] : [];
  return Anser.ansiToJson(text, { json: true, remove_empty: true, use_classes: true }).map((entry) => {
    const reverse = entry.decorations.includes('reverse');
    const front = color(entry.fg, entry.fg_truecolor);
    const back = color(entry.bg, entry.bg_truecolor);
    const [ink, paper] = reverse ? [back ?? { theme: 0 }, front ?? { theme: 7 }] : [front, back];
    return {
      text: entry.content,
      ...(ink && { color: ink }),
      ...(paper && { background: paper }),
      decorations: entry.decorations.filter(isShown),
    };
  });
}

const isShown = (decoration: string): decoration is Decoration =>
  ['bold', 'dim', 'italic', 'underline', 'strikethrough'].includes(decoration);

function color(name: string | null, truecolor: string | null): Color | undefined {
  if (!name) return undefined;
  if (name === 'ansi-truecolor') return truecolor ? { rgb: triple(truecolor) } : undefined;
  const palette = /^ansi-palette-(\d+)$/.exec(name)?.[1];
  if (palette !== undefined) return cube(Number(palette));
  const bright = name.startsWith('ansi-bright-');
  const index = names.indexOf(name.replace(/^ansi-(bright-)?/, ''));
  return index === -1 ? undefined : { theme: index + (bright ? 8 : 0) };
}

function triple(text: string): readonly [number, number, number] {
  const [red = 0, green = 0, blue = 0] = text.split(',').map(Number);
  return [red, green, blue];
}

/** The 256 colours that terminals agree on: sixteen of the theme, a cube of 6×6×6, and greys. */
function cube(index: number): Color {
  if (index < 16) return { theme: index };
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10;
    return { rgb: [grey, grey, grey] };
  }
  const level = (step: number): number => (step ? 55 + step * 40 : 0);
  const at = index - 16;
  return { rgb: [level(Math.floor(at / 36)), level(Math.floor(at / 6) % 6), level(at % 6)] };
}
