import { callsOf, runCommands } from '../../dockerfile/shell/commands.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { stageDistro } from '../shared/stageDistro.ts';

export default dockerfileRule({
  id: 'nvidia-docker-legacy',
  severity: 'warning',
  title: 'Install NVIDIA’s tools from the repositories of today',
  why: 'nvidia-docker2 and its repository are retired: containers get GPUs by nvidia-container-toolkit. NVIDIA’s package key 7fa2af80 was withdrawn in April 2022, so `apt-get update` with it ends with «NO_PUBKEY A4B469963BF863CC». `apt-key` is gone from Debian 13: a key belongs into a file that `signed-by` names.',
  looksAt: ['RUN 7fa2af80', 'RUN nvidia-docker', 'RUN apt-key'],
  examples: [
    {
      bad: 'FROM ubuntu:22.04\nRUN curl -s -L «https://nvidia.github.io/nvidia-docker/gpgkey» -o /etc/apt/keyrings/n.asc\nRUN apt-get install -y «nvidia-docker2»\n',
    },
    { bad: 'FROM debian:13\nRUN curl -s https://example.org/key | «apt-key» add -\n' },
    {
      title: 'the key of NVIDIA that is no longer valid',
      bad: 'FROM ubuntu:20.04\nRUN apt-key adv --fetch-keys «https://developer.download.nvidia.com/compute/cuda/repos/ubuntu2004/x86_64/7fa2af80.pub»\n',
      good: 'FROM ubuntu:20.04\nRUN apt-key adv --fetch-keys https://developer.download.nvidia.com/compute/cuda/repos/ubuntu2004/x86_64/3bf863cc.pub\n',
    },
    {
      title: 'the repositories of Red Hat have a key of their own',
      bad: 'FROM rockylinux:8\nRUN rpm --import «https://developer.download.nvidia.com/compute/cuda/repos/rhel8/x86_64/7fa2af80.pub»\n',
      good: 'FROM rockylinux:8\nRUN rpm --import https://developer.download.nvidia.com/compute/cuda/repos/rhel8/x86_64/D42D0685.pub\n',
    },
    {
      good: 'FROM ubuntu:22.04\nRUN curl -fsSL https://nvidia.github.io/libnvidia-container/gpgkey -o /etc/apt/keyrings/n.asc && apt-get install -y nvidia-container-toolkit && apt-key del 7fa2af80\n',
    },
  ],
  *check(file, world) {
    for (const { args } of runCommands(file))
      for (const { value, span } of args) {
        const old = value.indexOf('7fa2af80.pub');
        if (old >= 0) {
          const now = /\/(?:rhel|fedora|sles|opensuse|cm\d)/.test(value) ? 'D42D0685' : '3bf863cc';
          yield {
            span,
            message: `NVIDIA withdrew the key 7fa2af80 in April 2022: ${now === '3bf863cc' ? 'apt refuses the repository with «NO_PUBKEY A4B469963BF863CC»' : 'packages are signed with another since'}. The key is ${now} now.`,
            fixes:
              span.end - span.start === value.length
                ? [
                    {
                      title: `Use the key ${now}`,
                      safe: true,
                      edits: [{ span: { start: span.start + old, end: span.start + old + 8 }, text: now }],
                    },
                  ]
                : [],
          };
        } else if (/^nvidia-docker2?$/.test(value) || /nvidia\.github\.io\/nvidia-docker\b/.test(value))
          yield {
            span,
            message: `«${value}» belongs to nvidia-docker, which is retired. Install nvidia-container-toolkit from nvidia.github.io/libnvidia-container.`,
          };
      }
    for (const { head, section } of callsOf(file, 'apt-key')) {
      const system = section.stage && stageDistro(file, section.stage, world);
      if (system?.distro.product === 'debian' && Number(system.distro.cycle) >= 13)
        yield {
          span: head.span,
          message: `${system.distro.name} has no apt-key. Save the key below /etc/apt/keyrings and name it with signed-by.`,
        };
    }
  },
});
