import { systemInstalls } from '../../dockerfile/packages/system.ts';
import { rootImage } from '../../dockerfile/scope.ts';
import { sectionsOf } from '../../dockerfile/sections.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { systemManagers } from '../shared/looksAt.ts';

export default dockerfileRule({
  id: 'driver-in-image',
  severity: 'warning',
  title: 'Leave the GPU driver to the host',
  why: 'The NVIDIA Container Toolkit, which belongs on the host, puts the host’s driver into a container when it starts. A driver in the image has another version than the kernel module, and programs end with «Driver/library version mismatch».',
  looksAt: systemManagers,
  examples: [
    { bad: 'FROM ubuntu:22.04\nRUN apt-get update && apt-get install -y «nvidia-driver-550» «nvidia-utils-550» git\n' },
    { bad: 'FROM rockylinux:9\nRUN dnf install -y «nvidia-container-toolkit»\n' },
    {
      title: 'libraries and tools of CUDA',
      good: 'FROM nvidia/cuda:12.4.1-base-ubuntu22.04\nRUN apt-get update && apt-get install -y cuda-nvcc-12-4 libcudnn9-cuda-12 nvidia-cuda-toolkit nvtop\n',
    },
  ],
  *check(file, { options }) {
    for (const { stage, instructions } of sectionsOf(file)) {
      // An image that a machine starts from.
      if (/bootc|coreos|silverblue/.test((stage && rootImage(file, stage, options.buildArgs)) ?? file.source.path)) continue;
      for (const instruction of instructions)
        for (const { packages } of systemInstalls(file, instruction))
          for (const { value, span } of packages)
            if (
              /^(?:nvidia-(?:driver|utils|kernel|dkms|headless|docker2|container-(?:toolkit|runtime)|modprobe)\b|cuda-drivers\b|libnvidia-compute-)/.test(
                value,
              )
            )
              yield {
                span,
                ...(/docker|container/.test(value) ? { severity: 'info' as const } : {}),
                message: /docker|container/.test(value)
                  ? `«${value}» belongs on the host, where containers are started. In an image it is of use only where that starts containers itself.`
                  : `«${value}» is a driver, and containers get the host’s when they start with GPUs. In an image it is another version, which does not go with the host’s kernel.`,
              };
    }
  },
});
