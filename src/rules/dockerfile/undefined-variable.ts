import type { Dockerfile, Instruction, Stage } from '../../dockerfile/model.ts';
import { expand } from '../../dockerfile/expand.ts';
import { globalArgs, platformArgs, predefinedArgs, rootImage, variablesAt } from '../../dockerfile/scope.ts';
import { dockerfileRule, type Fix } from '../../lint/rule.ts';
import { nearest } from '../../text/nearest.ts';
import { lineAt, lineBreak, lineSpan } from '../../text/text.ts';
import { imageReference } from '../../text/imageReference.ts';
import { baseSets } from '../shared/baseSets.ts';
import { variableUse } from '../shared/variableUse.ts';

const expanded = new Set(['ADD', 'ARG', 'COPY', 'ENV', 'EXPOSE', 'LABEL', 'STOPSIGNAL', 'USER', 'VOLUME', 'WORKDIR']);

export default dockerfileRule({
  id: 'undefined-variable',
  severity: 'warning',
  title: 'Declare a variable before using it',
  why: 'A variable that nothing sets is empty: `COPY $SRC /app` copies from nowhere, `ENV PATH=$PAHT:/opt` throws the old path away. An ARG before the first FROM does not reach into a stage: repeat it there as `ARG NAME`.',
  also: ['buildkit:UndefinedVar'],
  looksAt: [...[...expanded].map((keyword) => `${keyword} $`), '&ENV', '&ARG'],
  examples: [
    { bad: 'FROM scratch\nCOPY «$SRC» /app/\n' },
    {
      bad: 'ARG VERSION=1\nFROM company.example/base:1\nLABEL version=«$VERSION»\n',
      good: 'ARG VERSION=1\nFROM company.example/base:1\nARG VERSION\nLABEL version=$VERSION\n',
    },
    { bad: 'FROM python:3.12-slim\nENV PATH=/opt/bin:«$PAHT»\n', good: 'FROM python:3.12-slim\nENV PATH=/opt/bin:$PATH\n' },
    { title: 'a base image may set anything', good: 'FROM company.example/base:1\nWORKDIR $APP_HOME\n' },
    {
      title: 'appending to what may be empty',
      good: 'FROM python:3.12-slim\nENV PYTHONPATH=/app:$PYTHONPATH LD_LIBRARY_PATH=/opt/lib:${LD_LIBRARY_PATH}\n',
    },
    {
      title: 'a version that chooses the image is set in it too',
      good: 'ARG PYTHON_VERSION=3.12.1\nFROM glcr.example.org/python/ver:${PYTHON_VERSION}\nENV PARENT=python-${PYTHON_VERSION}\n',
    },
    { title: 'a default', good: 'FROM scratch\nARG A\nCOPY ${SRC:-src} $A $TARGETARCH /app/\nFROM scratch\nENV B=1\nCOPY $B /app/\n' },
  ],
  *check(file, { options }) {
    const globals = globalArgs(file, options.buildArgs);
    for (const stage of file.stages) {
      const inherited = inheritedNames(file, stage, options.buildArgs);
      for (const instruction of stage.instructions) {
        if (!expanded.has(instruction.keyword) || !instruction.body.text.includes('$')) continue;
        const variables = variablesAt(file, stage, instruction, options.buildArgs);
        const isSet = (name: string): boolean => variables.has(name) || predefinedArgs.has(name) || inherited?.includes(name) === true;
        for (const { name, span } of unsetIn(file, instruction, isSet)) {
          const global = globals.has(name);
          if (!global && inherited === undefined) continue;
          if (global && baseSets(file, stage, name, options.buildArgs)) continue;
          const meant = nearest(name, [...variables.keys(), ...(inherited ?? []), ...platformArgs]);
          const hint = global
            ? ` The ARG before FROM does not reach into a stage: repeat «ARG ${name}» here.`
            : meant
              ? ` Did you mean ${meant}?`
              : '';
          const written = file.source.text.slice(span.start, span.end);
          const right = !global && meant !== undefined && /^\$\{?\w+\}?$/.test(written) ? written.replace(name, meant) : undefined;
          yield {
            span,
            message: `Nothing sets «${name}» here, so it is empty.${hint}`,
            fixes: global
              ? [declare(file, stage, name)]
              : right === undefined
                ? []
                : [{ title: `Write ${right}`, safe: false, edits: [{ span, text: right }] }],
          };
        }
      }
    }
  },
});

/** What the base image surely sets; undefined when that is not known. */
function inheritedNames(file: Dockerfile, stage: Stage, buildArgs: Readonly<Record<string, string>>): readonly string[] | undefined {
  const root = rootImage(file, stage, buildArgs);
  if (root === undefined) return undefined;
  const { registry, name } = imageReference(root);
  if (name === 'scratch') return [];
  if (registry !== 'docker.io') return undefined;
  if (name === 'python')
    return [
      'PATH',
      'LANG',
      'GPG_KEY',
      'PYTHON_VERSION',
      'PYTHON_SHA256',
      'PYTHON_PIP_VERSION',
      'PYTHON_SETUPTOOLS_VERSION',
      'PYTHON_GET_PIP_URL',
      'PYTHON_GET_PIP_SHA256',
    ];
  return /^(?:debian|ubuntu|alpine|busybox)$/.test(name) ? ['PATH'] : undefined;
}

function* unsetIn(file: Dockerfile, instruction: Instruction, isSet: (name: string) => boolean) {
  const { keyword, pairs = [], args, json } = instruction;
  const words =
    keyword === 'ENV' || keyword === 'LABEL' || keyword === 'ARG'
      ? pairs.flatMap(({ name, value }) => (value ? [{ word: value, target: name.value }] : []))
      : args.map((word) => ({ word, target: '' }));
  const seen = new Set<string>();
  for (const { word, target } of words) {
    const text = json ? word.value : word.text;
    if (!text.includes('$')) continue;
    const result = expand(text, (name) => (isSet(name) ? 'x' : undefined), { escape: file.escape });
    if (!result.ok) continue;
    for (const name of result.unset) {
      // `X=…:$X` adds to what the base image may have.
      if (seen.has(name) || name === target) continue;
      seen.add(name);
      const at = variableUse(word.text, name);
      const exact = word.text.length === word.span.end - word.span.start;
      yield { name, span: at && exact ? { start: word.span.start + at.index, end: word.span.start + at.index + at.length } : word.span };
    }
  }
}

function declare(file: Dockerfile, stage: Stage, name: string): Fix {
  const end = lineSpan(file.source, lineAt(file.source, Math.max(stage.from.span.start, stage.from.span.end - 1))).end;
  return {
    title: `Repeat ARG ${name} in this stage`,
    safe: true,
    edits: [{ span: { start: end, end }, text: `${lineBreak(file.source)}ARG ${name}` }],
  };
}
