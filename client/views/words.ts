/** 1536 → `1.5 kB`, as the engine's own command line counts. */
export function bytes(count: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
  let value = count;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  const shown = unit === 0 ? String(Math.round(value)) : value.toPrecision(3);
  return `${shown.includes('.') ? shown.replace(/\.?0+$/, '') : shown} ${units[unit] ?? ''}`;
}

/** How long ago, roughly: `3 hours ago`. */
export function ago(time: number, now: number): string {
  const seconds = Math.max(0, Math.round((now - time) / 1000));
  const steps: readonly (readonly [number, string])[] = [
    [60, 'second'],
    [60, 'minute'],
    [24, 'hour'],
    [30, 'day'],
    [12, 'month'],
    [Infinity, 'year'],
  ];
  let value = seconds;
  for (const [size, unit] of steps) {
    if (value < size) return `${plural(value, unit)} ago`;
    value = Math.floor(value / size);
  }
  return '';
}

export function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : word.endsWith('s') ? 'es' : 's'}`;
}

export const shortId = (id: string): string => id.replace(/^sha256:/, '').slice(0, 12);

/** Text inside markdown that is shown as it is. */
export const escaped = (text: string): string => text.replace(/[\\`*_{}[\]()#+\-.!|<>~]/g, '\\$&');
