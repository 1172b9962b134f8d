import { expand } from '../../dockerfile/expand.ts';
import { globalArgs, predefinedArgs } from '../../dockerfile/scope.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { nearest } from '../../text/nearest.ts';
import { variableUse } from '../shared/variableUse.ts';

export default dockerfileRule({
  id: 'undefined-arg-in-from',
  severity: 'warning',
  title: 'Declare the variables of FROM before the first FROM',
  why: 'FROM sees only the ARGs that stand before the first FROM. Any other variable is empty there, and the image is another one than meant or none at all.',
  also: ['buildkit:UndefinedArgInFrom'],
  examples: [
    { bad: 'FROM python:«${VERSION}»-slim\n', good: 'ARG VERSION=3.12\nFROM python:${VERSION}-slim\n' },
    { bad: 'FROM --platform=«$BULIDPLATFORM» alpine:3.22\n' },
    { title: 'a default in the substitution', good: 'FROM python:${VERSION:-3.12}-slim\n' },
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
        for (const name of result.unset) {
          const meant = nearest(name, [...args.keys(), ...predefinedArgs]);
          const at = variableUse(word.text, name);
          const span = at ? { start: word.span.start + at.index, end: word.span.start + at.index + at.length } : word.span;
          yield {
            span,
            message: `Nothing before the first FROM declares «${name}», so it is empty here.${meant ? ` Did you mean ${meant}?` : ` Add «ARG ${name}=…» at the top.`}`,
          };
        }
      }
  },
});
