import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import { baseImage } from '../../dockerfile/scope.ts';
import { commandsOf } from '../../dockerfile/shell/scripts.ts';
import type { World } from '../../lint/rule.ts';
import { ignored } from '../../rules/shared/dockerignore.ts';

/** Paths of the build context that begin with what is typed, without what is ignored; the context is taken to be the Dockerfile's folder. */
export function contextPaths(file: Dockerfile, typed: string, { files }: World): readonly string[] {
  const lead = /^(?:\.?\/)?/.exec(typed)?.[0] ?? '';
  const path = typed.slice(lead.length);
  const slash = path.lastIndexOf('/') + 1;
  const inside = path.slice(0, slash);
  const folder = file.source.path.slice(0, file.source.path.lastIndexOf('/') + 1) + inside;
  if (path.split('/').includes('..')) return [];
  const hidden = path.slice(slash).startsWith('.');
  const names = (files.list(folder.replace(/\/$/, '')) ?? []).filter(
    (name) => name.toLowerCase().startsWith(path.slice(slash).toLowerCase()) && (hidden || !name.startsWith('.')),
  );
  if (!names.length) return [];
  const isIgnored = ignored(file.source.path, files);
  return names
    .filter((name) => !isIgnored(inside + name.replace(/\/$/, '')))
    .slice(0, 200)
    .map((name) => lead + inside + name);
}

/** Absolute paths that a stage is known to have, most telling first: what it copies to, works in, makes. */
export function stagePaths(file: Dockerfile, stage: Stage, { options }: World): readonly string[] {
  const paths = new Set<string>();
  const add = (path: string | undefined): void => {
    if (path !== undefined && /^\/[\w./@+-]+$/.test(path)) paths.add(path.length > 1 ? path.replace(/\/$/, '') : path);
  };
  for (const instruction of stage.instructions) {
    const { keyword, args, pairs = [] } = instruction;
    if (keyword === 'COPY' || keyword === 'ADD') add(args.at(-1)?.value);
    else if (keyword === 'WORKDIR') add(args[0]?.value);
    else if (keyword === 'ENV') for (const { value } of pairs) add(value?.value);
    else if (keyword === 'RUN')
      for (const { name, words } of commandsOf(file, instruction)) {
        if (name === 'mkdir')
          words.slice(1).forEach(({ value }) => {
            add(value);
          });
        else if (/^python[\d.]*$/.test(name) && words[2]?.value === 'venv') add(words.at(-1)?.value);
        else if (name === 'uv' && words[1]?.value === 'venv') add(words.at(-1)?.value);
        else
          for (const [at, { value }] of words.entries())
            add(
              /^(?:--prefix|--target|-t|-o|--output|-d|-C)$/.test(value)
                ? words[at + 1]?.value
                : /^--(?:prefix|target|output)=(.*)$/.exec(value)?.[1],
            );
      }
  }
  const python = /^(?:docker\.io\/(?:library\/)?)?python:(3\.\d+)/.exec(baseImage(file, stage, options.buildArgs) ?? '')?.[1];
  if (python !== undefined) {
    add(`/usr/local/lib/python${python}/site-packages`);
    add('/usr/local/bin');
  }
  return [...paths];
}
