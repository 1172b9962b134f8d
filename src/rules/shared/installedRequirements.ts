import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import type { PipInstall } from '../../dockerfile/packages/pip.ts';
import type { ShellWord } from '../../dockerfile/shell/model.ts';
import type { Files } from '../../lint/rule.ts';
import type { Requirement } from '../../python/model.ts';
import { parseRequirement, parseRequirements } from '../../python/requirements.ts';
import { contextFile } from './contextFile.ts';
import { folderOf, join } from './paths.ts';

/** A requirement that a pip install asks for: written in the RUN, or in a requirements file. */
export interface Installed {
  readonly requirement: Requirement;
  /** The word in the Dockerfile that brings it: the requirement itself, or the file's name after `-r`. */
  readonly word: ShellWord;
  /** The requirements file it stands in. */
  readonly path?: string;
}

/** What a pip install asks for. `complete` is false when a file or a word could not be read. */
export function installedRequirements(
  file: Dockerfile,
  stage: Stage,
  install: PipInstall,
  files: Files,
): { readonly installed: readonly Installed[]; readonly complete: boolean } {
  const installed: Installed[] = [];
  let complete = true;
  for (const word of install.operands) {
    const requirement = word.dynamic ? undefined : parseRequirement(word.value, (index) => word.span.start + index + (word.quoted ? 1 : 0));
    if (!requirement || /^[./]/.test(word.value) || word.value.includes('://')) complete = false;
    else installed.push({ requirement, word });
  }
  for (const word of install.files) {
    const path = contextFile(file, stage, install.instruction, word.value, files);
    if (path === undefined || !gather(path, word, new Set())) complete = false;
  }
  return { installed, complete };

  function gather(path: string, word: ShellWord, seen: Set<string>): boolean {
    if (seen.has(path)) return true;
    seen.add(path);
    const text = files.read(path);
    if (text === undefined) return false;
    const { requirements, options } = parseRequirements(path, text);
    installed.push(...requirements.map((requirement) => ({ requirement, word, path })));
    return options.filter(({ name }) => name === 'requirement').every(({ value }) => gather(join(folderOf(path), value), word, seen));
  }
}
