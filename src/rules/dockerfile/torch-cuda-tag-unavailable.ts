import { pipInstalls } from '../../dockerfile/packages/pip.ts';
import { torchFacts } from '../../knowledge/lookup.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { installedRequirements } from '../shared/installedRequirements.ts';
import { named } from '../shared/stagePackages.ts';
import { indexTag, torchSource } from '../shared/torchSource.ts';
import { nearestTag } from '../shared/torchTags.ts';

export default dockerfileRule({
  id: 'torch-cuda-tag-unavailable',
  severity: 'error',
  title: 'Use a CUDA build that the torch release has',
  why: 'Every torch release is built for two or three CUDA versions: `cu118` ended with 2.7, `cu121` with 2.5, `cu124` with 2.6. Another tag has no wheel of it, and pip finds nothing to install.',
  examples: [
    {
      bad: 'FROM python:3.12-slim\nRUN pip install «torch==2.8.0» --index-url https://download.pytorch.org/whl/cu118\n',
      good: 'FROM python:3.12-slim\nRUN pip install torch==2.8.0 --index-url https://download.pytorch.org/whl/cu126\n',
    },
    { good: 'FROM python:3.12-slim\nRUN pip install torch==2.5.1 --index-url https://download.pytorch.org/whl/cu121\n' },
    { good: 'FROM python:3.12-slim\nRUN pip install torch==2.8.0 --index-url https://download.pytorch.org/whl/cpu\n' },
    {
      title: 'with PyPI beside it, its own build is taken',
      good: 'FROM python:3.12-slim\nRUN pip install torch==2.8.0 --extra-index-url https://download.pytorch.org/whl/cu118\n',
    },
  ],
  *check(file, world) {
    const { knowledge, files } = world;
    for (const stage of file.stages)
      for (const instruction of stage.instructions)
        for (const install of pipInstalls(file, instruction)) {
          const from = torchSource(file, stage, install, world);
          if (from.kind !== 'index' || install.indexUrl === undefined || indexTag(install.indexUrl, knowledge) !== from.tag) continue;
          if (install.extraIndexUrls.length || !from.tag.startsWith('cu')) continue;
          const torch = installedRequirements(file, stage, install, files).installed.find(
            ({ requirement }) => requirement.name === 'torch',
          );
          const pinned = torch?.requirement.pinned;
          const release = pinned === undefined ? undefined : torchFacts(knowledge, pinned);
          if (!torch || pinned === undefined || !release || release.wheels.some(({ tag }) => tag === from.tag)) continue;
          const better = nearestTag(release, from.tag);
          const word = install.options.findLast(({ name }) => /^(?:-i|--index-url|--default-index)$/.test(name))?.valueWord;
          yield {
            span: torch.word.span,
            message: `${named(torch)} ${pinned} has no wheel for ${from.tag}: that release is built for ${release.wheels.map(({ tag }) => tag).join(', ')}.`,
            fixes:
              better !== undefined && word
                ? [{ title: `Use ${better}`, safe: false, edits: [{ span: word.span, text: word.text.replace(from.tag, better) }] }]
                : [],
          };
        }
  },
});
