import { bytes, duration } from '../check/values.ts';

/** Plain data as JSON and YAML have it. */
export type Plain = string | number | boolean | null | readonly Plain[] | PlainMap;
export interface PlainMap {
  readonly [key: string]: Plain;
}

export const isMap = (value: unknown): value is PlainMap => typeof value === 'object' && value !== null && !Array.isArray(value);
export const isList = (value: unknown): value is readonly Plain[] => Array.isArray(value);
export const listOf = (value: Plain | undefined): readonly Plain[] =>
  isList(value) ? value : value === undefined || value === null ? [] : [value];
export const textOf = (value: Plain | undefined): string =>
  typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';

/** Applies a change to one key, where it is there. */
export function change(map: PlainMap, key: string, by: (value: Plain) => Plain | undefined): PlainMap {
  const value = map[key];
  if (value === undefined) return map;
  const { [key]: _, ...rest } = map;
  const changed = by(value);
  return changed === undefined ? rest : { ...rest, [key]: changed };
}

/** `KEY=value` items, or a mapping, as a mapping of texts; a name alone has `alone`. */
export function pairsOf(value: Plain, alone: Plain): PlainMap {
  if (isMap(value)) return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, each === null ? alone : textOf(each)]));
  return Object.fromEntries(
    listOf(value).map((item) => {
      const text = textOf(item);
      const equals = text.indexOf('=');
      return equals < 0 ? [text, alone] : [text.slice(0, equals), text.slice(equals + 1)];
    }),
  );
}

export const flagOf = (value: Plain): Plain => (typeof value === 'string' ? /^(?:true|yes|y|on)$/i.test(value) : value);
export const numberOf = (value: Plain): Plain =>
  typeof value === 'string' && value !== '' && !Number.isNaN(Number(value)) ? Number(value) : value;
/** What Go leaves out when it prints: a zero. */
export const unlessZero = (value: Plain): Plain | undefined => (value === 0 || value === '0' ? undefined : value);
export const sizeOf = (value: Plain): Plain => {
  const size = value === -1 || value === '-1' ? -1 : bytes(textOf(value));
  return size === undefined ? value : String(size);
};

/** A duration as Go writes it: `90s` is `1m30s`. */
export function durationOf(value: Plain): Plain {
  const seconds = duration(textOf(value));
  if (seconds === undefined) return value;
  if (seconds === 0) return '0s';
  if (Math.abs(seconds) < 1) {
    const [unit, factor] =
      Math.abs(seconds) >= 1e-3 ? (['ms', 1e3] as const) : Math.abs(seconds) >= 1e-6 ? (['µs', 1e6] as const) : (['ns', 1e9] as const);
    return `${String(Number((seconds * factor).toPrecision(12)))}${unit}`;
  }
  const whole = Math.abs(seconds);
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = Number((whole % 60).toFixed(9));
  return `${seconds < 0 ? '-' : ''}${hours ? `${String(hours)}h` : ''}${hours || minutes ? `${String(minutes)}m` : ''}${String(rest)}s`;
}
