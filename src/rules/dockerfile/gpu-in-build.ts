import { callsOf, runCommands } from '../../dockerfile/shell/commands.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { withoutCommand } from '../shared/edits.ts';
import { mayFail } from '../shared/runSteps.ts';

export default dockerfileRule({
  id: 'gpu-in-build',
  severity: 'warning',
  title: 'Ask for the GPU when the container starts',
  why: 'BuildKit has no GPU and no driver for a build (the old builder has, where nvidia is the default runtime): `nvidia-smi` comes into a container with `--gpus`, from the host. In a RUN it ends with «not found» (127), and what looks for a GPU finds none. Check when the container starts, and name the architectures to compile for with TORCH_CUDA_ARCH_LIST or CMAKE_CUDA_ARCHITECTURES.',
  looksAt: ['RUN nvidia-smi', 'RUN rocm-smi', 'RUN assert'],
  examples: [
    { bad: 'FROM nvidia/cuda:12.4.1-base-ubuntu22.04\nRUN «nvidia-smi»\n', good: 'FROM nvidia/cuda:12.4.1-base-ubuntu22.04\n' },
    { bad: 'FROM pytorch/pytorch:2.5.1-cuda12.4-cudnn9-runtime\nRUN python -c «"import torch; assert torch.cuda.is_available()"»\n' },
    {
      title: 'where it may fail',
      good: 'FROM nvidia/cuda:12.4.1-base-ubuntu22.04\nRUN nvidia-smi || true\nRUN if command -v nvidia-smi; then nvidia-smi; fi\nRUN python -c "import torch; print(torch.cuda.is_available())"\nHEALTHCHECK CMD nvidia-smi\n',
    },
  ],
  *check(file) {
    for (const call of callsOf(file, 'nvidia-smi', 'rocm-smi')) {
      const { command, head, program } = call;
      if (mayFail(command) || command.next === '|') continue;
      const edit = withoutCommand(file, call);
      yield {
        span: head.span,
        message: `BuildKit builds without a GPU: ${program} comes into a container only when it starts with GPUs, and here it ends with «not found».`,
        fixes: edit ? [{ title: `Leave ${program} out`, safe: false, edits: [edit] }] : [],
      };
    }
    for (const { command, args } of runCommands(file)) {
      const script = args.find(({ value }) => /\bassert\b[^;\n]*(?:cuda\.is_available|list_physical_devices)\(/.test(value));
      if (!script || mayFail(command) || command.next === '|') continue;
      yield {
        span: script.span,
        severity: 'info',
        message: 'BuildKit builds without a GPU, so this assertion fails there. Make it when the container starts.',
      };
    }
  },
});
