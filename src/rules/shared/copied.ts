import type { Stage } from '../../dockerfile/model.ts';
import { allInstructions } from '../../dockerfile/scope.ts';
import { baseName, join } from '../../text/paths.ts';

/** A path of the build context that a stage copies, and where it is in the image. */
export interface Copied {
  readonly source: string;
  readonly target: string;
}

/** The working directory at the end of a stage, where it is fixed. */
export function workdir(stage: Stage): string | undefined {
  let at: string | undefined = '/';
  for (const { keyword, args } of allInstructions(stage)) {
    if (keyword !== 'WORKDIR') continue;
    const path = args[0]?.value ?? '';
    at = path.includes('$') || at === undefined ? undefined : join(at, path);
  }
  return at;
}

/** What COPY and ADD bring from the build context into a stage; what has variables or wildcards is left out. */
export function copied(stage: Stage): readonly Copied[] {
  const found: Copied[] = [];
  let at = '/';
  for (const { keyword, args, flags } of allInstructions(stage)) {
    if (keyword === 'WORKDIR') at = join(at, args[0]?.value ?? '');
    if ((keyword !== 'COPY' && keyword !== 'ADD') || flags.some(({ name }) => name === 'from')) continue;
    const destination = args.at(-1)?.value ?? '';
    const sources = args.slice(0, -1);
    for (const { value } of sources) {
      if (/[$*?[]|:\/\//.test(value + destination)) continue;
      const source = join('', value.replace(/^\/+/, ''));
      const name = baseName(source);
      const into = destination.endsWith('/') || sources.length > 1 || destination === '.';
      const isFile = /\.[A-Za-z0-9]+$/.test(name);
      found.push({ source, target: join(at, into && isFile ? `${destination}/${name}` : destination) });
    }
  }
  return found;
}
