import { torchFacts } from '../../knowledge/lookup.ts';
import { requirementsRule } from '../../lint/rule.ts';
import { holdsOnLinux } from '../../python/marker.ts';
import { pinText } from '../shared/pins.ts';
import { indexTag } from '../shared/torchSource.ts';
import { lastWith, mayHave } from '../shared/torchTags.ts';

export default requirementsRule({
  id: 'torch-cuda-tag-unavailable',
  severity: 'error',
  title: 'Use a CUDA build that the torch release has',
  why: 'Every torch release is built for two or three CUDA versions: `cu118` ended with 2.7, `cu121` with 2.5, `cu124` with 2.6. Where a project takes torch from an index without that release, there is no version to install.',
  examples: [
    {
      title: 'an index of uv',
      path: 'pyproject.toml',
      bad: '[project]\ndependencies = ["«torch==2.8.0»"]\n\n[tool.uv.sources]\ntorch = { index = "pytorch-cu118" }\n\n[[tool.uv.index]]\nname = "pytorch-cu118"\nurl = "https://download.pytorch.org/whl/cu118"\nexplicit = true\n',
      good: '[project]\ndependencies = ["torch==2.7.1"]\n\n[tool.uv.sources]\ntorch = { index = "pytorch-cu118" }\n\n[[tool.uv.index]]\nname = "pytorch-cu118"\nurl = "https://download.pytorch.org/whl/cu118"\nexplicit = true\n',
    },
    {
      title: 'a source of poetry',
      path: 'pyproject.toml',
      bad: '[tool.poetry.dependencies]\n«torch = {version = "2.6.0", source = "pytorch"}»\n\n[[tool.poetry.source]]\nname = "pytorch"\nurl = "https://download.pytorch.org/whl/cu121"\npriority = "explicit"\n',
    },
    { title: 'a local version', bad: '--extra-index-url https://download.pytorch.org/whl/cu118\n«torch==2.8.0+cu118»\n' },
    { title: 'a tool has seen the wheel: it wrote its hash', good: 'torch==2.8.0+cu118 --hash=sha256:0123\n' },
    { title: 'a build that the matrix of its release leaves out', good: 'torch==2.13.0+cu129\n' },
    { title: 'a build newer than all that are known', good: 'torch==2.14.0+cu140\n' },
    { good: '--extra-index-url https://download.pytorch.org/whl/cu126\ntorch==2.8.0+cu126\n' },
    {
      title: 'the index of another extra',
      path: 'pyproject.toml',
      good: '[project.optional-dependencies]\ncpu = ["torch==2.9.1"]\ncu124 = ["torch==2.6.0"]\n\n[tool.uv.sources]\ntorch = [{ index = "cpu", extra = "cpu" }, { index = "cu124", extra = "cu124" }]\n\n[[tool.uv.index]]\nname = "cpu"\nurl = "https://download.pytorch.org/whl/cpu"\n\n[[tool.uv.index]]\nname = "cu124"\nurl = "https://download.pytorch.org/whl/cu124"\nexplicit = true\n',
    },
    { title: 'PyPI has it', good: '--extra-index-url https://download.pytorch.org/whl/cu118\ntorch==2.8.0\n' },
  ],
  *check(file, { knowledge }) {
    for (const requirement of file.requirements) {
      const { name, pinned, marker, indexes = [], specifierSpan, conda } = requirement;
      const release = name === 'torch' && pinned !== undefined && !conda ? torchFacts(knowledge, pinned) : undefined;
      if (!release || pinned === undefined || requirement.hashed || holdsOnLinux(marker) !== true) continue;
      const local = /\+(cu\d+)$/.exec(pinned)?.[1];
      const tags = indexes.filter((index) => holdsOnLinux(index.marker) === true).map(({ url }) => indexTag(url, knowledge));
      const missing = [local, ...tags].find((tag) => tag?.startsWith('cu') && !mayHave(knowledge, release, tag));
      if (missing === undefined) continue;
      const last = lastWith(knowledge, missing);
      yield {
        span: requirement.span,
        message: `torch ${pinned} has no wheel for ${missing}: that release is built for ${release.wheels.map(({ tag }) => tag).join(', ')}.${last ? ` torch ${last.version} is the last for ${missing}.` : ''}`,
        fixes:
          last && specifierSpan
            ? [
                {
                  title: `Use torch ${last.version}`,
                  safe: false,
                  edits: [{ span: specifierSpan, text: pinText({ requirement }, last.version + (local === undefined ? '' : `+${local}`)) }],
                },
              ]
            : [],
      };
    }
  },
});
