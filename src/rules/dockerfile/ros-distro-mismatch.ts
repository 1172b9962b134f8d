import { systemInstalls } from '../../dockerfile/packages/system.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { rosSystems } from '../shared/distro.ts';
import { systemManagers } from '../shared/looksAt.ts';
import { stageDistro } from '../shared/stageDistro.ts';
import { stageText } from '../shared/stageText.ts';

export default dockerfileRule({
  id: 'ros-distro-mismatch',
  severity: 'error',
  title: 'Install the ROS that is made for the image’s Ubuntu',
  why: 'The packages of a ROS release are built for one Ubuntu: Noetic for 20.04, Humble for 22.04, Jazzy for 24.04. On another one packages.ros.org has none of them: «Unable to locate package ros-noetic-ros-base». Start from that Ubuntu (its CUDA image, say), or take the release that belongs to it.',
  looksAt: [...systemManagers, '* ROS_DISTRO', '* robostack', '* snapshots'],
  examples: [
    {
      bad: 'FROM nvidia/cuda:12.4.1-cudnn-devel-ubuntu22.04\nRUN apt-get update && apt-get install -y curl «ros-noetic-ros-base» ros-noetic-cv-bridge\n',
    },
    { title: 'the other way', bad: 'FROM ubuntu:24.04\nRUN apt-get update && apt-get install -y «ros-humble-desktop»\n' },
    {
      title: 'the one that belongs to it, a tool of no release, a try with a way out',
      good: 'FROM nvidia/cuda:12.4.1-devel-ubuntu22.04\nRUN apt-get update && apt-get install -y ros-humble-ros-base ros-dev-tools\nFROM ubuntu:24.04\nRUN apt-get update && (apt-get install -y ros-humble-desktop || apt-get install -y ros-jazzy-desktop)\nFROM ros:noetic\nRUN apt-get update && apt-get install -y ros-noetic-cv-bridge\n',
    },
  ],
  *check(file, world) {
    for (const stage of file.stages) {
      const system = stageDistro(file, stage, world);
      if (system?.distro.product !== 'ubuntu' || /robostack|snapshots\.ros|:[^\s]*\bdebs?\b.*ros/.test(stageText(stage))) continue;
      for (const instruction of stage.instructions) {
        const [found] = systemInstalls(file, instruction).flatMap(({ packages, command }) =>
          command.next === '||' || command.under.length
            ? []
            : packages.flatMap((word) => {
                const release = /^ros-([a-z]+)-[\w-]+/.exec(word.value)?.[1];
                const made = release === undefined ? undefined : rosSystems[release];
                return release === undefined || made === undefined || made === system.distro.cycle ? [] : [{ word, release, made }];
              }),
        );
        if (!found) continue;
        // ROS 2 is no way out for what is written for ROS 1.
        const own = /^(?:melodic|noetic)$/.test(found.release) ? undefined : longTerm[system.distro.cycle];
        yield {
          span: found.word.span,
          message: `ROS ${capital(found.release)} is built for Ubuntu ${found.made}, and «${system.image}» is ${system.distro.name}: «Unable to locate package ${found.word.value}». Start from Ubuntu ${found.made}${own === undefined ? '' : `, or take ROS ${capital(own)}`}.`,
        };
        break;
      }
    }
  },
});

const longTerm: Readonly<Record<string, string>> = { '22.04': 'humble', '24.04': 'jazzy' };

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
