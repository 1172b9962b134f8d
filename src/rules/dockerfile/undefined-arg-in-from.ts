import { expand } from '../../dockerfile/expand.ts';
import { globalArgs, predefinedArgs } from '../../dockerfile/scope.ts';
import type { Dockerfile } from '../../dockerfile/model.ts';
import { dockerfileRule, type Fix } from '../../lint/rule.ts';
import type { Span } from '../../text/text.ts';
import { nearest } from '../../text/nearest.ts';
import { variableUse } from '../shared/variableUse.ts';
import { lineBefore } from '../shared/edits.ts';

export default dockerfileRule({
  id: 'undefined-arg-in-from',
  severity: 'warning',
  title: 'Declare the variables of FROM before the first FROM',
  why: 'FROM sees only the ARGs that stand before the first FROM. Any other variable is empty there, and the image is another one than meant or none at all.',
  also: ['buildkit:UndefinedArgInFrom'],
  reach: 'file',
  looksAt: ['FROM $', '&ARG'],
  examples: [
    { bad: 'FROM python:«${VERSION}»-slim\n', good: 'ARG VERSION=3.12\nFROM python:${VERSION}-slim\n' },
    { bad: 'FROM --platform=«$BULIDPLATFORM» alpine:3.22\n', good: 'FROM --platform=$BUILDPLATFORM alpine:3.22\n' },
    {
      title: 'a stage declares it too late',
      bad: 'FROM python:«$VERSION»\nARG VERSION=3.12\n',
      good: 'ARG VERSION=3.12\nFROM python:$VERSION\nARG VERSION=3.12\n',
    },
    {
      title: 'a default that nothing can replace',
      bad: 'FROM python:«${VERSION:-3.12}»-slim\n',
      good: 'ARG VERSION\nFROM python:${VERSION:-3.12}-slim\n',
    },
  ],
  *check(file, { options }) {
    const args = globalArgs(file, options.buildArgs);
    const lookup = (name: string): string | undefined =>
      args.has(name) ? (args.get(name)?.value ?? '') : predefinedArgs.has(name) ? 'x' : undefined;
    for (const { from, image } of file.stages)
      for (const word of [image, from.flags.find(({ name }) => name === 'platform')?.value]) {
        if (!word?.text.includes('$')) continue;
        const result = expand(word.text, lookup, { escape: file.escape });
        if (!result.ok) continue;
        for (const name of result.used) {
          if (lookup(name) !== undefined) continue;
          const meant = nearest(name, [...args.keys(), ...predefinedArgs]);
          const at = variableUse(word.text, name);
          const open = result.unset.has(name);
          const span = at ? { start: word.span.start + at.index, end: word.span.start + at.index + at.length } : word.span;
          if (!open) {
            const edit = file.stages[0] && lineBefore(file, file.stages[0].from, `ARG ${name}`);
            yield {
              span,
              severity: 'info',
              message: `Nothing before the first FROM declares «${name}», so no --build-arg reaches it: what stands here for it is always taken.`,
              fixes: edit ? [{ title: `Declare ${name} before the first FROM`, safe: true, edits: [edit] }] : [],
            };
            continue;
          }
          yield {
            span,
            message: `Nothing before the first FROM declares «${name}», so it is empty here.${meant ? ` Did you mean ${meant}?` : ` Add «ARG ${name}=…» at the top.`}`,
            fixes: fixes(file, name, meant, span, at !== undefined),
          };
        }
      }
  },
});

/** The name that was meant, or the declaration of a stage before the first FROM as well. */
function fixes(file: Dockerfile, name: string, meant: string | undefined, span: Span, exact: boolean): readonly Fix[] {
  const written = file.source.text.slice(span.start, span.end);
  if (meant !== undefined)
    return exact && written.includes(name)
      ? [{ title: `Write ${meant}`, safe: false, edits: [{ span, text: written.replace(name, meant) }] }]
      : [];
  const late = file.instructions
    .flatMap(({ keyword, pairs = [] }) => (keyword === 'ARG' ? pairs : []))
    .find((pair) => pair.name.value === name && pair.value);
  const [first] = file.stages;
  if (!late?.value || !first || late.value.text.includes('$')) return [];
  const edit = lineBefore(file, first.from, `ARG ${name}=${late.value.text}`);
  return edit ? [{ title: `Declare ${name} before the first FROM`, safe: false, edits: [edit] }] : [];
}
