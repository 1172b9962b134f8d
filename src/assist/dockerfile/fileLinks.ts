import { stageAround } from '../../dockerfile/scope.ts';
import type { Dockerfile, Instruction, Word } from '../../dockerfile/model.ts';
import { mountsOf } from '../../dockerfile/mounts.ts';
import { pipInstalls } from '../../dockerfile/packages/pip.ts';
import type { Files } from '../../lint/rule.ts';
import { contextFile } from '../../rules/shared/contextFile.ts';
import { folderOf, join, upwards } from '../../text/paths.ts';
import type { Span } from '../../text/text.ts';
import type { Link } from '../model.ts';

/** The files of the build context that instructions name and that are there: sources of COPY and ADD, of bind mounts, requirements. */
export function* fileLinks(file: Dockerfile, files: Files): Generator<Link> {
  const folder = folderOf(file.source.path);
  for (const outer of file.instructions) {
    const instruction = outer.trigger ?? outer;
    for (const { path, span } of contextWords(instruction)) {
      const found = inContext(folder, path, files);
      if (found !== undefined) yield { span, target: { kind: 'file', path: found } };
    }
    const stage = stageAround(file, outer);
    if (!stage || instruction.keyword !== 'RUN') continue;
    for (const install of pipInstalls(file, instruction))
      for (const { value, span, text } of install.files) {
        const found = contextFile(file, stage, instruction, value, files);
        // `--requirement=a.txt` and `-ra.txt` are one word.
        if (found !== undefined && text.endsWith(value))
          yield { span: { start: span.end - value.length, end: span.end }, target: { kind: 'file', path: found } };
      }
  }
}

interface ContextPath {
  readonly path: string;
  readonly span: Span;
}

function contextWords(instruction: Instruction): readonly ContextPath[] {
  const { keyword, args, flags, heredocs } = instruction;
  if (keyword === 'RUN')
    return mountsOf(instruction).flatMap(({ type, fields }) =>
      type === 'bind' && !fields.some(({ name }) => name === 'from')
        ? fields.flatMap(({ name, value, span }) =>
            /^(?:source|src)$/.test(name) && value ? [{ path: value, span: { start: span.end - value.length, end: span.end } }] : [],
          )
        : [],
    );
  if ((keyword !== 'COPY' && keyword !== 'ADD') || flags.some(({ name }) => name === 'from')) return [];
  return args
    .slice(0, -1)
    .filter(({ span }) => !heredocs.some(({ opener }) => opener.start === span.start))
    .map((word) => ({ path: word.value, span: inside(word) }));
}

const inside = ({ text, span }: Word): Span =>
  /^(["']).*\1$/.test(text) && span.end - span.start === text.length ? { start: span.start + 1, end: span.end - 1 } : span;

/** A path below the Dockerfile's folder, or below one above it when the context is that. */
function inContext(folder: string, path: string, files: Files): string | undefined {
  if (/[$*?[]|:\/\/|^git@/.test(path) || join('', path) === '') return undefined;
  return upwards(folder)
    .map((at) => join(at, path.replace(/^\/+/, '')))
    .find((found) => files.exists(found));
}
