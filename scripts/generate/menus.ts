import {
  isFileCommand,
  isThingCommand,
  whenClause,
  type AnyCommand,
  type FileCommand,
  type FileLanguage,
  type PlainCommand,
} from '../../client/commands/command.ts';

type Entry = Readonly<Record<'command' | 'when' | 'group', string>>;
type Menu = 'commandPalette' | 'view/title' | 'view/item/context' | 'explorer/context' | 'editor/context' | 'editor/title';

/** Every place where commands appear, from what each says of itself. */
export function menus(commands: readonly AnyCommand[]): Readonly<Record<string, readonly Partial<Entry>[]>> {
  const rows = commands.flatMap((command) => placesOf(command).map(([menu, entry]) => ({ menu, entry: trusted(command, entry) })));
  const names = [...new Set(rows.map(({ menu }) => menu))].sort();
  return Object.fromEntries(names.map((name) => [name, rows.filter(({ menu }) => menu === name).map(({ entry }) => entry)]));
}

/** The palette has every command that does not say otherwise; one that needs trust has to. */
function placesOf(command: AnyCommand): readonly (readonly [Menu, Partial<Entry>])[] {
  const found = places(command);
  const said = found.some(([menu]) => menu === 'commandPalette');
  return command.trusted && !said ? [...found, ['commandPalette', { command: `mlContainers.${command.id}` }]] : found;
}

function places(command: AnyCommand): readonly (readonly [Menu, Partial<Entry>])[] {
  const id = { command: `mlContainers.${command.id}` };
  if (isThingCommand(command)) {
    const when = whenClause(command);
    const { inline, group = '5_more', hidden } = command.on;
    return [
      ['view/item/context', { ...id, when, group }],
      ...(inline === undefined ? [] : [['view/item/context', { ...id, when, group: `inline@${inline}` }] as const]),
      ...(hidden ? [['commandPalette', { ...id, when: 'false' }] as const] : []),
    ];
  }
  if (isFileCommand(command)) {
    if (command.on.paletteOnly) return [];
    const when = fileCondition(command);
    const group = command.on.group ?? '7_mlContainers@1';
    return [
      ['explorer/context', { ...id, when, group }],
      ['editor/context', { ...id, when, group }],
      ...(command.on.editorTitle ? [['editor/title', { ...id, when, group: 'navigation@1' }] as const] : []),
    ];
  }
  return [...plainPlaces(command, id)];
}

function* plainPlaces({ on, icon }: PlainCommand, id: { readonly command: string }): Iterable<readonly [Menu, Partial<Entry>]> {
  for (const view of on.views ?? []) {
    const when = [`view == mlContainers.${view}`, ...(on.when === undefined ? [] : [on.when])].join(' && ');
    yield ['view/title', { ...id, when, group: icon === undefined ? (on.group ?? '1_more') : 'navigation@1' }];
  }
  if (on.hidden) yield ['commandPalette', { ...id, when: 'false' }];
}

/** A Compose file may be plain YAML to VS Code, and a Dockerfile may have any name: language or name makes it ours. */
const conditions: Readonly<Record<FileLanguage, string>> = {
  dockerfile: 'resourceLangId == dockerfile',
  compose: 'resourceLangId == dockercompose || resourceFilename =~ /^(docker-)?compose.*\\.ya?ml$/',
  requirements: 'resourceFilename =~ /^(requirements|constraints).*\\.(txt|in)$/',
};

function fileCondition({ on }: FileCommand): string {
  const either = [on.file]
    .flat()
    .map((language) => conditions[language])
    .join(' || ');
  return either.includes('||') ? `(${either})` : either;
}

function trusted(command: AnyCommand, entry: Partial<Entry>): Partial<Entry> {
  if (!command.trusted || entry.when === 'false') return entry;
  return { ...entry, when: [...(entry.when === undefined ? [] : [entry.when]), 'isWorkspaceTrusted'].join(' && ') };
}
