import type { KnowledgeBase } from '../../knowledge/knowledge.ts';
import { normalise } from '../../python/normalise.ts';
import type { Span } from '../../text/text.ts';
import type { Completion } from '../model.ts';

/** Extras that bring what a package needs on a GPU or to be served, with a word about each. */
const known: Readonly<Record<string, readonly (readonly [name: string, about: string])[]>> = {
  tensorflow: [['and-cuda', 'brings CUDA and cuDNN, since 2.14']],
  'onnxruntime-gpu': [
    ['cuda', 'brings the CUDA libraries, since 1.21'],
    ['cudnn', 'brings cuDNN, since 1.21'],
  ],
  fastapi: [['standard', 'uvicorn and the command fastapi']],
  uvicorn: [['standard', 'faster loops, reload, WebSockets']],
};

/** What can stand in the brackets behind a name: `text` is what is there before the cursor; undefined outside of them. */
export function completeExtra(text: string, span: Span, { jax }: Pick<KnowledgeBase, 'jax'>): readonly Completion[] | undefined {
  const [, name, before, typed] = /^([\w.-]+)\[((?:[\w-]+,)*)([\w-]*)$/.exec(text) ?? [];
  if (name === undefined || before === undefined || typed === undefined) return undefined;
  const offers =
    normalise(name) === 'jax' ? (jax.at(-1)?.extras ?? []).map((extra) => [extra, about(extra)] as const) : (known[normalise(name)] ?? []);
  const present = new Set(before.split(','));
  return offers
    .filter(([extra]) => extra.startsWith(typed) && !present.has(extra))
    .map(([extra, detail], at) => ({
      label: extra,
      kind: 'value',
      span: { start: span.start + text.length - typed.length, end: span.start + text.length },
      text: extra,
      ...(detail === '' ? {} : { detail }),
      sort: String(at),
    }));
}

const about = (extra: string): string =>
  /^cuda\d+-local$/.test(extra) ? 'uses the CUDA of the image' : /^cuda\d+$/.test(extra) ? `brings ${extra.replace('cuda', 'CUDA ')}` : '';
