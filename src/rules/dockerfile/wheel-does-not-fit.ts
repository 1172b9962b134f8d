import { rootImage } from '../../dockerfile/scope.ts';
import { imageFacts } from '../../knowledge/lookup.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { fitsPython, wheelOf } from '../../python/wheel.ts';
import { minor } from '../shared/pins.ts';
import { ownPackages } from '../shared/stagePackages.ts';
import { stageTorch } from '../shared/stageTorch.ts';
import { stagePython } from '../shared/torchPython.ts';
import { pythonPackages, pythonVersion } from '../shared/looksAt.ts';
import { pythonInstalls } from '../shared/pythonInstalls.ts';
import { baseName } from '../../text/paths.ts';

export default dockerfileRule({
  id: 'wheel-does-not-fit',
  severity: 'error',
  title: 'Name a wheel that is built for the image’s Python, system and torch',
  why: 'The name of a wheel says what it is built for. For another Python or system, pip answers «is not a supported wheel on this platform». Extensions such as flash-attn also name the torch they were built with (`torch2.3`): with another they end in «undefined symbol» when they are imported.',
  looksAt: [...pythonPackages, ...pythonVersion],
  needs: pythonInstalls('.whl'),
  examples: [
    {
      bad: 'FROM python:3.12-slim\nRUN pip install «https://download.pytorch.org/whl/cu118/torch-2.1.0%2Bcu118-cp311-cp311-linux_x86_64.whl»\n',
      good: 'FROM python:3.11-slim\nRUN pip install https://download.pytorch.org/whl/cu118/torch-2.1.0%2Bcu118-cp311-cp311-linux_x86_64.whl\n',
    },
    {
      title: 'in a file of requirements',
      files: { 'requirements.txt': 'torch @ https://example.org/torch-2.3.0-cp310-cp310-win_amd64.whl\n' },
      bad: 'FROM python:3.10-slim\nCOPY requirements.txt .\nRUN pip install -r «requirements.txt»\n',
    },
    {
      title: 'built for another torch',
      bad: 'FROM pytorch/pytorch:2.5.1-cuda12.4-cudnn9-devel\nRUN pip install «https://example.org/flash_attn-2.7.3+cu12torch2.4cxx11abiFALSE-cp311-cp311-linux_x86_64.whl»\n',
    },
    {
      bad: 'FROM python:3.11-slim\nRUN pip install torch==2.4.1\nRUN pip install «https://example.org/flash_attn-2.7.3+cu12torch2.3cxx11abiFALSE-cp311-cp311-linux_x86_64.whl»\n',
    },
    {
      title: 'one for each system and Python',
      files: {
        'requirements.txt':
          'torch @ https://example.org/torch-2.3.0-cp310-cp310-win_amd64.whl ; platform_system == "Windows"\ntorch @ https://example.org/torch-2.3.0-cp312-cp312-linux_x86_64.whl ; platform_system == "Linux" and python_version == "3.12"\n',
      },
      good: 'FROM python:3.10-slim\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n',
    },
    {
      title: 'for every Python from one on; for any',
      good: 'FROM python:3.12-slim\nRUN pip install https://example.org/vllm-0.6.1-cp38-abi3-manylinux1_x86_64.whl ./dist/app-1.0-py3-none-any.whl\n',
    },
  ],
  *check(file, world) {
    const { knowledge, options } = world;
    for (const stage of file.stages)
      for (const found of ownPackages(file, stage, world)) {
        const wheel = wheelOf(found.requirement.url ?? '');
        if (
          !wheel ||
          found.install.options.some(({ name }) => /^(?:--python|-p|--platform|--python-version|--python-platform)$/.test(name))
        )
          continue;
        const name = `${wheel.name} ${wheel.version}${found.path === undefined ? '' : ` (in ${baseName(found.path)})`}`;
        const image = rootImage(file, stage, options.buildArgs);
        const facts = image === undefined ? undefined : imageFacts(knowledge, image);
        const foreign = wheel.platforms.every(
          (each) => /^(?:macosx|win)/.test(each) || (facts?.sure === 'certain' && other[facts.libc].test(each)),
        );
        const python = foreign ? undefined : stagePython(knowledge, file, stage, options.buildArgs);
        const built = /torch(\d+\.\d+)/.exec(wheel.version)?.[1];
        const torch = built === undefined ? undefined : stageTorch(file, stage, found.install, world);
        if (foreign)
          yield {
            span: found.word.span,
            message: `The wheel of ${name} is for ${wheel.platforms.join(', ')}, and this image is Linux${facts ? ` with ${facts.libc}` : ''}: pip refuses it.`,
          };
        else if (python && !fitsPython(wheel, python.version))
          yield {
            span: found.word.span,
            message: `The wheel of ${name} is for Python ${wheel.pythons.join(', ')}; «${python.image}» has ${python.version}, so pip refuses it.`,
          };
        else if (built !== undefined && torch && minor(torch.version) !== built)
          yield {
            span: found.word.span,
            message: `The wheel of ${name} is built for torch ${built}, and ${torch.from} has ${torch.version}: importing it ends in «undefined symbol».`,
          };
      }
  },
});

/** Platforms of the other C library. */
const other = { glibc: /^musllinux/, musl: /^manylinux/ } as const;
