import type { Dockerfile } from './model.ts';

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

/** Whether a file that no build accepts is called a template: `Dockerfile-slim.template`, `Dockerfile.in`. */
export const isNamedTemplate = (path: string): boolean => /\.(?:template|tmpl|tpl|in|j2|jinja2?|gotmpl|erb|ejs|mustache|hbs)$/i.test(path);
