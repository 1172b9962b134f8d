import { instructionSpec } from '../../dockerfile/instructions.ts';
import type { Dockerfile, Instruction, Stage } from '../../dockerfile/model.ts';
import type { World } from '../../lint/rule.ts';
import type { Completion } from '../model.ts';
import { baseImages } from '../images.ts';
import { contextPaths, offered, stageNames } from './flags.ts';
import type { Typed } from './place.ts';
import { signals } from './shapes.ts';
import { users } from './users.ts';

/** What can stand as an argument, and before the first one the flags too. */
export function completeArgument(
  file: Dockerfile,
  instruction: Instruction,
  stage: Stage | undefined,
  word: Typed,
  offset: number,
  world: World,
): readonly Completion[] {
  const { keyword, args, keywordSpan } = instruction;
  const index = args.filter(
    ({ span }) => span.end < word.span.start || (span.end <= word.span.start && span.start < word.span.start),
  ).length;
  const specs = instructionSpec(keyword)?.flags ?? [];
  const flags = index === 0 && word.prefix === '' && offset > keywordSpan.end ? offered(specs, instruction, word) : [];
  const quoted = /^["'[]*/.exec(word.prefix)?.[0].length ?? 0;
  const typed = word.prefix.slice(quoted);
  const span = { start: word.span.start + quoted, end: word.span.end };
  const item = (text: string, kind: Completion['kind'], detail?: string): Completion => ({
    label: text,
    kind,
    span,
    text,
    ...(detail !== undefined && { detail }),
  });
  const matching = (items: readonly Completion[]): readonly Completion[] =>
    items.filter(({ text }) => text.toLowerCase().startsWith(typed.toLowerCase()));

  switch (keyword) {
    case 'FROM': {
      if (index > 0)
        return matching(index === 1 && args[index - 1] ? [item('AS', 'keyword')] : []).filter(() => typed !== '' || word.prefix === '');
      return [
        ...flags,
        ...matching(
          stageNames(file, instruction)
            .filter((name) => !/^\d+$/.test(name))
            .map((name) => item(name, 'stage')),
        ),
        ...matching(baseImages(world).map(({ reference, detail }) => item(reference, 'image', detail))),
      ];
    }
    case 'COPY':
    case 'ADD': {
      const from = instruction.flags.some(({ name }) => name === 'from');
      const folders = index > 0 ? matching(workdirs(stage, instruction).map((path) => item(path, 'folder'))) : [];
      const paths =
        from || typed.startsWith('/')
          ? []
          : contextPaths(file, typed, world).map((path) => item(path, path.endsWith('/') ? 'folder' : 'file'));
      return [...flags, ...folders, ...paths];
    }
    case 'HEALTHCHECK': {
      if (index > 0) return [];
      const commands = [
        { ...item('CMD [ "executable" ]', 'keyword'), text: 'CMD', snippet: 'CMD [ "${1:executable}" ]' },
        item('NONE', 'keyword'),
      ];
      const wanted = typed.toUpperCase();
      return [...commands.filter(({ text }) => text.startsWith(wanted) && text !== wanted), ...flags];
    }
    case 'STOPSIGNAL':
      return index ? [] : matching(signals.map((name) => item(name, 'enum')));
    case 'USER':
      return index ? [] : matching(users(file, instruction).map((name) => item(name, 'value')));
    default:
      return flags;
  }
}

/** The folders that WORKDIR has named in the stage, with a slash behind. */
function workdirs(stage: Stage | undefined, before: Instruction): readonly string[] {
  const paths = (stage?.instructions ?? []).flatMap(({ keyword, args, span }) =>
    keyword === 'WORKDIR' && span.start < before.span.start ? (args[0]?.value ?? []) : [],
  );
  return [...new Set(paths.map((path) => (path.endsWith('/') ? path : `${path}/`)))];
}
