import type { PythonInstall } from '../../dockerfile/packages/project.ts';
import { installsAt } from '../../dockerfile/packages/resolved.ts';
import type { ShellWord } from '../../dockerfile/shell/model.ts';
import type { KnowledgeBase } from '../../knowledge/knowledge.ts';
import { torchFacts } from '../../knowledge/lookup.ts';
import { dockerfileRule, type Fix } from '../../lint/rule.ts';
import { holdsOnLinux } from '../../python/marker.ts';
import { installedRequirements } from '../shared/installedRequirements.ts';
import { named } from '../shared/stagePackages.ts';
import { indexTag, torchSource, type TorchSource } from '../shared/torchSource.ts';
import { mayHave, nearestTag } from '../shared/torchTags.ts';
import { packageIndexes, pythonPackages } from '../shared/looksAt.ts';
import { pythonInstalls } from '../shared/pythonInstalls.ts';

export default dockerfileRule({
  id: 'torch-cuda-tag-unavailable',
  severity: 'error',
  title: 'Use a CUDA build that the torch release has',
  why: 'Every torch release is built for two or three CUDA versions: `cu118` ended with 2.7, `cu121` with 2.5, `cu124` with 2.6. Another tag has no wheel of it, and pip finds nothing to install.',
  looksAt: [...pythonPackages, ...packageIndexes],
  needs: pythonInstalls('torch'),
  examples: [
    {
      bad: 'FROM python:3.12-slim\nRUN pip install «torch==2.8.0» --index-url https://download.pytorch.org/whl/cu118\n',
      good: 'FROM python:3.12-slim\nRUN pip install torch==2.8.0 --index-url https://download.pytorch.org/whl/cu126\n',
    },
    {
      title: 'a build that is not in the matrix of the release',
      good: 'FROM python:3.12-slim\nRUN pip install torch==2.9.1 torchvision --index-url https://download.pytorch.org/whl/cu129\n',
    },
    {
      title: 'a build newer than all that are known',
      good: 'FROM python:3.12-slim\nRUN pip install torch==2.14.0 --index-url https://download.pytorch.org/whl/cu140\n',
    },
    { good: 'FROM python:3.12-slim\nRUN pip install torch==2.5.1 --index-url https://download.pytorch.org/whl/cu121\n' },
    { good: 'FROM python:3.12-slim\nRUN pip install torch==2.8.0 --index-url https://download.pytorch.org/whl/cpu\n' },
    {
      title: 'a build that the pin names',
      bad: 'FROM python:3.12-slim\nRUN pip install «torch==2.6.0+cu121» --extra-index-url https://download.pytorch.org/whl/cu121\n',
      good: 'FROM python:3.12-slim\nRUN pip install torch==2.6.0+cu124 --extra-index-url https://download.pytorch.org/whl/cu124\n',
    },
    {
      title: 'uv’s choice of a build; versions in variables',
      bad: 'FROM python:3.12-slim\nARG CUDA=cu121\nRUN uv pip install --system «torch==2.6.0» --torch-backend=${CUDA}\n',
    },
    {
      title: 'with PyPI beside it, its own build is taken',
      good: 'FROM python:3.12-slim\nRUN pip install torch==2.8.0 --extra-index-url https://download.pytorch.org/whl/cu118\n',
    },
  ],
  *check(file, world) {
    const { knowledge, files, options } = world;
    for (const stage of file.stages)
      for (const instruction of stage.instructions)
        for (const install of installsAt(file, stage, instruction, options.buildArgs)) {
          if (install.project) continue;
          for (const found of installedRequirements(file, stage, install, files).installed) {
            const { name, pinned, marker } = found.requirement;
            const release = name === 'torch' && pinned !== undefined ? torchFacts(knowledge, pinned) : undefined;
            if (!release || pinned === undefined || holdsOnLinux(marker) !== true) continue;
            // A build that the pin itself names is looked for wherever pip looks; files of requirements report theirs themselves.
            const local = found.path === undefined ? /\+(cu\d+)$/.exec(pinned)?.[1] : undefined;
            const tag = local ?? onlyTag(install, torchSource(file, stage, install, world), knowledge);
            if (tag === undefined || mayHave(knowledge, release, tag)) continue;
            const better = nearestTag(release, tag);
            yield {
              span: found.word.span,
              message: `${named(found)} ${pinned} has no wheel for ${tag}: that release is built for ${release.wheels.map((wheel) => wheel.tag).join(', ')}.`,
              fixes: better === undefined ? [] : fixes(install, found.word, tag, better),
            };
          }
        }
  },
});

const indexOption = /^(?:-i|--index-url|--default-index|--extra-index-url|--index|--torch-backend)$/;

/** The one build that an installation can get: that of the index that replaces PyPI, or of uv’s backend. */
function onlyTag({ indexUrl, extraIndexUrls }: PythonInstall, from: TorchSource, knowledge: KnowledgeBase): string | undefined {
  if (from.kind !== 'index' || !from.tag.startsWith('cu')) return undefined;
  if (from.backend) return from.tag;
  const alone = indexUrl !== undefined && indexTag(indexUrl, knowledge) === from.tag && !extraIndexUrls.length;
  return alone ? from.tag : undefined;
}

/** Another build, in the pin and in every option that names the one that is not there. */
function fixes({ options }: PythonInstall, word: ShellWord, tag: string, better: string): readonly Fix[] {
  const words = [word, ...options.flatMap(({ name, valueWord }) => (indexOption.test(name) && valueWord ? [valueWord] : []))];
  const edits = words.filter(({ text }) => text.includes(tag)).map(({ span, text }) => ({ span, text: text.replace(tag, better) }));
  return edits.length ? [{ title: `Use ${better}`, safe: false, edits }] : [];
}
