import type { ComposeFile } from './model.ts';

/** Whether a file is made into a Compose file by another program first: by its name, by a tag of Jinja, or by a service named by a variable. */
export const isTemplate = ({ source, services }: ComposeFile): boolean =>
  /\.(?:template|tmpl|tpl|j2|jinja2?)\b/i.test(source.path.slice(source.path.lastIndexOf('/') + 1)) ||
  services.some(({ name }) => name.includes('${')) ||
  /^[ \t]*\{%-?\s/m.test(source.text);
