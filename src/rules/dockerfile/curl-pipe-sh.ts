import { commandsOf, programOf } from '../../dockerfile/shell/scripts.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { baseName } from '../../text/paths.ts';

const shells = /^(?:ba|da|z|a)?sh$|^python[\d.]*$/;

export default dockerfileRule({
  id: 'curl-pipe-sh',
  severity: 'hint',
  title: 'Pin what an installer installs',
  why: 'An installer piped into a shell runs whatever the site serves on the day of the build, unseen and unchecked: two builds of one commit differ, and a failed download builds an image without the program. Take a released file with a checksum, or copy the program out of an image of a fixed version.',
  looksAt: ['RUN curl', 'RUN wget'],
  examples: [
    { bad: 'FROM debian:12\nRUN «bash -c "$(curl -fsSL https://example.com/install.sh)"»\n' },
    {
      bad: 'FROM python:3.12-slim\nRUN «curl -LsSf https://astral.sh/uv/install.sh | sh»\n',
      good: 'FROM python:3.12-slim\nCOPY --from=ghcr.io/astral-sh/uv:0.9 /uv /uvx /bin/\n',
    },
    { bad: 'FROM debian:12\nRUN apt-get update && «wget -qO- https://ollama.com/install.sh | sudo bash»\n' },
    {
      title: 'data, keys, and a script that is checked first',
      good: 'FROM debian:12\nRUN curl -f https://example.org/a.tgz | tar xz && curl -f https://example.org/key | gpg --dearmor -o /key\nRUN curl -fo i.sh https://example.org/i.sh && echo "abc  i.sh" | sha256sum -c && sh i.sh\n',
    },
  ],
  *check(file) {
    for (const instruction of file.instructions) {
      if (instruction.keyword !== 'RUN') continue;
      const commands = commandsOf(file, instruction);
      for (const [at, command] of commands.entries()) {
        const before = commands[at - 1];
        const [program, ...rest] = programOf(command);
        // `bash -c "$(curl …)"`, `bash <(curl …)`.
        const inner = shells.test(program?.value ?? '')
          ? rest
              .map(({ value }) => /^(?:\$|<)\(\s*(?:curl|wget)\s[^|]*?(https?:\/\/[^\s'"|)]+)[^|]*\)$/.exec(value)?.[1])
              .find((url) => url !== undefined)
          : undefined;
        if (inner !== undefined)
          yield {
            span: command.span,
            message: `This runs whatever «${inner}» serves on the day of the build. Take a released file with a checksum.`,
          };
        if (command.joint !== '|' || !before || !program || !/^(?:curl|wget)$/.test(before.name)) continue;
        const name = baseName(program.value);
        const url = before.words.find(({ value }) => /^https?:/.test(value))?.value;
        if (!shells.test(name) || url === undefined) continue;
        const span = { start: before.span.start, end: command.span.end };
        const uv = /^https:\/\/astral\.sh\/uv\/(?:(\d+\.\d+\.\d+)\/)?install\.sh$/.exec(url);
        const alone = commands.length === 2 && !instruction.heredocs.length;
        yield {
          span,
          message: `This runs whatever «${url}» serves on the day of the build. ${uv ? 'Copy uv out of its image, in a fixed version.' : 'Take a released file with a checksum.'}`,
          fixes:
            uv && alone
              ? [
                  {
                    title: 'Copy uv out of its image',
                    safe: false,
                    edits: [{ span: instruction.span, text: `COPY --from=ghcr.io/astral-sh/uv:${uv[1] ?? '0.9'} /uv /uvx /bin/` }],
                  },
                ]
              : [],
        };
      }
    }
  },
});
