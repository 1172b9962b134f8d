import { instructionSpec } from '../../dockerfile/instructions.ts';
import type { Dockerfile, Instruction, Word } from '../../dockerfile/model.ts';
import { baseImage, stageAround } from '../../dockerfile/scope.ts';
import type { World } from '../../lint/rule.ts';
import { commandPinCard } from '../cards/commandPin.ts';
import { imageCard, otherImageCard } from '../cards/imageCard.ts';
import type { Card } from '../model.ts';
import { builtAs } from './built.ts';
import { aboutStage, flagValueCard } from './flagCard.ts';
import { begunDirectives } from './begunDirectives.ts';
import { givenTo } from './given.ts';
import { instructionAt } from './place.ts';
import { proxyArgs } from './shapes.ts';
import { toolCard } from './tools/hover.ts';
import { signalAbout } from './values/flags.ts';
import { predefined } from './values/predefined.ts';
import { environment } from './values/wellKnown.ts';
import { variableAt } from './variables.ts';

const directives: Readonly<Record<string, string>> = {
  escape: 'The character that continues a line and escapes the next one: a backslash, or a backtick for Windows paths.',
  syntax: 'The frontend image that reads this file. `docker/dockerfile:1` is always the newest stable one.',
  check: 'Which of BuildKit’s checks are left out (`skip=Rule,Rule` or `skip=all`), and whether findings fail the build (`error=true`).',
};

export function hoverDockerfile(file: Dockerfile, offset: number, world: World): Card | undefined {
  const directive = file.directives.find(({ span }) => span.start <= offset && offset <= span.end);
  if (directive) {
    const text = directives[directive.name];
    const start = file.source.text.toLowerCase().indexOf(directive.name, directive.span.start);
    const nameStart = start < 0 ? directive.span.start : start;
    if (text === undefined || offset < nameStart || offset > nameStart + directive.name.length) return undefined;
    return {
      span: { start: nameStart, end: nameStart + directive.name.length },
      markdown: `**# ${directive.name}**\n\n${text}`,
      usual: true,
    };
  }
  const begun = begunDirectives(file).find(({ nameSpan }) => nameSpan.start <= offset && offset <= nameSpan.end);
  const about = begun && directives[begun.name];
  if (begun && about !== undefined) return { span: begun.nameSpan, markdown: `**# ${begun.name}**\n\n${about}`, usual: true };
  const instruction = instructionAt(file, offset);
  return instruction && within(file, instruction, offset, world);
}

function within(file: Dockerfile, instruction: Instruction, offset: number, world: World): Card | undefined {
  const { keywordSpan, keyword, trigger } = instruction;
  const spec = instructionSpec(keyword);
  if (keywordSpan.start <= offset && offset <= keywordSpan.end) {
    if (!spec) return undefined;
    return {
      span: keywordSpan,
      markdown: `**${keyword}**\n\n${spec.summary}\n\n\`\`\`dockerfile\n${spec.forms.join('\n')}\n\`\`\`\n\n[Reference](https://docs.docker.com/reference/dockerfile/#${keyword.toLowerCase()})`,
      usual: true,
    };
  }
  if (trigger && trigger.keywordSpan.start <= offset) return within(file, trigger, offset, world);
  const flag = instruction.flags.find(({ span }) => span.start + 2 <= offset && offset <= span.end);
  if (flag && (!flag.value || offset < flag.value.span.start)) {
    const about = spec?.flags.find(({ name }) => name === flag.name);
    const end = flag.span.start + 2 + flag.name.length;
    return (
      about && {
        span: { start: flag.span.start, end },
        markdown: `**--${flag.name}**\n\n${about.summary}${about.labs ? '\n\nNeeds `# syntax=docker/dockerfile:1-labs`.' : ''}`,
      }
    );
  }
  if (flag?.value && offset >= flag.value.span.start) {
    const card = flagValueCard(file, instruction, flag, offset, world);
    if (card) return card;
  }
  const variable = variableAt(file, instruction, offset, world.options.buildArgs);
  if (variable?.known && (variable.known.value !== undefined || (variable.known.kind === 'arg' && !variable.declared))) {
    const { name, value, kind } = variable.known;
    const about = aboutVariable(name);
    const said =
      value === undefined
        ? `**${name}** (${kind.toUpperCase()}) ${about === undefined ? 'has no value here.' : 'is set by the build.'}`
        : `\`\`\`\n${value}\n\`\`\`\n\n**${name}** (${kind.toUpperCase()})`;
    const given = kind === 'arg' ? givenTo(file, name, world) : '';
    return {
      span: variable.span,
      markdown: `${about === undefined ? said : `${said}\n\n${about}`}${given}`,
      ...(given === '' ? { usual: true } : {}),
    };
  }
  if (variable && !variable.known?.value) {
    const about = aboutVariable(variable.name);
    const given = variable.known?.kind === 'arg' ? givenTo(file, variable.name, world) : '';
    if (about !== undefined || given)
      return { span: variable.span, markdown: `**${variable.name}**${about === undefined ? '' : `\n\n${about}`}${given}` };
  }
  if (keyword === 'STOPSIGNAL') return signalCard(instruction, offset);
  return (
    commandPinCard(file, instruction, offset, world) ?? toolCard(file, instruction, offset) ?? stageCard(file, instruction, offset, world)
  );
}

/** What a build or a program makes of a variable, by its name. */
const aboutVariable = (name: string): string | undefined =>
  predefined[name] ?? (proxyArgs.includes(name) ? predefined[name.toUpperCase()] : undefined) ?? known.get(name);
const known = new Map(environment.map(({ name, summary }) => [name, `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`]));

function signalCard({ args: [signal] }: Instruction, offset: number): Card | undefined {
  const name = signal?.value.toUpperCase().replace(/^(?!SIG)/, 'SIG') ?? '';
  const about = signal && signal.span.start <= offset && offset <= signal.span.end ? signalAbout[name] : undefined;
  return signal && about !== undefined ? { span: signal.span, markdown: `**${name}**\n\n${about}` } : undefined;
}

/** What FROM names: an earlier stage, or an image and what is known about it; the name that it gives, when images of it are known. */
function stageCard(file: Dockerfile, instruction: Instruction, offset: number, world: World): Card | undefined {
  const stage = stageAround(file, instruction);
  if (!stage?.image || stage.from !== instruction) return undefined;
  const on = ({ span }: Word): boolean => span.start <= offset && offset <= span.end;
  const built = builtAs(file, stage, world);
  if (stage.name && built && on(stage.name)) return { span: stage.name.span, markdown: aboutStage(file, stage, world) };
  if (!on(stage.image)) return undefined;
  const { span, text } = stage.image;
  if (stage.base) return { span, markdown: aboutStage(file, stage.base, world) };
  const reference = baseImage(file, stage, world.options.buildArgs);
  if (reference === undefined) return undefined;
  const card = imageCard(reference, world);
  // An unnamed stage has no other place to say it at.
  const own = stage.name ? '' : built;
  const other = card ?? otherImageCard(reference, world.live);
  return other === undefined && reference === text && !own ? undefined : { span, markdown: `${other ?? `\`${reference}\``}${own}` };
}
