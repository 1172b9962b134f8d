import { languageOf, open } from '../../src/core.ts';
import type { Documents, Language } from '../../src/document.ts';
import { knowledge } from '../../src/knowledge/index.ts';
import type { Example, Files, World } from '../../src/lint/rule.ts';

/** The files of an example as the rules see them; sizes are the text's, unless it says `[N bytes]`. */
function filesOf(texts: Readonly<Record<string, string>>): Files {
  const paths = Object.keys(texts);
  return {
    read: (path) => texts[path],
    exists: (path) => path === '' || paths.some((p) => p === path || p.startsWith(`${path.replace(/\/$/, '')}/`)),
    list: (folder) => {
      const prefix = folder === '' || folder === '.' ? '' : `${folder.replace(/\/$/, '')}/`;
      const inside = paths.filter((p) => p.startsWith(prefix)).map((p) => p.slice(prefix.length).replace(/\/.*/, '/'));
      return inside.length || prefix === '' ? [...new Set(inside)] : undefined;
    },
    size: (path) => {
      const text = texts[path];
      const stated = /^\[(\d+) bytes\]$/.exec(text ?? '')?.[1];
      return stated ? Number(stated) : text?.length;
    },
  };
}

export function worldOf({ files = {}, live, options, environment, shellcheck, today = '2026-11-21' }: Example): World {
  const documents = <L extends Language>(language: L): Documents[L][] =>
    Object.entries(files)
      .filter(([path]) => languageOf(path) === language)
      .map(([path, text]) => open(path, text, language) as Documents[L]);
  return {
    knowledge,
    files: filesOf(files),
    workspace: { dockerfiles: () => documents('dockerfile'), composeFiles: () => documents('compose') },
    live: { images: [], gpus: [], ...live },
    options: { buildArgs: {}, trustedRegistries: [], labelSchema: {}, strictLabels: false, ...options },
    ...(environment ? { environment } : {}),
    ...(shellcheck ? { shellcheck: () => shellcheck } : {}),
    today,
  };
}
