import type { Dockerfile, Stage, Word } from '../../dockerfile/model.ts';
import { baseImage, globalArgs, lineage } from '../../dockerfile/scope.ts';
import { imageReference } from '../../text/imageReference.ts';
import type { Edit } from '../../text/text.ts';
import { valueEdit } from './argument.ts';
import type { Combination } from './framework.ts';

/** Images that bring a framework or CUDA: another one takes their place where a choice says so. */
const frameworks = /^(?:pytorch\/pytorch|tensorflow\/tensorflow|nvidia\/cuda|vllm\/vllm-openai|nvidia\/(?:pytorch|tensorflow|cuda))$/;

const isPython = (image: string): boolean => imageReference(image).name.split('/').at(-1) === 'python';
const isFramework = (image: string): boolean => frameworks.test(imageReference(image).name);

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
    return wanted === undefined || wanted === current ? [] : imageEdits(file, word, wanted);
  });
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
  const { tag = '' } = imageReference(current);
  const [, version, flavour = ''] = /^(\d+\.\d+)(?:\.\d+)?(?:(?:a|b|rc)\d+)?(-.*)?$/.exec(tag) ?? [];
  if (version === python && !flavour.includes('alpine')) return current;
  const name = current.replace(/@.*$/, '').replace(new RegExp(`:${tag.replace(/[.]/g, '\\.')}$`), '');
  const usual = image.slice('python:'.length + python.length);
  const kept = version === undefined ? (tag === '' || tag === 'latest' || tag === '3' ? usual : `-${tag.replace(/^3-/, '')}`) : flavour;
  return `${name}:${python}${kept.includes('alpine') ? usual : kept}`;
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
