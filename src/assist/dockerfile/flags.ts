import { instructionSpec, type FlagSpec } from '../../dockerfile/instructions.ts';
import type { Dockerfile, Instruction, Stage } from '../../dockerfile/model.ts';
import type { World } from '../../lint/rule.ts';
import type { Completion } from '../model.ts';
import { offer, startingWith } from '../offer.ts';
import type { Typed } from './place.ts';
import { mountsOf } from '../../dockerfile/mounts.ts';
import { contextPaths, stagePaths } from './context.ts';
import { flagPlaceholders, cacheFolders, flagValues, mountFields, mounts } from './shapes.ts';
import { users } from './users.ts';

/** Flags and their values; undefined when the word is neither. */
export function completeFlags(
  file: Dockerfile,
  instruction: Instruction,
  word: Typed,
  offset: number,
  world: World,
): readonly Completion[] | undefined {
  const specs = instructionSpec(instruction.keyword)?.flags ?? [];
  if (!specs.length || behindArguments(file, instruction, word)) return undefined;
  const value = /^--([\w-]+)=(.*)$/s.exec(word.prefix);
  if (value)
    return values(
      file,
      instruction,
      value[1] ?? '',
      value[2] ?? '',
      { start: offset - (value[2] ?? '').length, end: word.span.end },
      world,
    );
  if (!word.prefix.startsWith('-')) return undefined;
  return offered(specs, instruction, word);
}

/** Whether an argument stands before the word: what begins with a dash there is no flag of the instruction. */
const behindArguments = ({ source: { text }, escape }: Dockerfile, { keywordSpan }: Instruction, { span }: Typed): boolean =>
  text
    .slice(keywordSpan.end, span.start)
    .split(/\s+/)
    .some((each) => each !== '' && each !== escape && !each.startsWith('-'));

/** The flags that are not written yet. */
export function offered(specs: readonly FlagSpec[], { flags, args }: Instruction, { prefix, span }: Typed): readonly Completion[] {
  const written = new Set([
    ...flags.filter((flag) => flag.span.start !== span.start).map(({ name }) => name),
    // Behind a half-typed flag the others are read as arguments.
    ...args.flatMap(({ text }) => /^--([\w-]+)/.exec(text)?.[1] ?? []),
  ]);
  // Before a word that stands there already, a flag comes in between.
  const place = prefix === '' ? { start: span.start, end: span.start } : span;
  return specs
    .filter(({ name, kind }) => `--${name}`.startsWith(prefix) && (kind === 'list' || !written.has(name)))
    .map(({ name, kind, summary, labs }) => {
      const placeholder = kind === 'boolean' ? undefined : flagPlaceholders[name];
      const text = kind === 'boolean' ? `--${name}` : `--${name}=`;
      return {
        label: placeholder === undefined ? text : text + placeholder,
        kind: 'property',
        span: place,
        text,
        ...(placeholder !== undefined && { snippet: `${text}\${1:${placeholder}}` }),
        // What only some frontends know comes last.
        ...(labs && { sort: `~${name}` }),
        documentation: labs ? `${summary}\n\nNeeds \`# syntax=docker/dockerfile:1-labs\`.` : summary,
      };
    });
}

function values(
  file: Dockerfile,
  instruction: Instruction,
  flag: string,
  prefix: string,
  span: { readonly start: number; readonly end: number },
  world: World,
): readonly Completion[] {
  const item = (text: string, kind: Completion['kind'] = 'value'): Completion => offer({ span }, text, kind);
  const matching = (items: readonly Completion[]): readonly Completion[] => startingWith(items, prefix);
  if (flag === 'from') return matching(stageNames(file, instruction).map((name) => item(name, 'stage')));
  if (flag === 'chown') return matching(users(file, instruction).map((name) => item(`${name}:${name}`)));
  if (flag === 'mount') return mountValues(file, instruction, prefix, span, world);
  if (flag === 'device') return matching([item('nvidia.com/gpu=all'), item('nvidia.com/gpu=0')]);
  const spec = instructionSpec(instruction.keyword)?.flags.find(({ name }) => name === flag);
  return matching((spec?.values ?? flagValues[flag] ?? []).map((text) => item(text, spec?.values ? 'enum' : 'value')));
}

/** The earlier stages: by name (once, whatever the case), or by number. */
export function stageNames({ stages }: Dockerfile, { stage: at }: Instruction): readonly string[] {
  const seen = new Set<string>();
  return stages.slice(0, at ?? 0).flatMap(({ name, index }) => {
    const written = name?.value ?? String(index);
    if (seen.has(written.toLowerCase())) return [];
    seen.add(written.toLowerCase());
    return [written];
  });
}

function mountValues(
  file: Dockerfile,
  instruction: Instruction,
  prefix: string,
  { start, end }: { readonly start: number; readonly end: number },
  world: World,
): readonly Completion[] {
  const comma = prefix.lastIndexOf(',');
  const field = prefix.slice(comma + 1);
  const span = { start: start + comma + 1, end };
  const item = (text: string, detail?: string): Completion => offer({ span }, text, 'property', detail);
  const matching = (items: readonly Completion[]): readonly Completion[] => items.filter(({ text }) => text.startsWith(field));
  if (comma < 0)
    return matching([
      ...mounts.map(({ text, summary }) => item(text, summary)),
      ...Object.keys(mountFields)
        .map((type) => `type=${type}`)
        .filter((type) => !mounts.some(({ text }) => text === type))
        .map((type) => item(type)),
    ]);
  const type = /(?:^|,)type=(\w+)/.exec(prefix)?.[1] ?? 'bind';
  if (/^from=/.test(field)) return matching(stageNames(file, instruction).map((name) => item(`from=${name}`)));
  if (/^sharing=/.test(field)) return matching(['shared', 'private', 'locked'].map((value) => item(`sharing=${value}`)));
  if (/^(?:source|src)=/.test(field) && type === 'bind' && !/(?:^|,)from=/.test(prefix)) {
    const typed = field.slice(field.indexOf('=') + 1);
    return contextPaths(file, typed, world).map((path) => ({
      ...item(`${field.slice(0, field.indexOf('=') + 1)}${path}`),
      kind: path.endsWith('/') ? 'folder' : 'file',
    }));
  }
  const known = /^(?:target|dst|destination)=/.test(field) && type === 'cache' ? cacheFolders : undefined;
  if (known) return matching(known.map((path) => item(`${field.slice(0, field.indexOf('=') + 1)}${path}`)));
  if (/^id=/.test(field) && (type === 'secret' || type === 'cache')) return matching(identities(file, type).map((id) => item(`id=${id}`)));
  if (/^(?:source|src)=/.test(field)) {
    const stage = stageOf(file, instruction, /(?:^|,)from=([^,]+)/.exec(prefix)?.[1]);
    return stage ? matching(stagePaths(file, stage, world).map((path) => item(`${field.slice(0, field.indexOf('=') + 1)}${path}`))) : [];
  }
  const used = new Set(prefix.split(',').map((part) => part.split('=')[0]));
  return matching((mountFields[type] ?? []).filter((name) => !used.has(name.replace('=', ''))).map((name) => item(name)));
}

/** The earlier stage that `--from=` or `from=` names. */
export function stageOf({ stages }: Dockerfile, { stage: at = 0 }: Instruction, name: string | undefined): Stage | undefined {
  return stages.findLast(
    (stage) => stage.index < at && (stage.name?.value.toLowerCase() === name?.toLowerCase() || String(stage.index) === name),
  );
}

/** The ids that the file's other mounts of a type have. */
function identities({ instructions }: Dockerfile, type: string): readonly string[] {
  const ids = instructions
    .flatMap((instruction) => mountsOf(instruction))
    .filter((mount) => mount.type === type)
    .flatMap(({ fields }) => fields.flatMap(({ name, value }) => (name === 'id' && value ? value : [])));
  return [...new Set(ids)];
}
