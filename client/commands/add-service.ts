import { languageOf } from '../../src/core.ts';
import { parseCompose } from '../../src/compose/parse.ts';
import { knowledge } from '../../src/knowledge/index.ts';
import { recipes } from '../../src/knowledge/tables/recipes.ts';
import { addService } from '../../src/plan/addService.ts';
import { ownRecipes } from '../../src/plan/ownRecipes.ts';
import { secretValue } from '../../src/plan/newProject/newProject.ts';
import { lineAt } from '../../src/text/text.ts';
import { withProject } from '../../src/project.ts';
import { catalogueNames } from '../../src/catalogue/parse.ts';
import type { Ui } from '../ui.ts';
import { plainCommand } from './command.ts';
import { workspaceFolder } from './shared/workspaceFolder.ts';

const usualNames = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];

export default plainCommand({
  id: 'add-service',
  title: 'Add Service…',
  icon: 'add',
  trusted: true,
  on: { views: ['containers'], when: 'workspaceFolderCount > 0' },
  async run({ ui }) {
    const target = await composeFileFor(ui);
    if (!target) return;
    const { workspace, path } = target;
    const folder = path.slice(0, path.lastIndexOf('/'));
    const text = await ui.read(path);
    const tables = await projectTables(ui, workspace);
    const recipe = await ui.pick(
      'Add a service',
      [...ownRecipes(tables, knowledge), ...recipes]
        .filter(({ part }) => !part)
        .map((value) => ({ label: value.title, detail: value.detail, description: value.image ?? 'built here', value })),
      { placeholder: 'What do you need? What it depends on is added with it.' },
    );
    if (!recipe) return;
    const shown = path.slice(workspace.length + 1);
    const compose = text?.trim() ? parseCompose(path, text) : undefined;
    // A file of comments alone is one to begin.
    const [fault] = text?.replace(/^\s*#.*$/gm, '').trim() ? (compose?.faults ?? []) : [];
    if (fault) {
      await ui.warn(`${shown} cannot be read, so nothing was added: ${fault.message}`);
      return;
    }
    const env = (await ui.read(`${folder}/.env`)) ?? '';
    const variables = new Set([...env.matchAll(/^\s*(?:export\s+)?(\w+)\s*=/gm)].map(([, name = '']) => name));
    const { edits, secrets, names, files } = addService(recipe, recipes, tables, { ...(compose ? { compose } : {}), variables });
    const random = (name: string): string => secretValue(name, crypto.getRandomValues(new Uint8Array(32)));
    const lines = secrets.map((name) => `${name}=${random(name)}\n`).join('');
    const secretsEdit = { span: { start: env.length, end: env.length }, text: env && !env.endsWith('\n') ? `\n${lines}` : lines };
    const beside = await Promise.all(
      files.map(async (file) => {
        const at = `${folder}/${file.path}`;
        return (await ui.read(at)) === undefined ? [{ path: at, edits: [{ span: { start: 0, end: 0 }, text: file.text }] }] : [];
      }),
    );
    const done = await ui.change([
      { path, edits },
      ...(secrets.length ? [{ path: `${folder}/.env`, edits: [secretsEdit] }] : []),
      ...beside.flat(),
    ]);
    if (!done) {
      await ui.warn('The editor did not take the change. Is the file read-only?');
      return;
    }
    await reveal(ui, path, names);
    const up = 'Start It';
    const told = secrets.length ? ` Its passwords are in .env: keep that file out of Git.` : '';
    if ((await ui.inform(`Added ${names.join(', ')} to ${shown}.${told}`, up)) === up) {
      const file = path.slice(folder.length + 1);
      const named = usualNames.includes(file) ? '' : ` -f "${file}"`;
      ui.typed('Compose', `docker compose${named} up -d ${names.at(-1) ?? ''}`, folder);
    }
  },
});

/** Puts the cursor on the first service that was added: it stands below all that were there. */
async function reveal(ui: Ui, path: string, names: readonly string[]): Promise<void> {
  const { services, source } = parseCompose(path, (await ui.read(path)) ?? '');
  const added = services.find(({ name }) => names.includes(name));
  if (added) await ui.open(path, { line: lineAt(source, added.nameSpan.start) + 1 });
}

/** The Compose file that is worked in; else the one at the top of the workspace, or where it would be. */
async function composeFileFor(ui: Ui): Promise<{ readonly workspace: string; readonly path: string } | undefined> {
  const { active } = ui;
  const around = ui.folders.filter((each) => active?.startsWith(`${each}/`)).sort((a, b) => b.length - a.length)[0];
  if (active !== undefined && around !== undefined && languageOf(active) === 'compose') return { workspace: around, path: active };
  const workspace = await workspaceFolder(ui, 'Add a service');
  if (workspace === undefined) return undefined;
  for (const name of usualNames)
    if ((await ui.read(`${workspace}/${name}`)) !== undefined) return { workspace, path: `${workspace}/${name}` };
  return { workspace, path: `${workspace}/compose.yaml` };
}

/** The tables with the rows that the project adds. */
async function projectTables(ui: Ui, folder: string): Promise<typeof knowledge> {
  const texts = new Map(await Promise.all(catalogueNames.map(async (name) => [name, await ui.read(`${folder}/${name}`)] as const)));
  const files = { read: (path: string) => texts.get(path), exists: () => false, list: () => undefined, size: () => undefined };
  return withProject({ knowledge, live: { images: [], gpus: [] } }, files, ui.setting('catalogue', folder)).knowledge;
}
