import { systemInstalls } from '../../dockerfile/packages/system.ts';
import { commandsOf } from '../../dockerfile/shell/scripts.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { endsOnError } from '../shared/endsOnError.ts';
import { systemManagers } from '../shared/looksAt.ts';
import { stageDistro } from '../shared/stageDistro.ts';
import { stageText } from '../shared/stageText.ts';

export default dockerfileRule({
  id: 'apt-archived',
  severity: 'error',
  title: 'Install from a release that the servers of packages still have',
  why: 'When a release has ended for good, its packages move: Debian 9 and 10 are on archive.debian.org alone, Ubuntu’s releases between two LTS ones on old-releases.ubuntu.com. `apt-get update` in an image of theirs ends with «404 Not Found» and «does not have a Release file». Take a release that is maintained; where that cannot be, point the sources at the archive before.',
  looksAt: [...systemManagers, '* sources', '* archive', '* old-releases', '* apt.conf', '* mirror', '* /etc/apt'],
  examples: [
    {
      bad: 'FROM python:3.8-slim-buster\nRUN «apt-get update» && apt-get install -y libgl1\n',
    },
    { title: 'Debian 9, of which only lists are fetched', bad: 'FROM debian:stretch\nRUN «apt update»\n' },
    {
      title: 'a release that is there; the archive; an own server; a try with a way out',
      good: "FROM python:3.12-slim-bookworm\nRUN apt-get update && apt-get install -y libgl1\nFROM python:3.8-slim-buster\nRUN sed -i 's/deb[.]/archive./g' /etc/apt/sources.list && apt-get update\nFROM debian:buster\nCOPY sources.list /etc/apt/\nRUN apt-get update\nFROM debian:buster\nRUN apt-get update || true\nFROM debian:buster\nRUN apt-get update; echo goes on\nFROM ubuntu:20.04\nRUN apt-get update\n",
    },
    { title: 'on the day before', today: '2025-06-01', good: 'FROM python:3.8-slim-buster\nRUN apt-get update\n' },
  ],
  *check(file, world) {
    for (const stage of file.stages) {
      const system = stageDistro(file, stage, world);
      const row = system && moved[`${system.distro.product} ${system.distro.cycle}`];
      if (!system || !row || world.today < row.since) continue;
      if (/sources|archive|old-releases|apt\.conf|mirror|\/etc\/apt|Acquire|snapshot/i.test(stageText(stage))) continue;
      // A stage below has said it.
      if (stage.base?.instructions.some(({ keyword, body }) => keyword === 'RUN' && /\bapt(?:-get)?\b/.test(body.text))) continue;
      for (const instruction of stage.instructions) {
        if (instruction.keyword !== 'RUN') continue;
        const installs = systemInstalls(file, instruction).map(({ command }) => command);
        const commands = commandsOf(file, instruction);
        const stops = commands.some(endsOnError);
        const command = commands.find(
          (each) =>
            (stops || each.next === undefined || each.next === '&&') &&
            /^apt(?:-get)?$/.test(each.name) &&
            (each.words.some(({ value }) => value === 'update') || installs.includes(each)) &&
            each.next !== '||' &&
            !each.under.length,
        );
        if (!command) continue;
        const verb = command.words.find(({ value }) => value === 'update' || value === 'install') ?? command.words.at(-1);
        const program = command.words.find(({ value }) => /^apt(?:-get)?$/.test(value));
        yield {
          span: { start: program?.span.start ?? command.span.start, end: verb?.span.end ?? command.span.end },
          message: `The packages of ${system.distro.name}, of «${system.image}», are on ${row.to} alone now: apt-get ends with «404 Not Found», and the build with it. Use a newer release.`,
        };
        break;
      }
    }
  },
});

interface Moved {
  /** By then the usual servers had dropped it. */
  readonly since: string;
  readonly to: string;
}

// Debian: archive.debian.org/debian/README and reports of «does not have a Release file» (stretch from 2023-04, buster from 2025-07).
// Ubuntu: releases.ubuntu.com and old-releases.ubuntu.com, checked 2026-11.
const moved: Readonly<Record<string, Moved | undefined>> = {
  'debian 9': { since: '2023-05-01', to: 'archive.debian.org' },
  'debian 10': { since: '2025-08-01', to: 'archive.debian.org' },
  'ubuntu 21.04': { since: '2022-08-01', to: 'old-releases.ubuntu.com' },
  'ubuntu 21.10': { since: '2023-01-01', to: 'old-releases.ubuntu.com' },
  'ubuntu 22.10': { since: '2024-01-01', to: 'old-releases.ubuntu.com' },
  'ubuntu 23.04': { since: '2024-08-01', to: 'old-releases.ubuntu.com' },
};
