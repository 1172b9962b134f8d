import { dockerfileRule } from '../../lint/rule.ts';
import { lineage } from '../../dockerfile/scope.ts';
import type { ImageReference } from '../../text/imageReference.ts';
import { bases } from '../shared/bases.ts';
import { excludes } from '../shared/excludes.ts';
import { stageText } from '../shared/stageText.ts';
import { named, ownPackages } from '../shared/stagePackages.ts';
import { beside, pythonPackages, setting } from '../shared/looksAt.ts';
import { pythonInstalls } from '../shared/pythonInstalls.ts';

/** The framework and version that an image's tag says it brings; no version where it is a build of its own. */
function framework({ registry, name, tag = '' }: ImageReference): { readonly package: string; readonly version?: string } | undefined {
  // Its version is that of no release (`2.6.0a0+ecf3bae40a`), and constraints in the image hold pip to it.
  if (registry === 'nvcr.io' && name === 'nvidia/pytorch') return { package: 'torch' };
  const version = /^(\d+\.\d+\.\d+)(?:$|-)/.exec(tag)?.[1];
  if (version === undefined) return undefined;
  if (name === 'pytorch/pytorch') return { package: 'torch', version };
  return name === 'tensorflow/tensorflow' ? { package: 'tensorflow', version } : undefined;
}

export default dockerfileRule({
  id: 'framework-image-reinstall',
  severity: 'warning',
  title: 'Do not install another framework over the image’s own',
  why: 'A framework image brings torch or TensorFlow. When the requirements pin another version, pip downloads it too: 3 to 4 GB on top of what is there, and the image’s build with its CUDA libraries is never used.',
  looksAt: [...pythonPackages, ...beside('RUN', 'COPY', 'ADD', ...setting('uninstall', 'PIP_CONSTRAINT', 'pip/constraint.txt'))],
  needs: pythonInstalls('torch', 'tensorflow'),
  examples: [
    {
      files: { 'requirements.txt': 'torch==2.3.0\npandas\n' },
      bad: 'FROM pytorch/pytorch:2.5.1-cuda12.4-cudnn9-runtime\nCOPY requirements.txt .\nRUN pip install -r «requirements.txt»\n',
    },
    {
      bad: 'FROM tensorflow/tensorflow:2.16.1-gpu\nRUN pip install «tensorflow==2.15.0»\n',
      good: 'FROM tensorflow/tensorflow:2.16.1-gpu\nRUN pip install tensorflow==2.16.1\n',
    },
    {
      title: 'a range',
      bad: 'FROM pytorch/pytorch:2.5.1-cuda12.4-cudnn9-runtime\nRUN pip install «"torch<2.5"»\n',
      good: 'FROM pytorch/pytorch:2.5.1-cuda12.4-cudnn9-runtime\nRUN pip install "torch==2.5.1"\n',
    },
    {
      title: 'a version in a variable',
      bad: 'FROM pytorch/pytorch:2.5.1-cuda12.4-cudnn9-runtime\nARG TORCH=2.4.0\nRUN pip install «torch==${TORCH}»\n',
    },
    { title: 'NVIDIA’s own build', bad: 'FROM nvcr.io/nvidia/pytorch:25.01-py3\nRUN pip install «torch==2.6.0»\n' },
    {
      title: 'which is taken away first',
      good: 'FROM nvcr.io/nvidia/pytorch:25.01-py3\nRUN pip uninstall -y torch torchvision\nRUN pip install torch==2.6.0\n',
    },
    {
      title: 'left to the image',
      files: {
        'pyproject.toml': '[project]\nname = "x"\ndependencies = ["torch==2.6.0"]\n',
        'uv.lock': '[[package]]\nname = "torch"\nversion = "2.6.0"\n',
      },
      good: 'FROM nvcr.io/nvidia/pytorch:25.01-py3\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --locked --no-install-package torch\n',
    },
    { good: 'FROM nvcr.io/nvidia/pytorch:25.01-py3\nRUN pip install "torch>=2" transformers\n' },
    {
      files: { 'requirements.txt': 'torch>=2.3\npandas\n' },
      good: 'FROM pytorch/pytorch:2.5.1-cuda12.4-cudnn9-runtime\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n',
    },
    { good: 'FROM pytorch/pytorch:2.5.1-cuda12.4-cudnn9-runtime\nRUN pip install torch==2.5.1 mlflow\n' },
  ],
  *check(file, world) {
    for (const { image, parts, stage: root } of bases(file, world)) {
      const own = framework(parts);
      if (!own) continue;
      for (const stage of file.stages.filter((each) => lineage(each).includes(root))) {
        // Whoever takes it away first, or the constraints that hold it, means another.
        if (new RegExp(`uninstall[^&|;]*\\b${own.package}\\b|PIP_CONSTRAINT|pip/constraint\\.txt`).test(stageText(stage))) continue;
        for (const found of ownPackages(file, stage, world)) {
          const { name, pinned, specifier } = found.requirement;
          if (name !== own.package || !(own.version === undefined ? pinned : excludes(found.requirement, own.version))) continue;
          if (found.install.options.some(({ name: option }) => /^(?:--target|-t|--python)$/.test(option))) continue;
          yield {
            span: found.word.span,
            message:
              own.version === undefined
                ? `«${image}» brings a build of ${own.package} by NVIDIA, which no index has; ${named(found)} asks for ${pinned ?? specifier}, so pip replaces it or refuses to. Leave ${own.package} out.`
                : `«${image}» brings ${own.package} ${own.version}; ${named(found)} asks for ${pinned ?? specifier}, so the image holds both: 3 to 4 GB more. Leave ${own.package} out, or choose the image that has ${pinned ?? 'such a version'}.`,
            fixes:
              own.version !== undefined &&
              found.path === undefined &&
              found.requirement.specifierSpan &&
              found.install.operands.length === 1
                ? [
                    {
                      title: `Ask for ${own.version}`,
                      safe: false,
                      edits: [{ span: found.requirement.specifierSpan, text: `==${own.version}` }],
                    },
                  ]
                : [],
          };
        }
      }
    }
  },
});
