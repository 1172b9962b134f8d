import type { Dockerfile } from '../../../dockerfile/model.ts';
import type { World } from '../../../lint/rule.ts';
import { readRequirements, requirementsFormat } from '../../../python/read.ts';
import { torchCudnn, torchFacts } from '../../../knowledge/lookup.ts';
import type { TorchRelease } from '../../../knowledge/knowledge.ts';
import { cudaTagDeleted } from '../../../rules/shared/cudaTag.ts';
import { folderOf, join } from '../../../text/paths.ts';
import type { Span } from '../../../text/text.ts';
import { versionsOf } from '../../../rules/shared/imageVersions.ts';
import type { Completion } from '../../model.ts';
import { imagesFrom } from '../../offer.ts';

/** A tag of a base image; `gone`: why it is not one to begin with. */
interface BaseTag {
  readonly tag: string;
  readonly detail: string;
  readonly gone?: string;
}

/** Tags of the image that `FROM` names: those that fit, the newest first; then those that have ended or do not go with the pins. */
export function completeTags(file: Dockerfile, typed: string, span: Span, world: World): readonly Completion[] {
  const colon = typed.lastIndexOf(':');
  if (colon < 0 || colon < typed.lastIndexOf('/') || typed.includes('$')) return [];
  const name = typed.slice(0, colon);
  const prefix = typed.slice(colon + 1);
  // The word itself is used in this workspace too: it is no news.
  const own = file.source.text.slice(span.start, span.end).slice(colon + 1);
  const known = new Map<string, BaseTag>();
  for (const tag of [...flavoured(name, prefix, pinnedTorch(file, world), world), ...plain(name, world).filter(({ tag }) => tag !== own)])
    if (!known.has(tag.tag)) known.set(tag.tag, tag);
  const all = [...known.values()].filter(({ tag }) => tag.startsWith(prefix));
  const items = [...all.filter(({ gone }) => gone === undefined), ...all.filter(({ gone }) => gone !== undefined)].map(
    ({ tag, detail, gone }, at): Completion => ({
      label: `${name}:${tag}`,
      kind: 'image',
      span,
      text: `${name}:${tag}`,
      detail: gone ?? detail,
      sort: String(at).padStart(4, '0'),
      ...(gone === undefined ? {} : { deprecated: true as const }),
    }),
  );
  return imagesFrom(items, typed, { span });
}

const plain = (name: string, world: World): readonly BaseTag[] =>
  name === 'python' ? [] : versionsOf(name, world).filter(({ tag }) => name !== 'nvidia/cuda' || !cudaTagDeleted(tag));

function flavoured(name: string, prefix: string, torch: TorchRelease | undefined, { knowledge, today }: World): readonly BaseTag[] {
  if (name === 'pytorch/pytorch')
    return knowledge.torch.toReversed().flatMap(({ version, wheels }) =>
      wheels
        .filter(({ cuda }) => cuda !== undefined)
        .toReversed()
        .flatMap(({ cuda = '', minDriver }) =>
          ['runtime', 'devel'].map((flavour) => ({
            tag: `${version}-cuda${cuda}-cudnn${torchCudnn(version)}-${flavour}`,
            detail: `driver ${minDriver ?? ''}${flavour === 'devel' ? ', with nvcc' : ''}`,
          })),
        ),
    );
  if (name === 'tensorflow/tensorflow')
    return knowledge.tensorflow.toReversed().flatMap(({ version, cuda }) => [
      { tag: `${version}-gpu`, detail: `CUDA ${cuda}` },
      { tag: version, detail: 'for the CPU' },
    ]);
  // The tags of its documentation (docs/guides/integration/docker.md, 2026-08); a version of uv may stand before them.
  if (name === 'ghcr.io/astral-sh/uv')
    return livingPythons(knowledge, today).flatMap(({ cycle, eol }) => [
      { tag: `python${cycle}-trixie-slim`, detail: `until ${eol}` },
      { tag: `python${cycle}-trixie`, detail: `until ${eol}, with compilers` },
    ]);
  if (name !== 'python') return [];
  // With its system it stays what it is; but whoever has begun to type «-slim» means that, and no more.
  const flavours = prefix.includes('-') ? ['-slim', '-slim-bookworm', ''] : ['-slim-bookworm', '-slim', ''];
  return Object.entries(knowledge.endOfLife['python'] ?? {})
    .filter(([cycle]) => cycle.startsWith('3.') && Number(cycle.slice(2)) >= 8)
    .sort(([a], [b]) => Number(b.slice(2)) - Number(a.slice(2)))
    .flatMap(([cycle, { eol }]) => {
      const ended = eol !== undefined && eol < today ? `ended on ${eol}` : undefined;
      const unfit = torch && !torch.python.includes(cycle) ? `torch ${torch.version} has no build for Python ${cycle}` : undefined;
      const gone = ended ?? unfit;
      return flavours.map((flavour) => ({
        tag: `${cycle}${flavour}`,
        detail: `${eol !== undefined ? `until ${eol}` : ''}${flavour === '' ? ', with compilers' : ''}`,
        ...(gone === undefined ? {} : { gone }),
      }));
    });
}

/** The torch that requirements beside the Dockerfile pin. */
function pinnedTorch({ source }: Dockerfile, { files, knowledge }: World): TorchRelease | undefined {
  const folder = folderOf(source.path);
  for (const name of files.list(folder) ?? []) {
    if (requirementsFormat(name) === undefined) continue;
    const path = join(folder, name);
    const pinned = readRequirements(path, files.read(path) ?? '').requirements.find((each) => each.name === 'torch')?.pinned;
    if (pinned !== undefined) return torchFacts(knowledge, pinned);
  }
  return undefined;
}

/** The minor versions of Python that get fixes still, the newest first. */
const livingPythons = ({ endOfLife }: World['knowledge'], today: string): readonly { readonly cycle: string; readonly eol: string }[] =>
  Object.entries(endOfLife['python'] ?? {})
    .flatMap(([cycle, { eol }]) => (cycle.startsWith('3.') && eol !== undefined && eol >= today ? [{ cycle, eol }] : []))
    .sort((a, b) => Number(b.cycle.slice(2)) - Number(a.cycle.slice(2)));
