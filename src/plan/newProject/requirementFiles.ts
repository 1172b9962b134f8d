import { readRequirements } from '../../python/read.ts';
import { folderOf, join } from '../../text/paths.ts';

/** The file of a folder that says what its program needs; undefined when there is none. */
export function mainRequirements(paths: Iterable<string>): string | undefined {
  const lists = [...paths].filter((path) => /^requirements(?:[^/]*|\/[^/]+)\.txt$/.test(path)).sort();
  return order.map((pattern) => lists.find((path) => pattern.test(path))).find((path) => path !== undefined) ?? lists[0];
}

/** By what they are called, the likeliest first; those for tests, docs and development only when nothing else is there. */
const order: readonly RegExp[] = [
  /^requirements\.txt$/,
  /^requirements[-_./](?:prod|production|main|runtime|app|requirements)\.txt$/,
  /^requirements[-_./](?:base|common|core|default)\.txt$/,
  /^requirements(?!.*(?:dev|test|doc|lint|local|ci\b|build|optional|constraint))[^]*\.txt$/,
];

/** A requirements file with those that it includes or is bound by (`-r`, `-c`), as far as they lie in the folder. */
export function requirementFiles(path: string, texts: ReadonlyMap<string, string>): readonly string[] {
  const found = new Set([path]);
  // What is added is walked as well.
  for (const file of found)
    for (const { name, value } of readRequirements(file, texts.get(file) ?? '').options) {
      const other = join(folderOf(file), value);
      if ((name === 'requirement' || name === 'constraint') && texts.has(other)) found.add(other);
    }
  return [...found];
}

/** Whether requirements install the folder itself, or a package in it: then its code has to be there first. */
export const installsFolder = (text: string): boolean =>
  /^\s*(?:-e\s*|--editable[ =]\s*)?\.(?:\/\S*)?(?:\[[^\]]*\])?\s*(?:#.*)?$/m.test(text);

/** The lines that copy files into the image, each to where it lies in the folder. */
export function copyLines(files: readonly string[], target: string): string {
  const folders = [...new Set(files.map(folderOf))].sort();
  return folders
    .map((folder) => `COPY ${files.filter((file) => folderOf(file) === folder).join(' ')} ${target}${folder && `${folder}/`}`)
    .join('\n');
}

/** A line that makes a list of requirements without some that cannot be installed, for the installation to read. */
export function leaveOut(names: readonly string[], files: readonly string[], list: string): string {
  const words = names.map((name) => name.replaceAll('-', '[-_.]')).join('|');
  // An included file is read on its own; what only binds versions has no place in one list.
  return `RUN grep -hviE '^((${words})\\b|-r|--requirement)' ${files.filter((path) => !/constraint/.test(path)).join(' ')} > ${list}`;
}
