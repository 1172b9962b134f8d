import { parseColor, readable, type Rgb } from '../contrast.ts';
import type { Color } from '../paint.ts';

const names = ['Black', 'Red', 'Green', 'Yellow', 'Blue', 'Magenta', 'Cyan', 'White'];
const theme = [...names, ...names.map((name) => `Bright${name}`)].map((name) => `--vscode-terminal-ansi${name}`);

/** The theme's sixteen colours as they can be read on its background. */
export interface Palette {
  ink(color: Color): string;
  /** A background, and the ink that can be read on it. */
  paper(color: Color, ink: Color | undefined): { readonly background: string; readonly ink: string };
}

export function readPalette(): Palette {
  const style = getComputedStyle(document.body);
  const background = parseColor(style.backgroundColor) ?? [30, 30, 30];
  const foreground = parseColor(style.color) ?? [204, 204, 204];
  const own = theme.map((name) => parseColor(style.getPropertyValue(name)) ?? foreground);
  const rgb = (color: Color): Rgb => ('rgb' in color ? color.rgb : (own[color.theme] ?? foreground));
  const said = ([red, green, blue]: Rgb): string => `rgb(${red}, ${green}, ${blue})`;
  return {
    ink: (color) => said(readable(rgb(color), background)),
    paper: (color, ink) => ({ background: said(rgb(color)), ink: said(readable(ink ? rgb(ink) : foreground, rgb(color))) }),
  };
}
