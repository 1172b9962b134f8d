import { instructionSpec } from '../../dockerfile/instructions.ts';
import type { Dockerfile, Instruction, Stage } from '../../dockerfile/model.ts';
import type { World } from '../../lint/rule.ts';
import type { Completion } from '../model.ts';
import { completeArgument } from './arguments.ts';
import { completeFlags } from './flags.ts';
import { placeAt, type Typed } from './place.ts';
import { instructionShapes, plain } from './shapes.ts';
import { completeTool } from './tools/complete.ts';
import { directiveValues } from './values/directive.ts';
import { completePackages } from './values/packages.ts';
import { completePins } from './values/pins.ts';
import { completeVariables } from './variables.ts';

export function completeDockerfile(file: Dockerfile, offset: number, world: World): readonly Completion[] {
  if (file.template) return [];
  const place = placeAt(file, offset);
  switch (place.kind) {
    case 'text':
      return [];
    case 'heredoc': {
      const { instruction, stage, word } = place;
      return completeVariables(file, instruction, stage, offset, world) ?? completeScript(file, instruction, stage, word, world) ?? [];
    }
    case 'directive':
      return directives(file, place.prefix).map((item) => ({ ...item, span: place.span }));
    case 'directiveValue':
      return directiveValues(place.name, place.prefix, offset);
    case 'keyword':
      return keywords(file, place.prefix, place.onbuild, offset).map((item) => ({ ...item, span: place.span }));
    case 'argument': {
      const { instruction, stage, word } = place;
      const variables = completeVariables(file, instruction, stage, offset, world);
      if (variables) return variables;
      return (
        completeScript(file, instruction, stage, word, world) ??
        completeFlags(file, instruction, word, offset, world) ??
        completeArgument(file, instruction, stage, word, offset, world)
      );
    }
  }
}

/** What a command takes: versions, options and their values, packages; undefined where none is being written. */
function completeScript(
  file: Dockerfile,
  instruction: Instruction,
  stage: Stage | undefined,
  word: Typed,
  world: World,
): readonly Completion[] | undefined {
  if (!/^(?:RUN|CMD|ENTRYPOINT|HEALTHCHECK)$/.test(instruction.keyword)) return undefined;
  return (
    completePins(file, instruction, stage, word, world) ??
    completeTool(file, instruction, word, world) ??
    completePackages(file, instruction, word, world)
  );
}

type Item = Omit<Completion, 'span'>;

function directives({ directives: present }: Dockerfile, prefix: string): readonly Item[] {
  const offers = [
    { name: 'escape', value: '`', summary: 'The character that continues lines: a backtick lets Windows paths keep their backslashes.' },
    {
      name: 'syntax',
      value: 'docker/dockerfile:1',
      summary: 'The frontend that reads this file; `docker/dockerfile:1` is always the newest stable one.',
    },
    {
      name: 'check',
      value: 'skip=all',
      summary: 'Which of BuildKit’s checks are left out, and whether findings fail the build: `skip=…;error=true`.',
    },
  ];
  return offers
    .filter(({ name }) => name.startsWith(prefix.toLowerCase()) && !present.some((each) => each.name === name))
    .map(({ name, value, summary }) => ({
      label: `${name}=${value}`,
      kind: 'keyword',
      text: `${name}=${value}`,
      snippet: `${name}=\${1:${value}}`,
      documentation: summary,
    }));
}

function keywords(file: Dockerfile, prefix: string, onbuild: boolean, offset: number): readonly Item[] {
  const first = !file.instructions.some(({ span, keyword }) => keyword === 'FROM' && span.end < offset);
  const wanted = prefix.toUpperCase();
  const others = file.instructions.filter(({ keywordSpan }) => keywordSpan.end < offset);
  const lower = prefix !== '' && prefix === prefix.toLowerCase() && !others.some(({ keywordSpan }) => isUpper(file, keywordSpan.start));
  return instructionShapes
    .filter(({ keyword }) => keyword.startsWith(wanted))
    .filter(({ keyword }) => (onbuild ? !/^(FROM|MAINTAINER|ONBUILD)$/.test(keyword) : !first || /^(FROM|ARG)$/.test(keyword)))
    .flatMap(({ keyword, snippets, deprecated }) =>
      snippets.map((snippet): Item => {
        const written = lower ? keyword.toLowerCase() + snippet.slice(keyword.length) : snippet;
        const documentation = instructionSpec(keyword)?.summary;
        return {
          label: plain(snippet),
          kind: 'keyword',
          // A file begins with FROM more often than with ARG.
          ...(first && keyword === 'FROM' && { sort: ' ' }),
          text: snippet.includes('$') ? keyword : snippet,
          ...(snippet.includes('$') && { snippet: written }),
          ...(documentation !== undefined && { documentation }),
          ...(deprecated && { deprecated }),
        };
      }),
    );
}

const isUpper = ({ source: { text } }: Dockerfile, at: number): boolean => /[A-Z]/.test(text[at] ?? '');
