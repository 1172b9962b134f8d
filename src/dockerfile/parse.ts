import { changeOf, editedSource } from '../text/change.ts';
import { source } from '../text/text.ts';
import { faultsOf } from './faults.ts';
import type { Dockerfile } from './model.ts';
import { readAll } from './read.ts';
import { reread } from './reread.ts';
import { refusedFor, templateOf } from './template.ts';

/**
 * Reads a Dockerfile as BuildKit does. Never throws: what a build refuses is in `faults`. Linear in the length of the text; with an earlier
 * state of the file, what an edit left alone is taken from there.
 */
export function parseDockerfile(path: string, text: string, before?: Dockerfile): Dockerfile {
  const parsed = before ? readAgain(before, text) : readAll(source(path, text));
  const written = templateOf(text, parsed.stages.length > 0);
  if (written) return { ...parsed, template: written };
  const faults = faultsOf(parsed);
  const template = faults.length ? refusedFor(parsed) : undefined;
  return template ? { ...parsed, template } : { ...parsed, faults };
}

function readAgain(before: Dockerfile, text: string): Dockerfile {
  const change = changeOf(before.source.text, text);
  const file = editedSource(before.source, text, change);
  return reread(before, file, change) ?? readAll(file);
}
