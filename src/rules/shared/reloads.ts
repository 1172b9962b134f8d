import { baseName } from '../../text/paths.ts';

/** What makes a server one for development. */
export interface Reload {
  /** The index of the word that says so. */
  readonly at: number;
  readonly what: string;
}

/** The word that starts a server for development: `--reload`, `--debug`, `fastapi dev`. */
export function reload(words: readonly { readonly value: string }[]): Reload | undefined {
  const values = words.map(({ value }) => value);
  const program = baseName(values[0] ?? '');
  const find = (pattern: RegExp, what: string): Reload | undefined => {
    const at = values.findIndex((value) => pattern.test(value));
    return at < 1 ? undefined : { at, what };
  };
  switch (program) {
    case 'uvicorn':
    case 'gunicorn':
    case 'hypercorn':
      return find(/^--reload$/, `${program} --reload`);
    case 'flask':
      return find(/^--(?:debug|reload)$/, 'flask in debug mode');
    case 'fastapi':
      return values[1] === 'dev' ? { at: 1, what: 'fastapi dev' } : undefined;
    default:
      return undefined;
  }
}
