import { variablesAt } from '../../dockerfile/scope.ts';
import { systemInstalls } from '../../dockerfile/packages/system.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { stageDistro } from '../shared/stageDistro.ts';
import { stageText, textOf } from '../shared/stageText.ts';
import { systemManagers } from '../shared/looksAt.ts';

/** Packages of Ubuntu that pull tzdata or keyboard-configuration, which ask. */
const asking =
  /^(?:tzdata|keyboard-configuration|libopencv-dev|python3-opencv|ffmpeg|python3-tk|r-base(?:-core|-dev)?|texlive(?:-[\w-]+)?)$/;

const asks = /^(?:tzdata|keyboard-configuration)$/;

export default dockerfileRule({
  id: 'tzdata-hang',
  severity: 'info',
  quiet: 'BuildKit gives a build no input, and most packages then take their default.',
  title: 'Let packages that ask be installed without questions',
  why: 'Ubuntu images have no tzdata. A package that pulls it asks for the geographic area during the build, where nobody answers: it waits until someone stops it. `DEBIAN_FRONTEND=noninteractive` takes the default. Debian images have tzdata already.',
  looksAt: [
    ...systemManagers,
    '* DEBIAN_FRONTEND',
    '* /etc/localtime',
    '* /etc/timezone',
    '* debconf-set-selections',
    '* /dev/null',
    '* yes',
  ],
  examples: [
    {
      bad: 'FROM ubuntu:22.04\nRUN apt-get update && apt-get install -y «python3-tk» git\n',
      good: 'FROM ubuntu:22.04\nRUN apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y python3-tk git\n',
    },
    {
      title: 'set before, or the zone is there',
      good: 'FROM ubuntu:22.04\nARG DEBIAN_FRONTEND=noninteractive\nRUN apt-get update && apt-get install -y ffmpeg\nFROM ubuntu:22.04\nRUN ln -s /usr/share/zoneinfo/UTC /etc/localtime && apt-get update && apt-get install -y tzdata\n',
    },
    {
      title: 'without what is only recommended',
      good: 'FROM ubuntu:22.04\nRUN apt-get update && apt-get install -y --no-install-recommends ffmpeg\n',
    },
    {
      title: 'what asks itself asks without recommended packages too',
      bad: 'FROM nvidia/cuda:12.4.1-runtime-ubuntu22.04\nRUN apt-get update && apt-get install -y --no-install-recommends «tzdata»\n',
      good: 'FROM nvidia/cuda:12.4.1-runtime-ubuntu22.04\nRUN apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends tzdata\n',
    },
    {
      title: 'answered: in the RUN, by debconf, by an input',
      good: 'FROM ubuntu:22.04\nRUN apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y tzdata\nFROM ubuntu:22.04\nRUN echo "tzdata tzdata/Areas select Etc" | debconf-set-selections && apt-get update && apt-get install -y tzdata\nFROM ubuntu:22.04\nRUN apt-get update && yes | apt-get install ffmpeg\nFROM ubuntu:22.04\nRUN apt-get update && apt-get install -y tzdata < /dev/null\n',
    },
    {
      title: 'set in the stage below; an image whose packages are not known; no package that asks',
      good: 'FROM ubuntu:22.04 AS base\nENV DEBIAN_FRONTEND=noninteractive\nFROM base\nRUN apt-get update && apt-get install -y ffmpeg\nFROM company.example/ubuntu:22.04\nRUN apt-get install -y tzdata\nFROM ubuntu:22.04\nRUN apt-get update && apt-get install -y curl git\n',
    },
    { title: 'Debian has it', good: 'FROM python:3.12-slim\nRUN apt-get update && apt-get install -y ffmpeg\n' },
  ],
  *check(file, world) {
    for (const stage of file.stages) {
      const system = stageDistro(file, stage, world);
      if (system?.distro.product !== 'ubuntu' || !/^(?:docker\.io\/)?(?:library\/)?(?:ubuntu|nvidia\/cuda):/.test(system.image)) continue;
      if (/\/etc\/(?:localtime|timezone)|debconf-set-selections|<\s*\/dev\/null|\byes\s*\|/.test(stageText(stage))) continue;
      for (const instruction of stage.instructions) {
        if (instruction.keyword !== 'RUN' || textOf(instruction).includes('DEBIAN_FRONTEND')) continue;
        if (variablesAt(file, stage, instruction, world.options.buildArgs).has('DEBIAN_FRONTEND')) continue;
        for (const { manager, packages, options, command } of systemInstalls(file, instruction)) {
          // Most of them only recommend what asks.
          const bare = options.some(({ name }) => name === '--no-install-recommends');
          const found = /^apt/.test(manager)
            ? packages.find(({ value }) => (bare ? asks : asking).test(value.replace(/=.*$/, '')))
            : undefined;
          if (!found) continue;
          const at = command.words[0]?.span.start ?? command.span.start;
          yield {
            span: found.span,
            message: `«${found.value}» ${asks.test(found.value) ? 'asks' : 'pulls packages that ask'} questions while it is installed, and a build cannot answer: some builders wait for ever. Set DEBIAN_FRONTEND=noninteractive.`,
            fixes:
              instruction.json || /^sudo$/.test(command.name)
                ? []
                : [
                    {
                      title: 'Set DEBIAN_FRONTEND=noninteractive here',
                      safe: true,
                      edits: [{ span: { start: at, end: at }, text: 'DEBIAN_FRONTEND=noninteractive ' }],
                    },
                  ],
          };
          break;
        }
      }
    }
  },
});
