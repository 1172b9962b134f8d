import { installs, managerCallsIn } from '../../dockerfile/packages/system.ts';
import { lineageOf, sectionsOf } from '../../dockerfile/sections.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { lineAfter, lineBefore } from '../shared/edits.ts';
import { systemManagers } from '../shared/looksAt.ts';

export default dockerfileRule({
  id: 'needs-root',
  severity: 'error',
  title: 'Install packages of the system as root',
  why: 'After USER, what RUN does is done by that user: apt-get and apk end with «Permission denied» or «are you root?». Install before USER, or switch to root and back.',
  looksAt: [...systemManagers, '&USER'],
  examples: [
    {
      bad: 'FROM debian:12\nRUN useradd app\nUSER app\nRUN «apt-get» update && apt-get install -y git\n',
      good: 'FROM debian:12\nRUN useradd app\nUSER app\nUSER root\nRUN apt-get update && apt-get install -y git\nUSER app\n',
    },
    { title: 'as another stage left it', bad: 'FROM alpine:3.22 AS a\nUSER 1000\nFROM a\nRUN «apk» add --no-cache git\n' },
    {
      title: 'as root, with sudo, or as someone unknown',
      good: 'FROM debian:12\nUSER app\nUSER 0\nRUN apt-get update && apt-get install -y git\nFROM debian:12\nUSER app\nRUN sudo apt-get update && sudo apt-get install -y git\nFROM debian:12\nUSER $APP\nRUN apt-get install -y git\nFROM debian:12\nUSER app\nRUN apt-get --version && apt-get download git\n',
    },
  ],
  *check(file) {
    for (const section of sectionsOf(file)) {
      if (!section.stage) continue;
      const users = lineageOf(section).flatMap(({ instructions }) => instructions.filter(({ keyword }) => keyword === 'USER'));
      const [first] = users;
      if (!first || !section.instructions.some(({ keyword, span }) => keyword === 'RUN' && span.start > first.span.start)) continue;
      let last: unknown;
      for (const call of managerCallsIn(file, section)) {
        const { run } = call;
        const user = users.findLast(({ span }) => span.start < run.instruction.span.start)?.args[0]?.value ?? 'root';
        if (/[$]/.test(user) || /^(?:root|0)(?::|$)/.test(user) || run.instruction === last) continue;
        if (!installs(call) && !/^(?:update|upgrade|dist-upgrade|remove|purge|autoremove|del)$/.test(call.action)) continue;
        // With sudo, or another program that gives the right to it.
        if (run.command.words[0] !== run.head || run.command.under.length || run.command.next === '||') continue;
        last = run.instruction;
        const [before, after] = [lineBefore(file, run.instruction, 'USER root'), lineAfter(file, run.instruction, `USER ${user}`)];
        yield {
          span: run.head.span,
          message: `This RUN is done by «${user}», and only root can install packages of the system: it ends with «Permission denied». Install before USER, or switch to root and back.`,
          fixes: before && after ? [{ title: `Switch to root and back to ${user}`, safe: false, edits: [before, after] }] : [],
        };
      }
    }
  },
});
