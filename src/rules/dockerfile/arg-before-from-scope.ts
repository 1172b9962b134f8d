import { globalArgs, variablesAt } from '../../dockerfile/scope.ts';
import { scriptsOf } from '../../dockerfile/shell/scripts.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { baseSets } from '../shared/baseSets.ts';
import { lineAt, lineBreak, lineSpan } from '../../text/text.ts';

export default dockerfileRule({
  id: 'arg-before-from-scope',
  severity: 'warning',
  title: 'Repeat in the stage what is declared before FROM',
  why: 'An ARG before the first FROM is for FROM lines. In a RUN of a stage it is empty unless the stage says `ARG NAME` too: `pip install torch==$TORCH` becomes `pip install torch==`.',
  looksAt: ['RUN'],
  examples: [
    {
      bad: 'ARG TORCH=2.5.1\nFROM python:3.12-slim\nRUN pip install --no-cache-dir «torch==${TORCH}»\n',
      good: 'ARG TORCH=2.5.1\nFROM python:3.12-slim\nARG TORCH\nRUN pip install --no-cache-dir torch==${TORCH}\n',
    },
    { title: 'set in the shell itself', good: 'ARG V=1\nFROM alpine:3.22\nRUN V=2 && echo "$V"\nRUN for V in a b; do echo $V; done\n' },
    {
      title: 'what the image that it chooses sets itself',
      good: 'ARG PYTHON_VERSION=3.12\nARG BASE=glcr.example.org/python/ver\nFROM python:${PYTHON_VERSION}-slim\nRUN echo $PYTHON_VERSION\nFROM $BASE:$PYTHON_VERSION\nRUN echo $PYTHON_VERSION\n',
    },
    {
      title: 'whoever builds names the image',
      good: 'ARG IMAGE\nARG PYTHON_VERSION\nFROM $IMAGE:$PYTHON_VERSION\nRUN echo $PYTHON_VERSION\n',
    },
    { title: 'in single quotes it is text', good: "ARG V=1\nFROM alpine:3.22\nRUN echo '$V'\n" },
  ],
  *check(file, { options }) {
    const globals = [...globalArgs(file, options.buildArgs).keys()].filter((name) => /^\w+$/.test(name));
    if (!globals.length) return;
    for (const stage of file.stages) {
      const reported = new Set<string>();
      for (const instruction of stage.instructions) {
        if (instruction.keyword !== 'RUN' || instruction.heredocs.length) continue;
        const known = variablesAt(file, stage, instruction, options.buildArgs);
        const text = instruction.body.text;
        for (const name of globals) {
          if (
            !text.includes(name) ||
            known.has(name) ||
            baseSets(file, stage, name, options.buildArgs) ||
            reported.has(name) ||
            new RegExp(`(?:^|[\\s;&|(])(?:export\\s+|local\\s+|read\\s+(?:-\\w+\\s+)*|for\\s+)?${name}(?:=|\\s+in\\b|\\s*$)`).test(text)
          )
            continue;
          const word = scriptsOf(file, instruction)
            .flatMap(({ commands }) => commands.flatMap(({ words }) => words))
            .find(
              (each) =>
                each.dynamic && new RegExp(`\\$(?:${name}(?!\\w)|\\{${name}(?=[}#%/]))`).test(each.text) && !/^'[^']*'$/.test(each.text),
            );
          if (!word) continue;
          reported.add(name);
          const end = lineSpan(file.source, lineAt(file.source, Math.max(stage.from.span.start, stage.from.span.end - 1))).end;
          yield {
            span: word.span,
            message: `«${name}» is declared before FROM only, so it is empty here. Repeat «ARG ${name}» in this stage.`,
            fixes: [
              {
                title: `Repeat ARG ${name} in this stage`,
                safe: true,
                edits: [{ span: { start: end, end }, text: `${lineBreak(file.source)}ARG ${name}` }],
              },
            ],
          };
        }
      }
    }
  },
});
