export type Rgb = readonly [number, number, number];

/** How light a colour is, as WCAG measures it: 0 to 1. */
function luminance([red, green, blue]: Rgb): number {
  const part = (value: number): number => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue);
}

/** The contrast of two colours: 1 (none) to 21. */
export function contrast(a: Rgb, b: Rgb): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

/** The colour, moved towards white or black as little as it takes to be readable on `background`. */
export function readable(color: Rgb, background: Rgb, least = 4.5): Rgb {
  if (contrast(color, background) >= least) return color;
  const goal: Rgb = contrast([255, 255, 255], background) > contrast([0, 0, 0], background) ? [255, 255, 255] : [0, 0, 0];
  for (let step = 1; step < 20; step++) {
    const mixed = mix(color, goal, step / 20);
    if (contrast(mixed, background) >= least) return mixed;
  }
  return goal;
}

const mix = (from: Rgb, to: Rgb, share: number): Rgb => [
  Math.round(from[0] + (to[0] - from[0]) * share),
  Math.round(from[1] + (to[1] - from[1]) * share),
  Math.round(from[2] + (to[2] - from[2]) * share),
];

/** `#rgb`, `#rrggbb(aa)` or `rgb(…)`, as a style sheet says it. */
export function parseColor(text: string): Rgb | undefined {
  const hex = /^#([0-9a-f]{3,8})$/i.exec(text.trim())?.[1];
  if (hex) {
    const wide = hex.length < 6 ? hex.replace(/./g, '$&$&') : hex;
    return [0, 2, 4].map((at) => parseInt(wide.slice(at, at + 2), 16)) as [number, number, number];
  }
  const [red, green, blue] =
    /^rgba?\(([^)]*)\)/
      .exec(text.trim())?.[1]
      ?.split(/[\s,/]+/)
      .map(Number) ?? [];
  return red === undefined || green === undefined || blue === undefined ? undefined : [red, green, blue];
}
