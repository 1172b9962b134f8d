import * as vscode from 'vscode';
import { languageOf } from '../../src/core.ts';
import {
  accepts,
  isFileCommand,
  isThingCommand,
  kindsOf,
  type AnyCommand,
  type AnyThingCommand,
  type App,
  type FileCommand,
} from '../commands/command.ts';
import { engineError } from '../engine/failure.ts';
import { sentence } from '../engine/sentences.ts';
import type { Subject } from '../views/node.ts';
import { TreeElement } from './tree.ts';

/** Things that the palette offers when nothing is selected. */
export type Candidates = () => Promise<readonly Subject[]>;

export interface Registration {
  readonly app: App;
  readonly candidates: Candidates;
  /** What a tree says of a thing, for the list to choose from. */
  readonly describe: (subject: Subject) => { readonly label: string; readonly description?: string };
  /** What is selected in the view that has the keyboard. */
  readonly selection: () => readonly Subject[];
}

/** The one place where commands are registered, so the one place where their errors are shown. */
export function registerCommands(commands: readonly AnyCommand[], registration: Registration): vscode.Disposable {
  return vscode.Disposable.from(
    ...commands.map((command) =>
      vscode.commands.registerCommand(`mlContainers.${command.id}`, (...args: unknown[]) => guarded(command, args, registration)),
    ),
  );
}

async function guarded(command: AnyCommand, args: readonly unknown[], registration: Registration): Promise<void> {
  const { ui } = registration.app;
  if (command.trusted && !ui.trusted) {
    const manage = 'Manage Trust';
    const chosen = await ui.warn(
      `${command.title.replace('…', '')} works on the files of this workspace, which you have not trusted yet.`,
      manage,
    );
    if (chosen === manage) await ui.execute('workbench.trust.manage');
    return;
  }
  try {
    await run(command, args, registration);
  } catch (thrown) {
    const { reason, message } = engineError(thrown);
    ui.log(`${command.id}: ${thrown instanceof Error ? (thrown.stack ?? message) : message}`);
    if (reason !== 'cancelled') void ui.error(`${command.title.replace(/…$/, '')}: ${sentence(thrown)}`);
  }
}

async function run(command: AnyCommand, args: readonly unknown[], registration: Registration): Promise<void> {
  const { app } = registration;
  if (isThingCommand(command)) {
    const subjects = subjectsOf(args).filter((subject) => accepts(command, subject));
    // A row that is being drawn again arrives as nothing: then what happens to be selected is not what was meant.
    const chosen = subjects.length ? subjects : await choose(command, registration, { selected: args.length === 0 });
    // The subjects were filtered by the command's own kinds; the compiler cannot follow that through the union.
    if (chosen?.length) await (command.run as (subjects: readonly Subject[], app: App) => Promise<void>)(chosen, app);
  } else if (isFileCommand(command)) {
    const files = pathsOf(args, command);
    const chosen = files.length ? files : await chooseFiles(command, app);
    if (chosen.length) await command.run(command.on.many ? chosen : chosen.slice(0, 1), app, args.find(isOptions));
  } else await command.run(app, ...args);
}

/** What VS Code hands a command of a tree: the row, and all rows when several are selected; or a thing itself. */
function subjectsOf([first, second]: readonly unknown[]): readonly Subject[] {
  const rows =
    Array.isArray(second) && second.length
      ? (second as readonly unknown[])
      : Array.isArray(first)
        ? (first as readonly unknown[])
        : [first];
  return rows.flatMap((row) => {
    if (row instanceof TreeElement) return row.subject ?? [];
    return isSubject(row) ? [row] : [];
  });
}

const isSubject = (value: unknown): value is Subject => typeof value === 'object' && value !== null && 'kind' in value && 'id' in value;
const isOptions = (value: unknown): boolean => typeof value === 'object' && value !== null && 'options' in value;

async function choose(
  command: AnyThingCommand,
  { app, candidates, describe, selection }: Registration,
  from: { readonly selected: boolean },
): Promise<readonly Subject[] | undefined> {
  const selected = (from.selected ? selection() : []).filter((subject) => accepts(command, subject));
  if (selected.length === 1) return selected;
  if (!kindsOf(command).includes('context')) await app.engine();
  const offered = (await candidates()).filter((subject) => accepts(command, subject));
  const what = kindsOf(command)[0] ?? 'container';
  if (!offered.length) {
    void app.ui.inform(`There is no ${what} that this works on now.`);
    return undefined;
  }
  const choices = offered.map((value) => ({ ...describe(value), value }));
  const title = command.title.replace(/…$/, '');
  if (command.on.single) {
    const one = await app.ui.pick(title, choices, { placeholder: `Choose a ${what}` });
    return one && [one];
  }
  return app.ui.pickMany(title, choices, { placeholder: `Choose one ${what} or several` });
}

const ours = (command: FileCommand, path: string): boolean => {
  const language = languageOf(path);
  return [command.on.file].flat().some((each) => each === language);
};

function pathsOf([first, second]: readonly unknown[], command: FileCommand): readonly string[] {
  const given = Array.isArray(second) && second.length > 0 ? (second as readonly unknown[]) : [first];
  const paths = given.flatMap((one) => (one instanceof vscode.Uri ? [one.fsPath] : typeof one === 'string' ? [one] : []));
  if (paths.length) return paths;
  const active = vscode.window.activeTextEditor?.document;
  if (active?.uri.scheme !== 'file') return [];
  return ours(command, active.uri.fsPath) || ['dockerfile', 'dockercompose'].includes(active.languageId) ? [active.uri.fsPath] : [];
}

const patterns = {
  dockerfile: '**/{Dockerfile*,dockerfile*,Containerfile*,containerfile*,*.Dockerfile,*.dockerfile,*.Containerfile,*.containerfile}',
  compose: '**/{compose,docker-compose}*.{yml,yaml}',
  requirements: '**/{requirements,constraints}*.{txt,in}',
} as const;

async function chooseFiles(command: FileCommand, { ui }: App): Promise<readonly string[]> {
  const found = await Promise.all(
    [command.on.file].flat().map((language) => vscode.workspace.findFiles(patterns[language], '**/{node_modules,.git,.venv,venv}/**', 500)),
  );
  const paths = found
    .flat()
    .map(({ fsPath }) => fsPath)
    .filter((path) => ours(command, path))
    .sort();
  if (!paths.length) {
    void ui.inform(`There is no ${[command.on.file].flat().join(' or ')} file in this workspace.`);
    return [];
  }
  if (paths.length === 1) return paths;
  const choices = paths.map((value) => ({ label: vscode.workspace.asRelativePath(value), value }));
  const title = command.title.replace(/…$/, '');
  if (command.on.many) return (await ui.pickMany(title, choices)) ?? [];
  const one = await ui.pick(title, choices);
  return one === undefined ? [] : [one];
}
