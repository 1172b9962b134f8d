import { systemInstalls } from '../../dockerfile/packages/system.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { stageDistro } from '../shared/stageDistro.ts';
import { stageText } from '../shared/stageText.ts';
import { systemManagers } from '../shared/looksAt.ts';

export default dockerfileRule({
  id: 'apt-renamed',
  severity: 'error',
  title: 'Install packages that the release has',
  why: 'Packages are renamed and dropped from one release to the next, and `python:3.11-slim` moved from Debian 12 to 13 in August 2025: a Dockerfile that nobody touched stops with «has no installation candidate» or «Unable to locate package».',
  looksAt: [...systemManagers, '* sources.list', '* add-apt-repository', '* .deb', '* .sources', '* dpkg -i'],
  examples: [
    {
      bad: 'FROM python:3.11-slim\nRUN apt-get update && apt-get install -y «libgl1-mesa-glx» libglib2.0-0\n',
      good: 'FROM python:3.11-slim\nRUN apt-get update && apt-get install -y libgl1 libglib2.0-0\n',
    },
    {
      bad: 'FROM nvidia/cuda:12.6.3-runtime-ubuntu24.04\nRUN apt-get update && apt-get install -y «netcat»\n',
      good: 'FROM nvidia/cuda:12.6.3-runtime-ubuntu24.04\nRUN apt-get update && apt-get install -y netcat-openbsd\n',
    },
    {
      title: 'ROS is made on Ubuntu',
      bad: 'FROM ros:jazzy-ros-base\nRUN apt-get update && apt-get install -y «libgl1-mesa-glx»\n',
      good: 'FROM ros:jazzy-ros-base\nRUN apt-get update && apt-get install -y libgl1\n',
    },
    {
      title: 'nothing has its name now',
      bad: 'FROM debian:trixie\nRUN apt-get update && apt-get install -y «software-properties-common»\n',
    },
    {
      title: 'an older release has it; packages from elsewhere; a try with a way out',
      good: 'FROM python:3.11-slim-bookworm\nRUN apt-get update && apt-get install -y libgl1-mesa-glx\nFROM debian:13\nRUN echo deb http://deb.example.org/debian bullseye main > /etc/apt/sources.list.d/old.list && apt-get update && apt-get install -y libssl1.1\nFROM debian:13\nRUN apt-get update && (apt-get install -y libtiff5 || apt-get install -y libtiff6)\n',
    },
  ],
  *check(file, world) {
    for (const stage of file.stages) {
      const system = stageDistro(file, stage, world);
      // Another source of packages may still have it.
      if (!system || /sources\.list|add-apt-repository|\.deb\b|\.sources\b|dpkg -i/.test(stageText(stage))) continue;
      const { product, cycle, name: release } = system.distro;
      for (const instruction of stage.instructions)
        for (const { manager, packages, command } of systemInstalls(file, instruction)) {
          if (!/^apt/.test(manager) || command.next === '||' || command.under.length) continue;
          for (const word of packages) {
            const row = world.knowledge.aptRenames.find(({ name }) => name === word.value);
            const gone = row?.[product];
            if (!row || gone === undefined || Number(cycle) < Number(gone)) continue;
            const now = typeof row.now === 'string' ? row.now : row.now?.[cycle];
            yield {
              span: word.span,
              message: `${release} has no package «${word.value}»: the build stops here. ${now === undefined ? (row.advice ?? 'Leave it out, or use a base image of the release that has it.') : `It is ${now} now.`}`,
              fixes:
                now !== undefined && word.text === word.value
                  ? [{ title: `Install ${now}`, safe: false, edits: [{ span: word.span, text: now }] }]
                  : [],
            };
          }
        }
    }
  },
});
