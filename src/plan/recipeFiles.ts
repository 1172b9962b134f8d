import type { Recipe, RecipeFile } from '../knowledge/recipe.ts';

/** The files that a service reads, filled in. `kinds` has every service of the Compose file with the recipe that it is. */
export function recipeFiles(one: Recipe, kinds: ReadonlyMap<string, string>, recipes: readonly Recipe[]): readonly RecipeFile[] {
  return (one.files ?? []).flatMap((file): readonly RecipeFile[] => {
    const [service] = [...kinds].find(([, kind]) => kind === file.with) ?? [];
    if (file.with !== undefined && service === undefined) return [];
    const filled = file.text.replace('{scrapes}', () => scrapes(kinds, recipes));
    return [{ ...file, text: file.with === undefined ? filled : filled.replaceAll(`{${file.with}}`, service ?? '') }];
  });
}

/** The jobs of Prometheus: every service that has figures to read. */
function scrapes(kinds: ReadonlyMap<string, string>, recipes: readonly Recipe[]): string {
  return [...kinds]
    .flatMap(([name, kind]) => {
      const metrics = recipes.find(({ id }) => id === kind)?.metrics;
      if (!metrics) return [];
      const [port, path] = metrics;
      return `  - job_name: ${name}\n${path === '/metrics' ? '' : `    metrics_path: ${path}\n`}    static_configs:\n      - targets: ["${name}:${port}"]\n`;
    })
    .join('');
}
