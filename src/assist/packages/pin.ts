import type { KnowledgeBase } from '../../knowledge/knowledge.ts';
import { normalise } from '../../python/normalise.ts';
import type { Span } from '../../text/text.ts';
import type { Completion } from '../model.ts';
import { torchBuilds } from './indexes.ts';
import { usualPackages } from './usual.ts';
import { knownPackages, packageVersions, type Around } from './versions.ts';

const order = (at: number): string => String(at).padStart(4, '0');

/** What can stand where a requirement is written: `text` is what of it is there before the cursor, `span` what goes on behind it too. */
export function completePin(text: string, span: Span, around: Around, knowledge: KnowledgeBase): readonly Completion[] | undefined {
  const [, name, operator, typed] = /^([\w.-]+)(?:\[[\w,-]*\])?\s*(===|[=<>!~]=|[<>])\s*([\w.*+!-]*)$/.exec(text) ?? [];
  if (name === undefined || operator === undefined || typed === undefined) return undefined;
  const build = /^([\d.]+)\+/.exec(typed)?.[1];
  const place = { start: span.start + text.length - typed.length, end: span.end };
  if (build !== undefined) return normalise(name) === 'torch' ? locals(build, place, knowledge) : [];
  return packageVersions(normalise(name), around, knowledge)
    .filter(({ version }) => version.startsWith(typed) && (operator === '==' || !version.endsWith('*')))
    .map(({ version, detail, unfit }, at) => ({
      label: version,
      kind: 'value',
      span: place,
      text: version,
      detail: unfit === undefined ? detail : `${unfit}; ${detail}`,
      sort: order(at),
      ...(unfit === undefined ? {} : { deprecated: true as const }),
    }));
}

/** The builds of a torch release as PyTorch's own index names them: `2.5.1+cu124`. */
const locals = (version: string, span: Span, knowledge: KnowledgeBase): readonly Completion[] =>
  torchBuilds(version, knowledge).map(({ tag, detail }, at) => ({
    label: `${version}+${tag}`,
    kind: 'value',
    span,
    text: `${version}+${tag}`,
    detail,
    sort: order(at),
  }));

/** Names: with the newest version that fits where versions are known; what is typed already stands for itself, so that it can be left so. */
export function completeName(text: string, span: Span, around: Around, knowledge: KnowledgeBase): readonly Completion[] {
  const wanted = normalise(text);
  const plain = Object.entries({
    ...usualPackages,
    ...(Object.hasOwn(knownPackages, wanted) ? { [wanted]: knownPackages[wanted] ?? '' } : {}),
  })
    .filter(([name]) => name.startsWith(wanted))
    .map(([name, detail]): Completion => ({ label: name, kind: 'value', span, text: name, detail }));
  const pinned = Object.entries(knownPackages)
    .filter(([name]) => name.startsWith(wanted))
    .flatMap(([name, about]): readonly Completion[] => {
      const best = packageVersions(name, around, knowledge).find(({ unfit }) => unfit === undefined);
      if (!best) return [];
      return [
        {
          label: name,
          kind: 'value',
          span,
          text: `${name}==${best.version}`,
          detail: `${best.version}: ${best.detail}`,
          documentation: about,
        },
      ];
    });
  return [...pinned, ...plain];
}

/** The addresses of the project's own indexes, and of PyTorch's for each build. */
export const completeIndex = (typed: string, span: Span, { torch }: Around, knowledge: KnowledgeBase): readonly Completion[] =>
  [...ownIndexes(knowledge), ...torchBuilds(torch, knowledge)]
    .filter(({ url }) => url.startsWith(typed))
    .map(({ url, detail }, at) => ({ label: url, kind: 'value', span, text: url, detail, sort: order(at) }));

const ownIndexes = ({ indexes }: KnowledgeBase): readonly { readonly url: string; readonly detail: string }[] =>
  indexes.map(({ url, of, build }) => ({
    url,
    detail: of === 'pypi' ? 'a mirror of PyPI' : `a mirror of PyTorch’s index, ${build ?? ''}`,
  }));

/** The builds by name, as uv's `--torch-backend` takes them. */
export const completeBackend = (typed: string, span: Span, { torch }: Around, knowledge: KnowledgeBase): readonly Completion[] =>
  torchBuilds(torch, knowledge)
    .filter(({ tag }) => tag.startsWith(typed))
    .map(({ tag, detail }, at) => ({ label: tag, kind: 'value', span, text: tag, detail, sort: order(at) }));
