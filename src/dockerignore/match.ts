import dockerignore from '@balena/dockerignore';
import type { Pattern } from './model.ts';

/** Says whether a path of the build context, without a slash at its beginning, is matched. */
export type Matches = (path: string) => boolean;

const nothing: Matches = () => false;

/** Which paths patterns leave out of the context, the exceptions among them heeded. */
export function excludedBy(patterns: readonly Pattern[]): Matches {
  const sound = patterns.filter(({ fault, text }) => fault === undefined && text !== '');
  if (!sound.length) return nothing;
  try {
    const matcher = dockerignore({ ignorecase: false }).add(sound.map(({ text, exception }) => (exception ? `!${text}` : text)).join('\n'));
    // Patterns are compiled when first used.
    matcher.ignores('.');
    return (path) => path !== '' && !path.startsWith('..') && matcher.ignores(path);
  } catch {
    return nothing;
  }
}

/** Which paths one pattern names, whether it leaves them out or lets them in. */
export const matchedBy = (pattern: Pattern): Matches => excludedBy([{ ...pattern, exception: false }]);
