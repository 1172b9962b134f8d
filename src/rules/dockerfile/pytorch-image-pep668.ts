import { pipInstalls } from '../../dockerfile/packages/pip.ts';
import { systemPackages } from '../../dockerfile/packages/system.ts';
import { lineage, variablesAt } from '../../dockerfile/scope.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { lineBreak } from '../../text/text.ts';
import { bases, type Base } from '../shared/bases.ts';
import { distroOf, externallyManaged, managedTorchTag } from '../shared/distro.ts';
import { stageText } from '../shared/stageText.ts';
import { beside, stageWords } from '../shared/looksAt.ts';

export default dockerfileRule({
  id: 'pytorch-image-pep668',
  severity: 'error',
  title: 'Install into a virtual environment where the system’s Python is managed',
  why: 'The system’s pip of Ubuntu 23.04, Debian 12 and later refuses to install: «error: externally-managed-environment». `pytorch/pytorch` images from 2.10 on are such systems. A virtual environment, or `PIP_BREAK_SYSTEM_PACKAGES=1` in an image with one purpose, is the way.',
  reach: 'file',
  looksAt: ['RUN pip', 'RUN uv', ...beside(...stageWords)],
  examples: [
    {
      bad: 'FROM pytorch/pytorch:2.12.0-cuda12.6-cudnn9-runtime\nRUN «pip install» mlflow\n',
      good: 'FROM pytorch/pytorch:2.12.0-cuda12.6-cudnn9-runtime\nENV PIP_BREAK_SYSTEM_PACKAGES=1\nRUN pip install mlflow\n',
    },
    {
      bad: 'FROM nvidia/cuda:12.6.3-runtime-ubuntu24.04\nRUN apt-get update && apt-get install -y python3-pip\nRUN «pip3 install» torch\n',
      good: 'FROM nvidia/cuda:12.6.3-runtime-ubuntu24.04\nENV PIP_BREAK_SYSTEM_PACKAGES=1\nRUN apt-get update && apt-get install -y python3-pip\nRUN pip3 install torch\n',
    },
    {
      title: 'uv, told to use the system’s Python',
      bad: 'FROM ubuntu:24.04\nCOPY --from=ghcr.io/astral-sh/uv:0.9.9 /uv /bin/\nRUN apt-get update && apt-get install -y python3\nRUN «uv pip install» --system torch\n',
      good: 'FROM ubuntu:24.04\nENV UV_BREAK_SYSTEM_PACKAGES=1\nCOPY --from=ghcr.io/astral-sh/uv:0.9.9 /uv /bin/\nRUN apt-get update && apt-get install -y python3\nRUN uv pip install --system torch\n',
    },
    {
      title: 'a virtual environment',
      good: 'FROM ubuntu:24.04\nRUN apt-get update && apt-get install -y python3-venv && python3 -m venv /venv\nENV PATH=/venv/bin:$PATH\nRUN pip install torch\n',
    },
    { title: 'the flag', good: 'FROM ubuntu:24.04\nRUN pip3 install --break-system-packages torch\n' },
    { title: 'images with a Python of their own', good: 'FROM python:3.12-bookworm\nRUN pip install torch\n' },
    {
      title: 'a Python built from source',
      good: 'FROM debian:bookworm-slim\nRUN ./configure && make install && rm -rf /usr/src/python\nRUN pip3 install setuptools\n',
    },
    { good: 'FROM pytorch/pytorch:2.5.1-cuda12.4-cudnn9-runtime\nRUN pip install mlflow\n' },
  ],
  *check(file, world) {
    for (const base of bases(file, world)) {
      if (!managed(base)) continue;
      for (const stage of file.stages.filter((each) => lineage(each).includes(base.stage))) {
        const text = stageText(stage);
        // Another Python, or the marker taken away.
        if (/\bvenv\b|virtualenv|conda|mamba|pyenv|EXTERNALLY-MANAGED|break-system-packages|deadsnakes|uv python|altinstall/i.test(text))
          continue;
        // pip of a plain distribution is the package python3-pip; any other pip there belongs to another Python.
        const packages = systemPackages(file, stage);
        const uvFinds = ['python3', 'python3-pip', 'python3-dev'].some((name) => packages.has(name));
        const pipThere = base.parts.name === 'pytorch/pytorch' || packages.has('python3-pip');
        for (const instruction of stage.instructions)
          for (const install of pipInstalls(file, instruction)) {
            const { tool } = install;
            if (tool === 'pip' ? !pipThere || !/^(?:pip3?|python3?)$/.test(install.command.name) : !uvFinds) continue;
            if (install.options.some(({ name }) => /^(?:--target|-t|--prefix|--root|--python)$/.test(name))) continue;
            const variables = variablesAt(file, stage, instruction, world.options.buildArgs);
            // uv installs into the system's Python only where it is told to.
            if (tool === 'uv' && !install.options.some(({ name }) => name === '--system') && !variables.has('UV_SYSTEM_PYTHON')) continue;
            if (
              variables.has(`${tool.toUpperCase()}_BREAK_SYSTEM_PACKAGES`) ||
              variables.has('VIRTUAL_ENV') ||
              install.command.assignments.length
            )
              continue;
            const first = install.command.words.find(({ value }) => /^(?:uv|pip3?|python3?)$/.test(value)) ?? install.verb;
            const at = base.stage.from.span.end;
            yield {
              span: { start: first.span.start, end: install.verb.span.end },
              message: `${tool} ${tool === 'pip' ? 'of' : 'in'} «${base.image}» refuses to install outside a virtual environment («externally${tool === 'pip' ? '-managed-environment' : ' managed'}»). Make one, or set ${tool.toUpperCase()}_BREAK_SYSTEM_PACKAGES=1 when the image serves one purpose.`,
              fixes: [
                {
                  title: `Set ${tool.toUpperCase()}_BREAK_SYSTEM_PACKAGES=1`,
                  safe: false,
                  edits: [
                    { span: { start: at, end: at }, text: `${lineBreak(file.source)}ENV ${tool.toUpperCase()}_BREAK_SYSTEM_PACKAGES=1` },
                  ],
                },
              ],
            };
            return;
          }
      }
    }
  },
});

function managed({ parts }: Base): boolean {
  if (parts.registry !== 'docker.io') return false;
  if (parts.name === 'pytorch/pytorch') return managedTorchTag(parts.tag);
  const distro = /^(?:ubuntu|debian|nvidia\/cuda)$/.test(parts.name) ? distroOf(parts) : undefined;
  return distro !== undefined && externallyManaged(distro);
}
