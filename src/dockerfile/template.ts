import type { Dockerfile, Fault } from './model.ts';

/** Which program's template a text is, if it is one. A Go template's `{{` also occurs in `docker inspect --format`, so only whole-line or FROM-line use counts. */
export function templateOf(text: string, hasStage: boolean): Dockerfile['template'] {
  if (!text.includes('{%') && !text.includes('{{')) return undefined;
  if (
    /^[ \t]*\{%-?\s*(if|for|set|macro|block|extends|include|import|raw|from|endif|else|elif)\b/m.test(text) ||
    /^[ \t]*\{#.*#\}/m.test(text)
  )
    return 'jinja';
  if (/^[ \t]*\{\{-?\s*(if|range|with|define|template|block|end|else|def|include|\/\*|join|\)|\()/m.test(text)) return 'gomplate';
  if (/^[ \t]*FROM\s[^\n]*\{\{/im.test(text) || (!hasStage && /\{\{/.test(text))) return /\{\{-?\s*[.(]/.test(text) ? 'gomplate' : 'jinja';
  return undefined;
}

/**
 * Whose file this is that no build accepts as it is: a part or a template by its name or its folder (`Dockerfile-slim.template`,
 * `Dockerfile.in`, `dockerfile-templates/Dockerfile.env`), a template by a line that begins with `{{` or by what other programs fill in
 * where a fault is, or the language of another frontend.
 */
export function refusedFor(
  { source: { path, text }, directives }: Pick<Dockerfile, 'source' | 'directives'>,
  faults: Dockerfile['faults'],
): Dockerfile['template'] {
  if (ownFrontend(directives)) return 'frontend';
  const lineOf = ({ span: { start } }: Fault): string => text.slice(text.lastIndexOf('\n', start - 1) + 1).split('\n', 1)[0] ?? '';
  const written = named.test(path) || /^[ \t]*\{\{/m.test(text) || faults.some((fault) => filled.test(lineOf(fault)));
  return written ? 'other' : undefined;
}

/** What Maven (`${docker.base.image}`), sed (`%%BASE%%`) and autoconf or CMake (`@BASE@`) put values in for. */
const filled = /\$\{[a-z]\w*(?:\.\w+)+\}|%%\w+%%|@[A-Za-z_]\w*@/;

const named =
  /\.(?:template|tmpl|tpl|in|j2|jinja2?|gotmpl|erb|ejs|mustache|hbs)$|[._-]template$|(?:^|\/)docker(?:files?)?-templates?\/|(?:^|\/)templates?\/[^/]*$/i;

/** Whether `# syntax=` names a frontend that is not Docker’s: what it reads may be another language. */
export function ownFrontend(directives: Dockerfile['directives']): boolean {
  const image = directives.find(({ name }) => name === 'syntax')?.value;
  return image !== undefined && !/(?:^|\/)dockerfile(?:-upstream|-experimental)?(?:[:@]|$)/.test(image);
}
