import { commandsOf, programOf } from '../../dockerfile/shell/scripts.ts';
import { systemInstalls } from '../../dockerfile/packages/system.ts';
import { pipInstalls } from '../../dockerfile/packages/pip.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { composeCall } from '../shared/composeCommand.ts';

export default dockerfileRule({
  id: 'compose-v1-command',
  severity: 'info',
  title: 'Call docker compose, not docker-compose',
  why: '`docker-compose` with a hyphen is Compose v1, written in Python and without updates since July 2023. It does not know `gpus`, `develop`, `include` and much else. Compose v2 is a plug-in of docker: `docker compose`.',
  looksAt: ['RUN compose', 'CMD compose', 'ENTRYPOINT compose'],
  examples: [
    { bad: 'FROM docker:27\nCMD «docker-compose» up\n', good: 'FROM docker:27\nCMD docker compose up\n' },
    { title: 'the package of v1', bad: 'FROM python:3.12-slim\nRUN pip install «docker-compose»\n' },
    { good: 'FROM docker:27\nCMD ["docker", "compose", "up"]\nCOPY docker-compose.yml /srv/\n' },
  ],
  *check(file) {
    for (const instruction of file.instructions) {
      const { keyword } = instruction;
      if (keyword !== 'RUN' && keyword !== 'CMD' && keyword !== 'ENTRYPOINT') continue;
      for (const command of commandsOf(file, instruction)) {
        const words = programOf(command);
        const found = composeCall(words);
        const word = found?.kind === 'v1' ? words[found.at] : undefined;
        if (word && !words.some(({ value }) => /^(?:--version|version)$/.test(value)))
          yield {
            span: word.span,
            message: '«docker-compose» is Compose v1, which gets no updates since July 2023. Call docker compose.',
            fixes: instruction.json
              ? []
              : [{ title: 'Call docker compose', safe: false, edits: [{ span: word.span, text: 'docker compose' }] }],
          };
      }
      const packages = [
        ...systemInstalls(file, instruction).flatMap((install) => install.packages),
        ...pipInstalls(file, instruction).flatMap(({ operands }) => operands),
      ];
      for (const { value, span } of packages)
        if (/^docker-compose(?:$|[=<>~!])/.test(value))
          yield {
            span,
            message: `«${value}» is Compose v1, which gets no updates since July 2023. Install docker-compose-plugin, and call docker compose.`,
          };
    }
  },
});
