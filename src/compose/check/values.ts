import type { Format } from '../keys/key.ts';

const units: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  μs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
  d: 86400,
  w: 604800,
};

/** A duration such as `1h30m` in seconds; undefined when it is none. */
export function duration(text: string): number | undefined {
  const match = /^[+-]?((?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|[smhdw]))+$/.exec(text);
  if (text === '0' || text === '+0' || text === '-0') return 0;
  if (!match) return undefined;
  let sum = 0;
  for (const [, amount, unit = ''] of text.matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|[smhdw])/g))
    sum += Number(amount) * (units[unit] ?? 0);
  return text.startsWith('-') ? -sum : sum;
}

/** A size such as `64m`, `2gb` or `1.5GiB` in bytes; undefined when it is none. */
export function bytes(text: string): number | undefined {
  const match = /^\+?((?:\d[\d_]*\.?\d*|\.\d+)(?:e[+-]?\d+)?) ?(?:b|([kmgtp])(?:i?b)?)?$/i.exec(text);
  if (!match) return undefined;
  return Math.floor(Number(match[1]?.replaceAll('_', '')) * 1024 ** ' kmgtp'.indexOf(match[2]?.toLowerCase() ?? ' '));
}

const booleans = /^(?:true|false|y|yes|on|n|no|off)$/i;

/** Whether a text is written as its key wants it. */
export function fits(text: string, format: Format): boolean {
  switch (format) {
    case 'boolean':
      return booleans.test(text);
    case 'count':
      return /^(?:all|[+-]?\d+)$/i.test(text);
    case 'duration':
      return duration(text) !== undefined;
    case 'integer':
      return /^[+-]?\d+$/.test(text) && Math.abs(Number(text)) < 2 ** 63;
    case 'number':
      return /^[+-]?(?:(?:\d[\d_]*\.?\d*|\.\d+)(?:e[+-]?\d+)?|0x[\da-f.]+p[+-]?\d+|inf(?:inity)?|nan)$/i.test(text);
    case 'mode':
      return /^[+-]?[0-7]+$/.test(text);
    case 'port':
      return /^\d+(?:-\d+)?$/.test(text);
    case 'size':
    case 'size or -1':
      return bytes(text) !== undefined;
  }
}

/** What a format wants, in words. */
export function wanted(format: Format): string {
  switch (format) {
    case 'boolean':
      return 'true or false';
    case 'count':
      return 'a number or all';
    case 'duration':
      return 'a duration with its unit, such as 30s, 2m or 1h30m';
    case 'integer':
      return 'a whole number';
    case 'number':
      return 'a number';
    case 'mode':
      return 'rights in octal, such as 0440';
    case 'port':
      return 'a port or a range of ports';
    case 'size':
      return 'a size, such as 512m or 8gb';
    case 'size or -1':
      return 'a size, such as 512m or 8gb, or -1 without quotes for no limit';
  }
}
