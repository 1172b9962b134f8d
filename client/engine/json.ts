// Reading what an engine sent without trusting its shape: a field that is not what it should be counts as absent.

export type Json = Readonly<Record<string, unknown>>;

export const object = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
export const text = (value: unknown): string => (typeof value === 'string' ? value : '');
export const number = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0);
export const texts = (value: unknown): readonly string[] => list(value).filter((one): one is string => typeof one === 'string');

/** A record's texts; other values are left out. */
export function textRecord(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(object(value)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

/** Milliseconds since 1970 of a date or of seconds; 0 when it is neither. */
export function milliseconds(value: unknown): number {
  if (typeof value === 'number') return value > 0 ? value * 1000 : 0;
  const time = Date.parse(text(value));
  return Number.isNaN(time) || time < 0 ? 0 : time;
}

/** A date that the engine really means: it writes year 1 for never. */
export function date(value: unknown): string | undefined {
  return milliseconds(value) > 0 ? text(value) : undefined;
}
