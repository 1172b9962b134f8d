import type { Instruction } from '../../dockerfile/model.ts';
import { lineageOf, sectionsOf } from '../../dockerfile/sections.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { join } from '../../text/paths.ts';

export default dockerfileRule({
  id: 'workdir-absolute',
  severity: 'hint',
  enabled: false,
  title: 'Give WORKDIR the whole path',
  why: 'A relative WORKDIR starts at the one before it, so what it means depends on lines far above. `workdir-relative` reports only those that no absolute one comes before.',
  also: ['hadolint:DL3000', 'trivy:DS009', 'checkov:CKV_DOCKER_10'],
  looksAt: ['WORKDIR'],
  examples: [
    { bad: 'FROM debian:12\nWORKDIR /srv\nWORKDIR «app»\n', good: 'FROM debian:12\nWORKDIR /srv\nWORKDIR /srv/app\n' },
    { good: 'FROM debian:12\nWORKDIR "/srv"\nWORKDIR ${HOME}/x\nWORKDIR "C:\\\\"\nWORKDIR d:/x\n' },
  ],
  *check(file) {
    for (const section of sectionsOf(file)) {
      let folder = lineageOf(section)
        .slice(0, -1)
        .reduce<string | undefined>((before, { instructions }) => instructions.reduce(folderAfter, before), undefined);
      for (const instruction of section.instructions) {
        const before = folder;
        folder = folderAfter(folder, instruction);
        const { keyword, args } = instruction;
        const [path] = args;
        if (keyword !== 'WORKDIR' || !path || /^["']?(?:\/|\\|\$|[A-Za-z]:)/.test(path.text)) continue;
        const whole = before !== undefined && path.text === path.value && args.length === 1 ? join(before, path.value) : undefined;
        yield {
          span: path.span,
          message: `«${path.value}» starts at the WORKDIR before it: write the whole path.`,
          fixes: whole === undefined ? [] : [{ title: `Write ${whole}`, safe: true, edits: [{ span: path.span, text: whole }] }],
        };
      }
    }
  },
});

/** The folder after an instruction, as far as the file says it. */
function folderAfter(before: string | undefined, { keyword, args }: Instruction): string | undefined {
  if (keyword !== 'WORKDIR') return before;
  const path = args.length === 1 ? (args[0]?.value ?? '$') : '$';
  if (path.includes('$') || /^[A-Za-z]:|\\/.test(path)) return undefined;
  return path.startsWith('/') || before !== undefined ? join(before ?? '/', path) : undefined;
}
