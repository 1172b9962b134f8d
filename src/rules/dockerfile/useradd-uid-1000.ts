import { callsOf } from '../../dockerfile/shell/commands.ts';
import { readOptions } from '../../dockerfile/packages/options.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { knownText } from '../shared/knownText.ts';
import { stageDistro } from '../shared/stageDistro.ts';
import { stageText } from '../shared/stageText.ts';
import { usersAdded } from '../shared/users.ts';

export default dockerfileRule({
  id: 'useradd-uid-1000',
  severity: 'error',
  title: 'Make room for user 1000 on Ubuntu 24.04',
  why: 'Images of Ubuntu from 23.04 on come with a user `ubuntu` who has the number 1000: `useradd -u 1000` stops with «UID 1000 is not unique», `groupadd -g 1000` with «GID 1000 already exists». Remove that user first, or use another number.',
  looksAt: [
    'RUN useradd',
    'RUN adduser',
    'RUN groupadd',
    'RUN addgroup',
    '* userdel',
    '* deluser',
    '* usermod',
    '* groupmod',
    '* id -u',
    '* getent',
  ],
  examples: [
    {
      bad: 'FROM ubuntu:24.04\nRUN «useradd -m -u 1000 app»\n',
      good: 'FROM ubuntu:24.04\nRUN userdel -r ubuntu && useradd -m -u 1000 app\n',
    },
    {
      title: 'through a variable',
      bad: 'FROM nvidia/cuda:12.6.3-runtime-ubuntu24.04\nARG UID=1000\nRUN «groupadd -g $UID app» && useradd -u $UID -g app app\n',
    },
    {
      title: 'it is removed, may be shared, or is another number',
      good: 'FROM ubuntu:24.04\nRUN userdel -r ubuntu\nRUN useradd -u 1000 app\nFROM ubuntu:24.04\nRUN useradd -o -u 1000 app\nRUN useradd -u 1001 b\n',
    },
    {
      title: 'an older Ubuntu, or Debian',
      good: 'FROM ubuntu:22.04\nRUN useradd -u 1000 app\nFROM python:3.12-slim\nRUN useradd -u 1000 app\n',
    },
  ],
  *check(file, world) {
    for (const stage of file.stages) {
      const system = stageDistro(file, stage, world);
      if (system?.distro.product !== 'ubuntu' || Number(system.distro.cycle) < 23.04) continue;
      if (/\b(?:userdel|deluser|usermod|groupmod)\b|\bid -u\b|getent\b/.test(stageText(stage))) continue;
      const users = usersAdded(file).flatMap(({ call, uid, shared }) => (uid === '1000' && !shared ? [call] : []));
      const groups = callsOf(file, 'groupadd', 'addgroup').filter((call) => {
        const { options } = readOptions(call.args, new Set(['-g', '--gid']));
        const word = options.find(({ name }) => name === '-g' || name === '--gid')?.valueWord;
        return word && !options.some(({ name }) => /^-[a-z]*[of]/.test(name)) && knownText(file, call, word) === '1000';
      });
      const first = [...users, ...groups]
        .filter(({ section, command }) => section.stage === stage && command.next !== '||' && !command.under.length)
        .sort((a, b) => a.command.span.start - b.command.span.start)[0];
      if (!first) continue;
      const at = first.command.span.start;
      yield {
        span: first.command.span,
        message: `${system.distro.name} has a user «ubuntu» with the number 1000, so this stops with «not unique» or «already exists». Remove that user first, or use another number.`,
        fixes: first.instruction.json
          ? []
          : [
              {
                title: 'Remove the user ubuntu first',
                safe: true,
                edits: [{ span: { start: at, end: at }, text: 'userdel -r ubuntu && ' }],
              },
            ],
      };
    }
  },
});
