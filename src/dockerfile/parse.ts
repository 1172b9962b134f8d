import { changeOf, editedSource } from '../text/change.ts';
import { source } from '../text/text.ts';
import { faultsOf, newFaults } from './faults.ts';
import type { Dockerfile } from './model.ts';
import { readAll } from './read.ts';
import { reread } from './reread.ts';
import { refusedFor, templateOf } from './template.ts';

/**
 * Reads a Dockerfile as BuildKit does. Never throws: what a build refuses is in `faults`. Linear in the length of the text; with an earlier
 * state of the file, what an edit left alone is taken from there.
 */
export function parseDockerfile(path: string, text: string, before?: Dockerfile): Dockerfile {
  const change = before && changeOf(before.source.text, text);
  const file = change ? editedSource(before.source, text, change) : source(path, text);
  const again = change && reread(before, file, change);
  const parsed = again?.file ?? readAll(file);
  const written = templateOf(text, parsed.stages.length > 0);
  if (written) return { ...parsed, template: written };
  const faults = (again && !before.faults.length ? newFaults(again) : undefined) ?? faultsOf(parsed);
  const template = faults.length ? refusedFor(parsed, faults) : undefined;
  return template ? { ...parsed, template } : { ...parsed, faults };
}
