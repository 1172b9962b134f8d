import type { Dockerfile, Stage, Word } from '../../dockerfile/model.ts';
import { pipInstalls } from '../../dockerfile/packages/pip.ts';
import { baseImage, globalArgs, lineage, variablesAt } from '../../dockerfile/scope.ts';
import { imageReference } from '../../text/imageReference.ts';
import { managedTorchTag } from '../../rules/shared/distro.ts';
import { stageText } from '../../rules/shared/stageText.ts';
import { lineBreak, type Edit } from '../../text/text.ts';
import { valueEdit } from './argument.ts';
import { debianOf, type Combination } from './framework.ts';

/** Images that bring a framework or CUDA: another one takes their place where a choice says so. */
const frameworks =
  /^(?:pytorch\/pytorch|tensorflow\/tensorflow|nvidia\/cuda|vllm\/vllm-openai|rocm\/(?:pytorch|tensorflow|vllm)|nvidia\/(?:pytorch|tensorflow|cuda))$/;

export const isPython = (image: string): boolean => {
  const { name, tag = '' } = imageReference(image);
  return name.split('/').at(-1) === 'python' || (name === 'astral-sh/uv' && /^(?:\d[\w.]*-)?python\d/.test(tag));
};
export const isFramework = (image: string): boolean => frameworks.test(imageReference(image).name);

/** Writes the image of a combination into the `FROM` lines that it is for: those of Python, and where the framework is. */
export function baseEdits(file: Dockerfile, combination: Combination, installing: ReadonlySet<Stage>): readonly Edit[] {
  if (combination.from === 'kept') return [];
  const last = file.stages.at(-1);
  const final = last && lineage(last).at(-1);
  return file.stages.flatMap((stage) => {
    const { image: word, base } = stage;
    const current = word && !base ? baseImage(file, stage) : undefined;
    if (!word || current === undefined) return [];
    const near = stage === final || [...installing].some((each) => lineage(each).includes(stage));
    const wanted = nextImage(current, combination, near);
    if (wanted === undefined) return [];
    return [...(wanted === current ? [] : imageEdits(file, word, wanted)), ...managedEdits(file, stage, wanted)];
  });
}

/** What pip needs to be told in an image whose Python is the system's, unless there is a virtual environment. */
function managedEdits(file: Dockerfile, stage: Stage, image: string): readonly Edit[] {
  const { registry, name, tag } = imageReference(image);
  if (registry !== 'docker.io' || name !== 'pytorch/pytorch' || !managedTorchTag(tag)) return [];
  const installs = file.stages
    .filter((each) => lineage(each).includes(stage) && !ownEnvironment.test(stageText(each)))
    .flatMap((each) => each.instructions.flatMap((instruction) => pipInstalls(file, instruction).map((install) => ({ each, install }))));
  const refused = installs.some(
    ({ each, install: { tool, instruction } }) => tool === 'pip' && !variablesAt(file, each, instruction).has('PIP_BREAK_SYSTEM_PACKAGES'),
  );
  const { end } = stage.from.span;
  return refused ? [{ span: { start: end, end }, text: `${lineBreak(file.source)}ENV PIP_BREAK_SYSTEM_PACKAGES=1` }] : [];
}

/** What makes a Python apart from the system's, or says that there is no need of one. */
const ownEnvironment = /\bvenv\b|virtualenv|VIRTUAL_ENV|conda|mamba|pyenv|break-system-packages/i;

/** Where the path of a folder says which Python it belongs to: it follows the images, when all of them had the same Python. */
export function pathEdits(file: Dockerfile, { from, python }: Combination): readonly Edit[] {
  const before = new Set(
    file.stages.flatMap((stage) => {
      const image = stage.base ? undefined : baseImage(file, stage);
      return image !== undefined && isPython(image) ? [/(?:^|python)(3\.\d+)/.exec(imageReference(image).tag ?? '')?.[1]] : [];
    }),
  );
  const [old] = before;
  if (from !== 'python' || python === undefined || before.size !== 1 || old === undefined || old === python) return [];
  return file.instructions
    .filter(({ keyword }) => keyword === 'COPY' || keyword === 'ADD' || keyword === 'ENV')
    .flatMap(({ span }) =>
      [...file.source.text.slice(span.start, span.end).matchAll(new RegExp(`/python${old.replace('.', '[.]')}(?=/)`, 'g'))].map(
        ({ index }) => {
          const start = span.start + index + '/python'.length;
          return { span: { start, end: start + old.length }, text: python };
        },
      ),
    );
}

function nextImage(current: string, { image, from, python }: Combination, near: boolean): string | undefined {
  if (from === 'whole') return near && (isPython(current) || isFramework(current)) ? flavoured(current, image) : undefined;
  if (isPython(current) && python !== undefined) return withPython(current, python, image);
  return near && isFramework(current) ? image : undefined;
}

/** `-devel` stays `-devel`: it is there to compile something. */
const flavoured = (current: string, image: string): string =>
  /-devel$/.test(current) && imageReference(current).name === imageReference(image).name ? image.replace(/-runtime$/, '-devel') : image;

/** The same flavour with another Python; a tag that says no version gets one. */
function withPython(current: string, python: string, image: string): string {
  const { name: repository, tag = '' } = imageReference(current);
  if (repository === 'astral-sh/uv')
    return current
      .replace(/@.*$/, '')
      .replace(/python3(?:\.\d+)?/, `python${python}`)
      .replace(/-alpine.*$/, '-bookworm-slim');
  const [, version, flavour = ''] = /^(\d+\.\d+)(?:\.\d+)?(?:(?:a|b|rc)\d+)?(-.*)?$/.exec(tag) ?? [];
  if (version === python && !flavour.includes('alpine')) return current;
  const name = current.replace(/@.*$/, '').replace(new RegExp(`:${tag.replace(/[.]/g, '\\.')}$`), '');
  const usual = image.slice('python:'.length + python.length);
  const kept = version === undefined ? (tag === '' || tag === 'latest' || tag === '3' ? usual : `-${tag.replace(/^3-/, '')}`) : flavour;
  const flavourOf = kept.replace(
    /-(trixie|bookworm|bullseye|buster|stretch|jessie)$/,
    (_, each: string) => `-${debianOf(python, each) ?? each}`,
  );
  return `${name}:${python}${kept.includes('alpine') ? usual : flavourOf}`;
}

/** Changes the ARGs that a `FROM` is put together from, where its text allows that; else the word itself. */
function imageEdits(file: Dockerfile, word: Word, wanted: string): readonly Edit[] {
  const whole: readonly Edit[] = [{ span: word.span, text: wanted }];
  const names: string[] = [];
  const parts = word.text.split(/(\$\{\w+\}|\$\w+)/);
  const pattern = parts.map((part, at) => {
    if (at % 2 === 0) return part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    names.push(part.replace(/\W/g, ''));
    return '(.+?)';
  });
  if (!names.length) return whole;
  const match = new RegExp(`^${pattern.join('')}$`).exec(wanted);
  const args = globalArgs(file);
  const edits = names.map((name, at) => {
    const argument = args.get(name);
    const value = match?.[at + 1];
    if (!argument || value === undefined) return undefined;
    return argument.value === value ? [] : valueEdit(file, argument.declaration, value);
  });
  return edits.every((edit) => edit !== undefined) ? edits.flat() : whole;
}
