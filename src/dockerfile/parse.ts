import { source } from '../text/text.ts';
import { faultsOf } from './faults.ts';
import type { Dockerfile } from './model.ts';
import { readAll } from './read.ts';
import { reread } from './reread.ts';
import { isNamedTemplate, templateOf } from './template.ts';

/**
 * Reads a Dockerfile as BuildKit does. Never throws: what a build refuses is in `faults`. Linear in the length of the text; with an earlier
 * state of the file, what an edit left alone is taken from there.
 */
export function parseDockerfile(path: string, text: string, before?: Dockerfile): Dockerfile {
  const file = source(path, text);
  const parsed = (before && reread(before, file)) ?? readAll(file);
  const written = templateOf(text, parsed.stages.length > 0);
  if (written) return { ...parsed, template: written };
  const faults = faultsOf(parsed);
  return faults.length && isNamedTemplate(path) ? { ...parsed, template: 'other' } : { ...parsed, faults };
}
