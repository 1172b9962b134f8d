import { Attached } from '../text/attached.ts';
import type { Dockerfile, Instruction, Stage } from './model.ts';
import { allInstructions, lineage, rootImage } from './scope.ts';

// Which shell reads what a stage runs, and whether it is one of Windows.

const standardShell: readonly string[] = ['/bin/sh', '-c'];
const windowsShell: readonly string[] = ['cmd', '/S', '/C'];
const shells = new Attached<Stage, readonly { readonly from: number; readonly words: readonly string[] }[]>();

/** The shell in force at an instruction: what a SHELL of the stage or of those below it says, or the standard one of its system. */
export function shellAt(file: Dockerfile, stage: Stage, instruction: Instruction): readonly string[] {
  return (
    shellsOf(stage).findLast(({ from }) => from < instruction.span.start)?.words ??
    (isWindowsImage(file, stage) ? windowsShell : standardShell)
  );
}

/** Whether a stage surely makes an image of Windows: by its platform, its base image or a shell of Windows. */
export const isWindows = (file: Dockerfile, stage: Stage): boolean =>
  isWindowsImage(file, stage) ?? shellsOf(stage).some(({ words: [program = ''] }) => programs.test(program));

/** Undefined where neither platform nor image tell. */
function isWindowsImage(file: Dockerfile, stage: Stage): boolean | undefined {
  const platform = lineage(stage)
    .at(-1)
    ?.from.flags.find(({ name }) => name === 'platform')?.value?.value;
  if (platform !== undefined && !platform.includes('$')) return platform.startsWith('windows');
  const image = rootImage(file, stage);
  return image !== undefined && images.test(image) ? true : undefined;
}

function shellsOf(stage: Stage): readonly { readonly from: number; readonly words: readonly string[] }[] {
  let found = shells.get(stage);
  if (!found) {
    found = allInstructions(stage).flatMap(({ keyword, json, span }) =>
      keyword === 'SHELL' && json?.length ? [{ from: span.start, words: json.map(({ value }) => value) }] : [],
    );
    shells.set(stage, found);
  }
  return found;
}

// Images that only have the word in their names build for Windows on Linux: `cross-rs/x86_64-pc-windows-gnu`.
const images =
  /windowsservercore|nanoserver|servercore|ltsc20\d\d|(?:^|\/)windows\/|^mcr\.microsoft\.com\/windows:|\/dotnet\/framework\/|:(?:.*-)?windows(?:-|$)/i;
const programs = /^(?:.*[\\/])?(?:powershell|cmd)(?:\.exe)?$/i;
