/** Folders whose requirements are not those of a program that runs. */
const aside =
  /(?:^|\/)(?:\.[^/]+|tests?|docs?|examples?|samples|tutorials|benchmarks?|notebooks|node_modules|site-packages|venv|env|vendor|third[-_]?party|build|dist|tools|ci)\//i;

const names = /^(.*?\/)?(?:requirements[^/]*\.txt|requirements\/[^/]+\.txt|pyproject\.toml|environment\.ya?ml|Pipfile|pixi\.toml)$/;

/**
 * The folders within a workspace that say for themselves which Python packages they need (`backend`, `services/api`), the topmost aside:
 * each can be a project of its own.
 */
export function projectFolders(paths: Iterable<string>): readonly string[] {
  const found = [...paths].flatMap((path) => {
    const folder = names.exec(path)?.[1];
    return folder === undefined || aside.test(folder) || folder.split('/').length > 4 ? [] : [folder.slice(0, -1)];
  });
  return [...new Set(found)].sort();
}

/** The files of a folder, named from there. */
export const filesWithin = (folder: string, paths: Iterable<string>): readonly string[] =>
  folder === '' ? [...paths] : [...paths].flatMap((path) => (path.startsWith(`${folder}/`) ? [path.slice(folder.length + 1)] : []));
