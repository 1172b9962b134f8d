import type { Source } from '../text/text.ts';
import type { Service } from './model.ts';
import { baseName } from '../text/paths.ts';

/** Whether a file is made into a Compose file by another program first: by its name or folder, by a tag of Jinja, or by a service named by a variable. */
export const isTemplate = ({ path, text }: Source, services: readonly Service[]): boolean =>
  /\.(?:template|tmpl|tpl|j2|jinja2?)\b/i.test(baseName(path)) ||
  /\{\{.+\}\}/.test(path) ||
  services.some(({ name }) => name.includes('${')) ||
  (text.includes('{%') && /^[ \t]*\{%-?\s/m.test(text));
