import type { KnowledgeBase, TorchRelease } from '../../knowledge/knowledge.ts';
import { torchFacts } from '../../knowledge/lookup.ts';
import type { Requirement } from '../../python/model.ts';
import { compareVersions, minor, publicVersion } from '../../rules/shared/pins.ts';
import { codes, table } from './markdown.ts';

/** What is known about a requirement, in Markdown; undefined when nothing is. */
export function pinCard(requirement: Pick<Requirement, 'name' | 'pinned'>, knowledge: KnowledgeBase): string | undefined {
  const { name, pinned } = requirement;
  switch (name) {
    case 'torch':
    case 'torchvision':
    case 'torchaudio': {
      const release = name === 'torch' ? pinned && torchFacts(knowledge, pinned) : companion(knowledge, name, pinned);
      return release ? torchCard(release, name) : newest(name, pinned, knowledge);
    }
    case 'vllm':
      return vllmCard(knowledge, pinned);
    case 'xformers':
      return xformersCard(knowledge, pinned);
    case 'tensorflow': {
      const release =
        pinned === undefined ? knowledge.tensorflow.at(-1) : knowledge.tensorflow.find((each) => minor(each.version) === minor(pinned));
      if (!release) return undefined;
      const rows = [
        ['Python', range(release.python)],
        ['Tested with', `CUDA ${release.cuda}, cuDNN ${release.cudnn}`],
        ['Driver', `at least ${release.minDriver}`],
        ['GPU', '`tensorflow[and-cuda]` brings CUDA along; plain `tensorflow` uses the image’s'],
      ] as const;
      return [`**TensorFlow ${release.version}**`, table(rows)].join('\n\n');
    }
    case 'jax':
    case 'jaxlib': {
      const release = pinned === undefined ? knowledge.jax.at(-1) : knowledge.jax.find(({ version }) => version === publicVersion(pinned));
      if (!release) return undefined;
      const rows = [
        ['Released', release.released],
        ['Python', `${release.minPython} to ${release.maxPython}`],
        ['Extras', codes(release.extras)],
        ['GPU', 'plain `jax` computes on the CPU; an extra such as `jax[cuda12]` brings CUDA along'],
      ] as const;
      return [`**JAX ${release.version}**`, table(rows)].join('\n\n');
    }
    case 'onnxruntime-gpu': {
      const release = pinned === undefined ? undefined : knowledge.onnxRuntime.find(({ version }) => version === minor(pinned));
      if (!release) return undefined;
      const rows = [
        ['CUDA', release.cuda],
        ['cuDNN', release.cudnn],
        ['Note', 'a missing CUDA library is one warning, then it computes on the CPU'],
      ] as const;
      return [`**onnxruntime-gpu ${release.version}**`, table(rows)].join('\n\n');
    }
    case 'flash-attn': {
      const rows = [
        ['Needs', 'torch before it, `--no-build-isolation`, and nvcc: a `-devel` image, also where a built wheel is then taken'],
        ['Without', '«No module named torch», «CUDA_HOME environment variable is not set»'],
        ['Instead', 'the address of a wheel for this torch, CUDA and Python: then no nvcc is needed'],
        ['GPU', 'compute capability 8.0 and newer'],
      ] as const;
      return [`**${name}**`, table(rows)].join('\n\n');
    }
    default: {
      const need = knowledge.packageNeeds.find(({ names }) => names.includes(name));
      const rows: readonly (readonly [string, string | undefined])[] = [
        ...buildRows(name, pinned, knowledge),
        ...noteRows(name, pinned, knowledge),
        ['Needs', need?.libraries?.[0] ?? (need?.build ? `to compile it: ${need.build.join(', ')}` : undefined)],
        ['Without', need && `«${need.failsWith}»`],
        ['Instead', need?.instead],
      ];
      return rows.some(([, value]) => value !== undefined)
        ? [`**${name}${pinned === undefined ? '' : ` ${pinned}`}**`, table(rows)].join('\n\n')
        : undefined;
    }
  }
}

/** What is noted of a package; without a pin it is the newest. */
function noteRows(name: string, pinned: string | undefined, { packageNotes }: KnowledgeBase): readonly (readonly [string, string])[] {
  const rows = packageNotes.find((each) => each.name === name)?.rows ?? [];
  const version = pinned === undefined ? undefined : publicVersion(pinned);
  return rows
    .filter(({ text }) => version !== undefined || !text.includes('{version}'))
    .filter(({ since }) => since === undefined || version === undefined || compareVersions(version, since) >= 0)
    .map(({ label, text }) => [label, text.replace('{version}', version ?? '')]);
}

/** The Pythons and the NumPy that a release was built for. */
function buildRows(name: string, pinned: string | undefined, knowledge: KnowledgeBase): readonly (readonly [string, string | undefined])[] {
  if (pinned === undefined) return [];
  const between = (from: string, before: string | undefined): boolean =>
    compareVersions(pinned, from) >= 0 && (before === undefined || compareVersions(pinned, before) < 0);
  const row = knowledge.pythonSupport.find((each) => each.name === name && between(each.from, each.before));
  const numpy = knowledge.numpyBuilds.find((each) => each.name === name);
  return [
    ['Python', row?.newest === undefined ? undefined : `wheels for ${row.oldest === undefined ? 'up' : row.oldest} to ${row.newest}`],
    ['NumPy', numpy && (compareVersions(pinned, numpy.since) < 0 ? '1 only: built before NumPy 2' : '2 is fine')],
  ];
}

function torchCard(release: TorchRelease, name: string): string {
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['Released', release.released],
    ['Python', range(release.python)],
    ['torchvision', release.torchvision],
    ['torchaudio', release.torchaudio],
    [
      'On PyPI',
      release.pypiCuda === undefined ? undefined : `CUDA ${release.pypiCuda} build, about 4.3 GB installed; the CPU build has 0.5 GB`,
    ],
  ];
  const wheels = release.wheels.map(({ tag, minDriver, minComputeCapability }) =>
    [
      `| \`${tag}\``,
      minDriver === undefined ? '' : `driver ${minDriver}`,
      minComputeCapability === undefined ? '' : `GPU from ${minComputeCapability}`,
      `\`--index-url https://download.pytorch.org/whl/${tag}\` |`,
    ].join(' | '),
  );
  return [
    `**torch ${release.version}**${name === 'torch' ? '' : ` goes with this ${name}`}`,
    table(rows),
    ['| Build | Needs | | Index |', '|---|---|---|---|', ...wheels].join('\n'),
  ].join('\n\n');
}

function newest(name: 'torch' | Companion, pinned: string | undefined, knowledge: KnowledgeBase): string | undefined {
  const release = knowledge.torch.findLast((each) => name === 'torch' || each[name] !== undefined);
  const version = name === 'torch' ? release?.version : release?.[name];
  if (!release || version === undefined) return undefined;
  if (pinned !== undefined) return `**${name} ${pinned}** is none of the releases that are known here; the newest of them is ${version}.`;
  return name === 'torch'
    ? `**torch** without a pin is the newest release for the image’s Python; the newest known is ${version} (Python ${range(release.python)}).`
    : `**${name}** without a pin is the release that fits the torch beside it; the newest known is ${version}, with torch ${release.version}.`;
}

type Companion = 'torchvision' | 'torchaudio';

const companion = (knowledge: KnowledgeBase, name: Companion, pinned: string | undefined): TorchRelease | undefined =>
  pinned === undefined
    ? undefined
    : knowledge.torch.findLast((release) => release[name] !== undefined && minor(release[name]) === minor(pinned));

function vllmCard(knowledge: KnowledgeBase, pinned: string | undefined): string | undefined {
  const release = pinned === undefined ? undefined : knowledge.vllm.find(({ version }) => version === publicVersion(pinned));
  if (!release) return undefined;
  const rows = [
    ['torch', release.torch === undefined ? undefined : `${release.torch}, exactly`],
    ['Image', `\`vllm/vllm-openai:v${release.version}\`, CUDA ${release.cuda}`],
    ['Python', range(release.python)],
  ] as const;
  return [`**vLLM ${release.version}**`, table(rows), '_Likely._'].join('\n\n');
}

function xformersCard(knowledge: KnowledgeBase, pinned: string | undefined): string | undefined {
  const release = pinned === undefined ? undefined : knowledge.xformers.find(({ version }) => version === publicVersion(pinned));
  return release && [`**xFormers ${release.version}**`, table([['torch', `${release.torch}, exactly`]])].join('\n\n');
}

const range = (versions: readonly string[]): string =>
  versions.length > 1 ? `${versions[0] ?? ''} to ${versions.at(-1) ?? ''}` : (versions[0] ?? '');
