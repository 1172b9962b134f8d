import { commandsOf, programOf } from '../../dockerfile/shell/scripts.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { composeCall, insteadOf } from '../shared/composeCommand.ts';

export default dockerfileRule({
  id: 'compose-inspect-command',
  severity: 'info',
  title: 'Call commands that Compose has',
  why: '`docker compose` has no such command: it prints its help and ends with an error. `docker compose inspect`, often written, does not exist: `docker inspect` shows a container, `docker compose config` the resolved file.',
  looksAt: ['RUN compose', 'CMD compose', 'ENTRYPOINT compose', 'HEALTHCHECK compose'],
  examples: [
    { bad: 'FROM docker:27\nCMD docker compose «inspect» api\n', good: 'FROM docker:27\nCMD docker inspect api\n' },
    { good: 'FROM docker:27\nCMD docker compose -f a.yaml -p x up && docker compose "$@" && docker compose --help\n' },
  ],
  *check(file) {
    for (const instruction of file.instructions) {
      if (!/^(?:RUN|CMD|ENTRYPOINT)$/.test(instruction.keyword)) continue;
      for (const command of commandsOf(file, instruction)) {
        const words = programOf(command);
        const found = composeCall(words);
        const word = found?.kind === 'unknown' ? words[found.at] : undefined;
        if (!found || !word) continue;
        const compose = words[1];
        // `docker` has commands of this name itself.
        const own = found.at === 2 && compose && /^(?:inspect|stack|network|volume)$/.test(found.word);
        yield {
          span: word.span,
          message: `«docker compose» has no command «${found.word}»: ${insteadOf(found.word)}.`,
          fixes: own
            ? [
                {
                  title: `Call docker ${found.word}`,
                  safe: false,
                  edits: [{ span: { start: compose.span.start, end: word.span.start }, text: '' }],
                },
              ]
            : [],
        };
      }
    }
  },
});
