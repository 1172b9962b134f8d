import type { Dockerfile, Instruction } from '../../dockerfile/model.ts';
import { asRead } from '../../dockerfile/move.ts';
import { finalSections, lineageOf, type Section } from '../../dockerfile/sections.ts';
import { callsIn, callsOf, runsIn, type RunCommand } from '../../dockerfile/shell/commands.ts';
import { dockerfileRule, type Fix } from '../../lint/rule.ts';
import { joinRuns } from '../shared/edits.ts';
import { beside } from '../shared/looksAt.ts';
import { textOf } from '../shared/stageText.ts';
import { baseName } from '../../text/paths.ts';
import { remembered } from '../../text/remembered.ts';

export default dockerfileRule({
  id: 'rm-in-later-layer',
  severity: 'info',
  title: 'Remove files in the layer that made them',
  why: 'A layer cannot make the ones below it smaller: what an earlier RUN or COPY wrote stays in the image, and a later `rm` only hides it. Remove it in the same RUN, or leave it in a build stage.',
  reach: 'file',
  looksAt: ['RUN rm', ...beside('RUN', 'COPY', 'ADD', 'lines')],
  examples: [
    {
      bad: 'FROM debian:12\nRUN apt-get update && apt-get install -y gcc\nRUN «rm -rf /var/lib/apt/lists/*»\n',
      good: 'FROM debian:12\nRUN apt-get update && apt-get install -y gcc && rm -rf /var/lib/apt/lists/*\n',
    },
    { bad: 'FROM debian:12\nCOPY model.tar.gz /tmp/model.tar.gz\nRUN tar xf /tmp/model.tar.gz\nRUN «rm /tmp/model.tar.gz»\n' },
    {
      title: 'a stage that only hands over files',
      good: 'FROM debian:12 AS data\nCOPY a.zip /tmp/a.zip\nRUN unzip /tmp/a.zip -d /data\nRUN rm /tmp/a.zip\nFROM debian:12\nCOPY --from=data /data /data\n',
    },
    { title: 'in the same RUN', good: 'FROM debian:12\nRUN apt-get update && apt-get install -y gcc && rm -rf /var/lib/apt/lists/*\n' },
    { title: 'what the base image brought is only hidden anyway', good: 'FROM debian:12\nRUN rm -rf /usr/share/doc\n' },
    { title: 'the file is replaced', good: 'FROM nginx:1.27\nCOPY a.conf /etc/a.conf\nRUN rm /etc/a.conf && ln -s b /etc/a.conf\n' },
  ],
  *check(file) {
    // Layers of a stage that only hands over files are in no image.
    for (const section of new Set(finalSections(file).flatMap((each) => lineageOf(each)))) {
      if (!section.instructions.some((each) => cleansUp(asRead(each)))) continue;
      const copied = new Set<string>();
      for (const instruction of section.instructions) {
        const { keyword, args } = instruction;
        if (keyword === 'COPY' || keyword === 'ADD') {
          const target = args.at(-1)?.value ?? '';
          const name = args.length === 2 ? baseName(args[0]?.value ?? '') : '';
          if (target.startsWith('/') && !target.endsWith('/')) copied.add(target);
          else if (target.startsWith('/') && name) copied.add(target + name);
        }
        if (!cleansUp(asRead(instruction))) continue;
        const here = [...runsIn(file, section, (run) => run === instruction)];
        const removing = here.filter(({ program }) => program === 'rm');
        // A RUN that does nothing else was meant to clean up.
        const only =
          removing.length &&
          here.every(
            ({ program }) =>
              /^(?:rm|set|true|echo|find)$/.test(program) ||
              here.some((call) => call.program === program && call.args.some(({ value }) => value === 'clean')),
          );
        for (const { args: words, command } of only ? removing : []) {
          const late = words.find(
            ({ value }) =>
              copied.has(value) || /^\/(?:var\/lib\/apt\/lists|var\/cache\/(?:apt|apk|yum|dnf)|root\/\.cache)(?:\/|$)/.test(value),
          );
          if (late && (copied.has(late.value) || wroteBefore(file, section, instruction)))
            yield {
              span: command.span,
              message: `«${late.value}» is already in an earlier layer, where it stays: the image does not get smaller. Remove it in the RUN that made it.`,
              fixes: copied.has(late.value) ? [] : fixes(file, section, instruction),
            };
        }
      }
    }
  },
});

/** A RUN that installs does more than clean up. */
const cleansUp = remembered(
  (instruction: Instruction): boolean =>
    instruction.keyword === 'RUN' && /\brm\b/.test(textOf(instruction)) && !/\binstall\b/.test(textOf(instruction)),
);

/** Joins the RUN to the one before it, when that is the one that wrote. */
function fixes(file: Dockerfile, section: Section, instruction: Instruction): readonly Fix[] {
  const before = section.instructions[section.instructions.indexOf(instruction) - 1];
  const edit = before && callsIn(writers(file), before).length ? joinRuns(file, before, instruction) : undefined;
  return edit ? [{ title: 'Remove it in the RUN above', safe: true, edits: [edit] }] : [];
}

/** Whether an earlier RUN of the stage called a package manager. */
const wroteBefore = (file: Dockerfile, section: Section, { span }: Instruction): boolean =>
  writers(file).some((call) => call.section === section && call.instruction.span.start < span.start);
const writers = (file: Dockerfile): readonly RunCommand[] =>
  callsOf(file, 'apt-get', 'apt', 'apk', 'yum', 'dnf', 'microdnf', 'pip', 'pip3', 'python', 'python3').filter((call) =>
    call.args.some(({ value }) => /^(?:install|add|update)$/.test(value)),
  );
