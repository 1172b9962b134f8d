import type { Instruction, Stage } from '../../dockerfile/model.ts';
import { mountsOf } from '../../dockerfile/mounts.ts';
import { allInstructions } from '../../dockerfile/scope.ts';
import type { Files } from '../../lint/rule.ts';
import { baseName, join } from '../../text/paths.ts';
import { textOf } from './stageText.ts';

/** Whether the copies before an instruction bring one of some files into its working directory; `unknown` where anything else may. */
export function bringsFile(
  stage: Stage,
  before: Instruction,
  names: readonly string[],
  folder: string,
  files: Files,
): 'yes' | 'no' | 'unknown' {
  if (mountsOf(before).some(({ type }) => type === 'bind') || /(?:^|[;&|\s])(?:cd|pushd)\s/.test(textOf(before))) return 'unknown';
  let at = '/';
  const copies: { readonly sources: readonly string[]; readonly target: string }[] = [];
  const root = stage.base ? undefined : (stage.image?.value ?? '');
  if (
    root !== undefined &&
    !/^(?:docker\.io\/)?(?:library\/)?(?:python|ubuntu|debian|nvidia\/cuda|pytorch\/pytorch|ghcr\.io\/astral-sh\/uv):/.test(root)
  )
    return 'unknown';
  for (const { keyword, args, flags, heredocs, body } of allInstructions(stage).filter(({ span }) => span.start < before.span.start)) {
    if (keyword === 'WORKDIR') at = join(at, args[0]?.value ?? '');
    // Anything but an installation may put files there.
    if (keyword === 'RUN' && !/^\s*(?:--mount=\S+\s+)*(?:apt-get|apt|pip3?|python3? -m pip|uv|useradd|groupadd|mkdir)\s/.test(body.text))
      return 'unknown';
    if (keyword !== 'COPY' && keyword !== 'ADD') continue;
    if (flags.some(({ name }) => name === 'from')) {
      // Programs such as uv go where programs are.
      if (/^\/(?:usr\/(?:local\/)?)?s?bin(?:\/|$)/.test(args.at(-1)?.value ?? '')) continue;
      return 'unknown';
    }
    if (heredocs.length || args.some(({ value }) => /[$*?[]|:\/\//.test(value))) return 'unknown';
    copies.push({ sources: args.slice(0, -1).map(({ value }) => value), target: join(at, args.at(-1)?.value ?? '') });
  }
  if (at.includes('$') || !copies.length) return 'unknown';
  const home = at === '' ? '/' : at;
  for (const { sources, target } of copies)
    for (const source of sources) {
      const clean = join('', source.replace(/^\/+/, ''));
      const name = baseName(clean);
      if (names.includes(name) && (target === home || target === join(home, name))) return 'yes';
      if (target !== home) {
        if (home.startsWith(`${target}/`)) return 'unknown';
        continue;
      }
      if (/\.[A-Za-z0-9]+$/.test(name)) continue;
      const inside = files.list(join(folder, clean));
      if (!inside || names.some((each) => inside.includes(each))) return 'unknown';
      if (clean === '') return 'unknown';
    }
  return 'no';
}
