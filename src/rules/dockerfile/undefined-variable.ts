import type { Dockerfile, Instruction, Word } from '../../dockerfile/model.ts';
import { expand } from '../../dockerfile/expand.ts';
import { expandedHeredocs, inHeredoc } from '../../dockerfile/expansionFaults.ts';
import { inheritedNames } from '../../dockerfile/inherited.ts';
import { globalArgs, platformArgs, variablesAt } from '../../dockerfile/scope.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { nearest } from '../../text/nearest.ts';
import { baseSets } from '../shared/baseSets.ts';
import { declareArg } from '../shared/declareArg.ts';
import { variableUse } from '../shared/variableUse.ts';

const expanded = new Set(['ADD', 'ARG', 'COPY', 'ENV', 'EXPOSE', 'LABEL', 'STOPSIGNAL', 'USER', 'VOLUME', 'WORKDIR']);

export default dockerfileRule({
  id: 'undefined-variable',
  severity: 'warning',
  title: 'Declare a variable before using it',
  why: 'A variable that nothing sets is empty: `COPY $SRC /app` copies from nowhere, `ENV PATH=$PAHT:/opt` throws the old path away. An ARG before the first FROM does not reach into a stage: repeat it there as `ARG NAME`.',
  also: ['buildkit:UndefinedVar'],
  looksAt: [...[...expanded].map((keyword) => `${keyword} $`), 'RUN --mount', '&ENV', '&ARG'],
  examples: [
    { bad: 'FROM scratch\nCOPY «$SRC» /app/\n' },
    {
      bad: 'ARG VERSION=1\nFROM company.example/base:1\nLABEL version=«$VERSION»\n',
      good: 'ARG VERSION=1\nFROM company.example/base:1\nARG VERSION\nLABEL version=$VERSION\n',
    },
    { bad: 'FROM python:3.12-slim\nENV PATH=/opt/bin:«$PAHT»\n', good: 'FROM python:3.12-slim\nENV PATH=/opt/bin:$PATH\n' },
    { title: 'a dollar sign written as Compose has it', bad: 'FROM debian:12\nENV PATH="/opt/bin:«$$»PATH"\n' },
    { title: 'two words of one ARG', bad: 'FROM scratch\nARG A B=$A C=«$D» D\n' },
    { title: 'a base image may set anything', good: 'FROM company.example/base:1\nWORKDIR $APP_HOME\n' },
    {
      title: 'appending to what may be empty',
      good: 'FROM python:3.12-slim\nENV PYTHONPATH=/app:$PYTHONPATH LD_LIBRARY_PATH=/opt/lib:${LD_LIBRARY_PATH}\n',
    },
    {
      title: 'a version that chooses the image is set in it too',
      good: 'ARG PYTHON_VERSION=3.12.1\nFROM glcr.example.org/python/ver:${PYTHON_VERSION}\nENV PARENT=python-${PYTHON_VERSION}\n',
    },
    { title: 'declared in each stage', good: 'FROM scratch\nARG A\nCOPY $A /app/\nFROM scratch\nENV B=1\nCOPY $B $PATH /app/\n' },
    {
      title: 'what a build sets by itself has to be declared too',
      bad: 'FROM company.example/base:1\nCOPY bin/«${TARGETARCH}»/tool /bin/\n',
      good: 'FROM company.example/base:1\nARG TARGETARCH\nCOPY bin/${TARGETARCH}/tool /bin/\n',
    },
    {
      title: 'in a flag',
      bad: 'FROM python:3.12-slim\nRUN --mount=type=cache,id=pip-«$TARGETARCH»,target=/root/.cache/pip pip install -r /r.txt\n',
      good: 'FROM python:3.12-slim\nARG TARGETARCH\nRUN --mount=type=cache,id=pip-$TARGETARCH,target=/root/.cache/pip pip install -r /r.txt\n',
    },
    {
      title: 'in a script that COPY writes, whatever the image',
      bad: 'FROM company.example/base:1\nCOPY <<EOF /run.sh\nexport HOME=$HOME\nexec server "«$@»"\nEOF\n',
      good: 'FROM company.example/base:1\nCOPY <<EOF /run.sh\nexport HOME=$HOME\nexec server "\\$@"\nEOF\n',
    },
    {
      title: 'in a script that is kept as it stands',
      good: 'FROM debian:12\nCOPY <<"EOF" /run.sh\nexec server --home $HOME "$@"\nEOF\nRUN <<EOF\necho $HOME\nEOF\n',
    },
    {
      title: 'a default that nothing can replace',
      bad: 'FROM python:3.12-slim\nCOPY «${SRC:-src}» /app\n',
      good: 'FROM python:3.12-slim\nARG SRC\nCOPY ${SRC:-src} /app\n',
    },
  ],
  *check(file, { options }) {
    const globals = globalArgs(file, options.buildArgs);
    for (const stage of file.stages) {
      if (!stage.instructions.some((each) => file.source.text.slice(each.span.start, each.span.end).includes('$'))) continue;
      const inherited = inheritedNames(file, stage, options.buildArgs);
      for (const instruction of stage.instructions) {
        if (!wordsOf(instruction).length && !expandedHeredocs(instruction).length) continue;
        const variables = variablesAt(file, stage, instruction, options.buildArgs);
        const isSet = (name: string): boolean => variables.has(name) || inherited?.includes(name) === true;
        for (const { name, span, replaced, heredoc } of [...unsetIn(file, instruction, isSet), ...unsetInHeredocs(instruction, isSet)]) {
          const global = globals.has(name);
          const platform = !global && platformArgs.has(name);
          if (!global && !platform && inherited === undefined && !ofShell.test(name)) continue;
          if (global && baseSets(file, stage, name, options.buildArgs)) continue;
          // BuildKit looks at no ports.
          const also = instruction.keyword === 'EXPOSE' ? { also: [] } : {};
          if (heredoc !== undefined && !global && !platform) {
            const written = file.source.text.slice(span.start, span.end);
            yield {
              span,
              message: `A build expands variables in this heredoc, and nothing sets «${name}»: ${replaced === '-' ? 'its default' : 'nothing'} is written there. Write <<"${heredoc}" to keep what stands there, or \\${written}.`,
              fixes: [{ title: `Write \\${written}`, safe: false, edits: [{ span, text: `\\${written}` }] }],
            };
            continue;
          }
          if (replaced !== undefined && !global) {
            yield {
              span,
              severity: 'info',
              message: `Nothing sets «${name}» here, so ${replaced === '+' ? 'nothing is ever put in' : 'its default is always taken'}: no --build-arg reaches it without «ARG ${name}».`,
              fixes: [declareArg(file, stage, name)],
              ...also,
            };
            continue;
          }
          if (platform) {
            yield {
              span,
              message: `A build sets «${name}», but a stage sees it only after «ARG ${name}»: here it is empty.`,
              fixes: [declareArg(file, stage, name)],
              ...also,
            };
            continue;
          }
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
            message: ofShell.test(name)
              ? `«$${name}» is a shell’s own: in a build it is empty. A dollar sign is written \\$.`
              : `Nothing sets «${name}» here, so it is empty.${hint}`,
            ...also,
            fixes: global
              ? [declareArg(file, stage, name)]
              : right === undefined
                ? []
                : [{ title: `Write ${right}`, safe: false, edits: [{ span, text: right }] }],
          };
        }
      }
    }
  },
});

/** The words that a build puts variables into, with what is set by them. */
function wordsOf({
  keyword,
  pairs = [],
  args,
  flags,
  json,
  body,
}: Instruction): readonly { readonly word: Word; readonly target: string; readonly raw: boolean }[] {
  const inFlags = keyword === 'RUN' ? flags.filter(({ name }) => name === 'mount') : keyword === 'COPY' || keyword === 'ADD' ? flags : [];
  const found = inFlags.flatMap(({ value }) => (value?.text.includes('$') ? [{ word: value, target: '', raw: true }] : []));
  if (!expanded.has(keyword) || !body.text.includes('$')) return found;
  if (keyword === 'ENV' || keyword === 'LABEL' || keyword === 'ARG')
    return pairs.flatMap(({ name, value }) => [
      ...(keyword === 'ARG' ? [] : [{ word: name, target: '', raw: true }]),
      ...(value ? [{ word: value, target: name.value, raw: true }] : []),
    ]);
  return [...found, ...args.map((word) => ({ word, target: '', raw: !json }))];
}

function* unsetIn(file: Dockerfile, instruction: Instruction, isSet: (name: string) => boolean) {
  const seen = new Set<string>();
  for (const { word, target, raw } of wordsOf(instruction)) {
    const text = raw ? word.text : word.value;
    if (!text.includes('$')) continue;
    const result = expand(text, (name) => (isSet(name) ? 'x' : undefined), { escape: file.escape });
    if (!result.ok) continue;
    for (const name of result.used) {
      // `X=…:$X` adds to what the base image may have.
      if (isSet(name) || seen.has(name) || name === target || setBefore(instruction, word, name)) continue;
      seen.add(name);
      const at = variableUse(word.text, name);
      const exact = word.text.length === word.span.end - word.span.start;
      yield {
        name,
        span: at && exact ? { start: word.span.start + at.index, end: word.span.start + at.index + at.length } : word.span,
        /** The modifier that says what stands there instead. */
        replaced: result.unset.has(name) ? undefined : replacedIn(word.text.slice(at?.index ?? 0)),
        heredoc: undefined,
      };
    }
  }
}

const replacedIn = (use: string): string | undefined => /^\$\{\w+:?([-+])/.exec(use)?.[1];

/** Parameters that a shell gives its scripts and functions, and nothing else. */
const ofShell = /^(?:\d+|[@*#?!$-])$/;

/** The same in the content of heredocs that COPY and ADD write. */
function* unsetInHeredocs(instruction: Instruction, isSet: (name: string) => boolean) {
  for (const { text, content, name: heredoc } of expandedHeredocs(instruction)) {
    const result = expand(text, (name) => (isSet(name) ? 'x' : undefined), inHeredoc);
    if (!result.ok) continue;
    // An escaped `$` is none.
    const plain = text.replace(/\\[\s\S]/g, '  ');
    const seen = new Set<string>();
    for (const { index, 1: name = '' } of plain.matchAll(/\$\{?(\d+|[\p{L}\p{Nd}_]+|[@*#?!$-])/gu)) {
      if (seen.has(name) || isSet(name) || !result.used.has(name)) continue;
      seen.add(name);
      const [written = ''] = /^\$(?:\{[^}]*\}?|\d+|[\p{L}\p{Nd}_]+|.)/u.exec(plain.slice(index)) ?? [];
      const start = content.start + index;
      yield {
        name,
        span: { start, end: start + written.length },
        replaced: result.unset.has(name) ? undefined : replacedIn(written),
        heredoc,
      };
    }
  }
}

/** What an ARG declares holds for its next words already; those of one ENV do not see each other. */
const setBefore = ({ keyword, pairs = [] }: Instruction, { span }: Word, variable: string): boolean =>
  keyword === 'ARG' && pairs.some(({ name }) => name.value === variable && name.span.start < span.start);
