import type { Dockerfile, Instruction } from '../../dockerfile/model.ts';
import { sectionsOf } from '../../dockerfile/sections.ts';
import { callsOf, type RunCommand } from '../../dockerfile/shell/commands.ts';
import { dockerfileRule, type Fix } from '../../lint/rule.ts';
import { isWholeRun, withoutInstruction } from '../shared/edits.ts';

export default dockerfileRule({
  id: 'add-archive',
  severity: 'hint',
  title: 'Let ADD unpack a local archive',
  why: 'COPY of an archive and `tar -x` in a RUN store its content twice: packed in one layer, unpacked in the next. `ADD archive.tar.gz /folder/` unpacks while it copies.',
  also: ['hadolint:DL3010'],
  looksAt: ['COPY', 'RUN tar'],
  examples: [
    {
      bad: 'FROM debian:12\n«COPY» data.tar.gz /tmp/\nRUN tar -xzf /tmp/data.tar.gz -C /data\n',
      good: 'FROM debian:12\nADD data.tar.gz /data/\n',
    },
    { bad: 'FROM debian:12\n«COPY» build/app.tar /app.tar\nRUN mkdir x && tar xf app.tar\n' },
    { title: 'from another stage', good: 'FROM debian:12\nCOPY --from=build /a.tar /a.tar\nRUN tar xf /a.tar\n' },
    { title: 'not unpacked', good: 'FROM debian:12\nCOPY a.tar /a.tar\nRUN tar cf b.tar /a.tar\n' },
  ],
  *check(file) {
    for (const section of sectionsOf(file)) {
      if (!section.instructions.some(({ keyword, args }) => keyword === 'COPY' && args.some(({ text }) => archive.test(basename(text)))))
        continue;
      const unpacked = callsOf(file, 'tar', 'bsdtar').filter(
        (call) =>
          call.section === section &&
          call.args.some(
            ({ value }, at) =>
              /^--(?:extract|get)$/.test(value) || (/^-?[A-Za-z]*x[A-Za-z]*$/.test(value) && (at === 0 || value.startsWith('-'))),
          ),
      );
      if (!unpacked.length) continue;
      for (const instruction of section.instructions) {
        const { keyword, keywordSpan, flags, args, span } = instruction;
        const target = args.at(-1);
        if (keyword !== 'COPY' || !target || args.length < 2 || flags.some(({ name }) => name === 'from')) continue;
        const names = new Set([target, ...args.slice(0, -1)].map(({ text }) => basename(text)).filter((name) => archive.test(name)));
        const used = unpacked.some(
          ({ args: words, command }) => command.span.start > span.start && words.some(({ value }) => names.has(basename(value))),
        );
        if (used)
          yield {
            span: keywordSpan,
            message: 'This archive is stored packed here and unpacked in a later layer: ADD unpacks it at once.',
            fixes: fixes(file, instruction, unpacked),
          };
      }
    }
  },
});

const archive = /\.(?:tar(?:\.\w+)?|tgz|tbz2?|txz|tlz|tzst)$/;
const basename = (path: string): string => path.replace(/^["']|["']$/g, '').replace(/^.*[/\\]/, '');

/** ADD to where the only RUN that unpacks it does so; none unless that RUN does nothing else and says the whole path. */
function fixes(file: Dockerfile, { keywordSpan, args }: Instruction, unpacked: readonly RunCommand[]): readonly Fix[] {
  const [call] = unpacked;
  const [source, target] = args;
  if (!call || unpacked.length !== 1 || args.length !== 2 || !source || !target || !isWholeRun(file, call)) return [];
  const [options, path, flag, folder] = call.args;
  const copied = target.value.endsWith('/') ? target.value + basename(source.value) : target.value;
  if (call.args.length !== 4 || !/^-?[xzjJv]+f$/.test(options?.value ?? '') || path?.value !== copied || flag?.value !== '-C') return [];
  const out = folder?.value.startsWith('/') && !folder.dynamic ? withoutInstruction(file, call.instruction) : undefined;
  if (!out || !folder) return [];
  const edits = [{ span: keywordSpan, text: 'ADD' }, { span: target.span, text: `${folder.text.replace(/\/$/, '')}/` }, out];
  return [{ title: 'Let ADD unpack it', safe: false, edits }];
}
