import { installsAt } from '../../dockerfile/packages/resolved.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { installedRequirements } from '../shared/installedRequirements.ts';
import { indexTag } from '../shared/torchSource.ts';
import { lastWith } from '../shared/torchTags.ts';
import { pythonPackages } from '../shared/looksAt.ts';
import { pythonInstalls } from '../shared/pythonInstalls.ts';

export default dockerfileRule({
  id: 'torch-unpinned-old-index',
  severity: 'info',
  title: 'Pin torch where its index has ended',
  why: 'An index such as `cu118` gets no new torch. Without a version, pip stays at the last one there for ever, while everything beside it moves on.',
  looksAt: pythonPackages,
  needs: pythonInstalls('torch'),
  examples: [
    {
      bad: 'FROM python:3.11\nRUN pip install torch --index-url «https://download.pytorch.org/whl/cu118»\n',
      good: 'FROM python:3.11\nRUN pip install torch==2.7.1 --index-url https://download.pytorch.org/whl/cu118\n',
    },
    { good: 'FROM python:3.11\nRUN pip install torch==2.7.1 --index-url https://download.pytorch.org/whl/cu118\n' },
    { good: 'FROM python:3.11\nRUN pip install torch --index-url https://download.pytorch.org/whl/cpu\n' },
  ],
  *check(file, { knowledge, files, options }) {
    for (const stage of file.stages)
      for (const instruction of stage.instructions)
        for (const install of installsAt(file, stage, instruction, options.buildArgs)) {
          const option = install.options.findLast(({ name }) => /^(?:-i|--index-url)$/.test(name));
          const tag = indexTag(option?.value ?? '', knowledge);
          const last = tag === undefined ? undefined : lastWith(knowledge, tag);
          if (!option?.valueWord || tag === undefined || !last) continue;
          const torch = installedRequirements(file, stage, install, files).installed.find(
            ({ requirement }) => requirement.name === 'torch',
          );
          if (!torch || torch.requirement.specifier || torch.requirement.url !== undefined) continue;
          const { end } = torch.requirement.nameSpan;
          const vision = last.torchvision === undefined ? '' : ` torchvision==${last.torchvision}`;
          yield {
            span: option.valueWord.span,
            message: `The index ${tag} ended with torch ${last.version}: without a version, this stays there for ever. Write torch==${last.version}${vision}, or take a living index (${
              knowledge.torch
                .at(-1)
                ?.wheels.map((wheel) => wheel.tag)
                .join(', ') ?? ''
            }).`,
            fixes:
              torch.path === undefined && !torch.requirement.extras.length
                ? [{ title: `Pin torch ${last.version}`, safe: false, edits: [{ span: { start: end, end }, text: `==${last.version}` }] }]
                : [],
          };
        }
  },
});
