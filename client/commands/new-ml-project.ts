import { recipes } from '../../src/knowledge/tables/recipes.ts';
import { starters } from '../../src/knowledge/tables/starters.ts';
import type { Installer, ProjectKind, Tables, Wanted } from '../../src/plan/newProject/kind.ts';
import { projectKinds } from '../../src/plan/newProject/kinds/index.ts';
import { joined, newProject, secretValue, type Project } from '../../src/plan/newProject/newProject.ts';
import { installersFor } from '../../src/plan/newProject/installers.ts';
import { filesWithin, projectFolders } from '../../src/plan/newProject/projectFolders.ts';
import { devicesFor } from '../../src/plan/newProject/stack.ts';
import { isDependencyFile, readsFile, surveyOf, type Survey } from '../../src/plan/newProject/survey.ts';
import type { FileChange, Ui } from '../ui.ts';
import { plainCommand } from './command.ts';
import { workspaceFolder } from './shared/workspaceFolder.ts';

const name = 'New ML Project';

export default plainCommand({
  id: 'new-ml-project',
  title: 'New ML Project…',
  trusted: true,
  on: { views: ['containers', 'images'], when: 'workspaceFolderCount > 0', group: '2_new@1' },
  async run({ ui, knowledge }) {
    const tables: Tables = { knowledge, recipes, starters };
    const workspace = await workspaceFolder(ui, name);
    if (workspace === undefined) return;
    const parts = await look(ui, workspace);
    const kind = await chooseKind(ui, parts);
    const part = kind && (await choosePart(ui, kind, parts));
    const wanted = part && (await choose(ui, kind, part.survey, tables));
    if (!wanted) return;
    const folder = part.path === '' ? workspace : `${workspace}/${part.path}`;
    const project = newProject(kind, wanted, tables, (secret) => secretValue(secret, crypto.getRandomValues(new Uint8Array(32))));
    const changes = await chooseFiles(ui, folder, project);
    if (!changes?.length) return;
    if (!(await ui.change(changes))) {
      await ui.warn('The editor did not take the change. Is a file read-only?');
      return;
    }
    const start = 'Type the Command';
    const written = `${changes.length} ${changes.length === 1 ? 'file' : 'files'}${part.path === '' ? '' : ` in ${part.path}`}`;
    if ((await ui.inform(`Wrote ${written}. It starts with: ${project.start}`, start)) === start)
      ui.typed('Compose', project.start, folder);
  },
});

/** A folder that can be the project: the whole workspace, or one in it that names its own packages. */
interface Part {
  /** From the workspace's folder; empty for that itself. */
  readonly path: string;
  readonly survey: Survey;
}

/** Reads what says something about the project, and about each folder that could be one; a large folder's code is not read to the last file. */
async function look(ui: Ui, workspace: string): Promise<readonly Part[]> {
  const all = await ui.list(workspace);
  const name = workspace.slice(workspace.lastIndexOf('/') + 1);
  const parts = await Promise.all(
    ['', ...projectFolders(all)].slice(0, 12).map(async (path): Promise<Part> => {
      const within = filesWithin(path, all);
      const folder = path === '' ? workspace : `${workspace}/${path}`;
      const code = within.filter((each) => readsFile(each) && !isDependencyFile(each));
      const texts = await Promise.all(
        [...within.filter(isDependencyFile), ...code.slice(0, 60)].map(async (each): Promise<[string, string]> => [
          each,
          (await ui.read(`${folder}/${each}`)) ?? '',
        ]),
      );
      return { path, survey: surveyOf([name, ...path.split('/')].filter(Boolean).join('-'), within, new Map(texts)) };
    }),
  );
  // The members of a uv workspace are built from where its lock file lies.
  const [top] = parts;
  return top?.survey.dependencies === 'uv.lock' && top.survey.installsFolder ? [top] : parts;
}

function chooseKind(ui: Ui, parts: readonly Part[]): Promise<ProjectKind | undefined> {
  const choices = projectKinds.map((value) => {
    const why = parts.map(({ survey }) => value.suits(survey)).find((each) => each !== undefined);
    return { label: value.title, detail: value.detail, ...(why === undefined ? {} : { description: why }), value };
  });
  const fitting = choices.filter(({ description }) => description !== undefined);
  return ui.pick(name, [...fitting, ...choices.filter((choice) => !fitting.includes(choice))], {
    placeholder: 'What is it to be? What fits the folder comes first.',
  });
}

/** Which folder it is to be, where several name packages of their own; a kind that installs none belongs into the topmost. */
function choosePart(ui: Ui, kind: ProjectKind, parts: readonly Part[]): Promise<Part | undefined> {
  const [top] = parts;
  if (parts.length < 2 || !(kind.python || kind.installs)) return Promise.resolve(top);
  // A topmost folder that names nothing itself is seldom meant.
  const likely = ({ path, survey }: Part): number =>
    (kind.suits(survey) === undefined ? 2 : 0) + (path === '' && survey.dependencies === 'none' ? 3 : 0);
  const choices = [...parts]
    .sort((a, b) => likely(a) - likely(b))
    .map((value) => {
      const { path, survey } = value;
      const why = kind.suits(survey);
      return {
        label: path === '' ? 'The whole folder' : path,
        ...(why === undefined ? {} : { description: why }),
        detail: survey.file === undefined ? 'Names no packages itself' : `Packages from ${survey.file}`,
        value,
      };
    });
  return ui.pick(`${kind.title}: for which folder?`, choices, {
    placeholder: 'The files are written there, and the image is built from there.',
  });
}

const installerWords: Readonly<Record<Installer, { readonly label: string; readonly detail: string }>> = {
  uv: { label: 'uv', detail: 'Fast; keeps to a lock file when there is one' },
  pip: { label: 'pip', detail: 'What every Python image has' },
  conda: { label: 'conda', detail: 'From environment.yml, by micromamba' },
};

/** Asks what is open: nothing is asked that has one answer. */
async function choose(ui: Ui, kind: ProjectKind, survey: Survey, tables: Tables): Promise<Wanted | undefined> {
  const one = async <T>(title: string, choices: readonly { readonly label: string; readonly detail: string; readonly value: T }[]) =>
    choices.length === 1 ? choices[0]?.value : ui.pick(title, choices);
  const variant = kind.variants
    ? await one(
        kind.title,
        kind.variants.map(({ id, title, detail }) => ({ label: title, detail, value: id })),
      )
    : '';
  if (variant === undefined) return undefined;
  const device = await one(
    `${kind.title}: what computes?`,
    devicesFor(survey, kind, tables).map(({ device: value, ...words }) => ({ ...words, value })),
  );
  if (!device) return undefined;
  const installer = kind.python
    ? await one(
        `${kind.title}: what installs the packages?`,
        installersFor(survey).map((value) => ({ ...installerWords[value], value })),
      )
    : 'uv';
  return installer && { survey, device, installer, variant };
}

/** Shows what would be written, and asks which of it; what is there already is written over only after a question of its own. */
async function chooseFiles(ui: Ui, folder: string, { files }: Project): Promise<readonly FileChange[] | undefined> {
  const planned = await Promise.all(
    files.map(async (file) => {
      const before = await ui.read(`${folder}/${file.path}`);
      return { path: file.path, before, after: before === undefined ? file.text : joined(file, before), adds: file.lines === true };
    }),
  );
  const changed = planned.filter(({ before, after }) => before !== after);
  if (!changed.length) {
    await ui.inform('Nothing to write: all of its files are there already, as they would be written.');
    return undefined;
  }
  const shown = changed.map(({ path, before, after, adds }) => `──── ${path}${word(before, adds)} ────\n\n${hidden(path, after)}`);
  await ui.show(`${name}: preview`, shown.join('\n'));
  const chosen = await ui.pickMany(
    `${name}: write these files?`,
    changed.map((value) => ({
      label: value.path,
      description: word(value.before, value.adds),
      picked: value.before === undefined || value.adds,
      value,
    })),
    { placeholder: 'The editor shows what each would hold', stays: true },
  );
  await ui.hide(`${name}: preview`);
  const replaced = chosen?.filter(({ before, adds }) => before !== undefined && before !== '' && !adds) ?? [];
  if (replaced.length) {
    const paths = replaced.map(({ path }) => path).join(', ');
    const detail = `What ${replaced.length === 1 ? 'it holds' : 'they hold'} is lost, unless Git has it; Undo brings it back while the window is open.`;
    if (!(await ui.confirm(`Write over ${paths}?`, { yes: 'Write Over', detail }))) return undefined;
  }
  return chosen?.map(({ path, before, after }) => ({
    path: `${folder}/${path}`,
    edits: [{ span: { start: 0, end: before?.length ?? 0 }, text: after }],
  }));
}

function word(before: string | undefined, adds: boolean): string {
  if (before === undefined) return '';
  return adds ? ' (gets the lines it lacks)' : ' (is there: would be written over)';
}

/** Passwords are not for the screen. */
const hidden = (path: string, text: string): string => (path === '.env' ? text.replace(/^(\w+=)[\w=-]{16,}$/gm, '$1••••••') : text);
