import { holdsOnLinux } from '../../python/marker.ts';
import type { Requirements } from '../../python/model.ts';
import type { Edit } from '../../text/text.ts';
import type { Combination } from './framework.ts';
import { torchBuild } from './torchIndex.ts';

/**
 * Turns the PyTorch indexes of a file to the wanted build: those for every package, and those that are named for what a combination pins. An
 * index that has the old build in its name is called after the new one. What an extra chooses stays: it is there to have several builds.
 */
export function indexTurns(file: Requirements, combination: Combination, tag: string): readonly Edit[] {
  const { text } = file.source;
  const own = file.requirements
    .filter((each) => combination.packages.some(({ name }) => name === each.name))
    .flatMap(({ indexes = [] }) => indexes)
    .filter(({ group, marker }) => group === undefined && holdsOnLinux(marker) !== false);
  const spans = new Map<number, Edit>();
  const put = (start: number, old: string): unknown => spans.set(start, { span: { start, end: start + old.length }, text: tag });
  for (const { value, valueSpan } of file.options) {
    const old = torchBuild(value);
    const at = old === undefined || old === tag ? -1 : text.indexOf(`/whl/${old}`, valueSpan.start);
    if (old !== undefined && at >= 0 && at <= valueSpan.end) put(at + '/whl/'.length, old);
  }
  for (const old of new Set(own.map(({ url }) => torchBuild(url)))) {
    if (old === undefined || old === tag) continue;
    for (const { index } of text.matchAll(new RegExp(`/whl/${old}(?=[/"'])`, 'g'))) put(index + '/whl/'.length, old);
    const named = [...text.matchAll(new RegExp(`(["'])([\\w.-]+[-_.])${old}\\1`, 'g'))];
    if (named.some(([, quote = '', before = '']) => text.includes(`${quote}${before}${tag}${quote}`))) continue;
    for (const { index, 2: before = '' } of named) put(index + 1 + before.length, old);
  }
  return [...spans.values()];
}
