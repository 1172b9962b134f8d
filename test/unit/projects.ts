import { knowledge } from '../../src/knowledge/index.ts';
import { recipes } from '../../src/knowledge/tables/recipes.ts';
import { starters } from '../../src/knowledge/tables/starters.ts';
import { installersFor } from '../../src/plan/newProject/installers.ts';
import type { ProjectKind, Tables, Wanted } from '../../src/plan/newProject/kind.ts';
import { projectKinds } from '../../src/plan/newProject/kinds/index.ts';
import { joined, newProject } from '../../src/plan/newProject/newProject.ts';
import { devicesFor } from '../../src/plan/newProject/stack.ts';
import { surveyOf, type Survey } from '../../src/plan/newProject/survey.ts';
import { folders } from './folders.ts';

export type Folder = Readonly<Record<string, string>>;

export const tables: Tables = { knowledge, recipes, starters };

/** A folder as the command sees it. */
export const survey = (files: Folder, name = 'digits'): Survey => surveyOf(name, Object.keys(files), new Map(Object.entries(files)));

/** What a folder holds after New ML Project…, everything ticked. */
export function begun(kind: ProjectKind, wanted: Wanted, before: Folder): Folder {
  const { files } = newProject(kind, wanted, tables, () => '0123456789abcdef0123456789abcdef');
  return { ...before, ...Object.fromEntries(files.map((file) => [file.path, joined(file, before[file.path] ?? '')])) };
}

/** Every kind with every folder, device, installer and variant. */
export function* everyProject(kind: ProjectKind): Generator<{ readonly title: string; readonly files: Folder }> {
  for (const [folder, before] of Object.entries<Folder>(kind.python || kind.installs ? folders : { empty: folders.empty })) {
    const seen = survey(before);
    for (const { device, label } of devicesFor(seen, kind, tables))
      for (const installer of kind.python ? installersFor(seen) : (['uv'] as const))
        for (const { id: variant } of kind.variants ?? [{ id: '' }])
          yield {
            title: [folder, label, ...(kind.python ? [installer] : []), variant].filter(Boolean).join(', '),
            files: begun(kind, { survey: seen, device, installer, variant }, before),
          };
  }
}

export { projectKinds };
