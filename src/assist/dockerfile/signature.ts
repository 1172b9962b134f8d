import type { Dockerfile, Instruction } from '../../dockerfile/model.ts';
import { lineAt, lineSpan } from '../../text/text.ts';
import type { Signature, Signatures } from '../model.ts';
import { instructionAt } from './place.ts';

const signature = (label: string, ...parameters: readonly string[]): Signature => ({ label, parameters });

const json = (keyword: string, ...parameters: readonly string[]): Signature =>
  signature(`${keyword} [ ${parameters.join(', ')} ]`, '[', ...parameters, ']');
const shell = (keyword: string, ...parameters: readonly string[]): Signature =>
  signature(`${keyword} ${parameters.join(' ')}`, ...parameters);

const copies = (keyword: string): { readonly shell: Signature; readonly json: Signature } => ({
  shell: signature(`${keyword} [flags] source ... dest`, '[flags]', 'source', '...', 'dest'),
  json: signature(`${keyword} [flags] [ "source", ..., "dest" ]`, '[flags]', '[', '"source"', '...', '"dest"', ']'),
});

const pairs = (keyword: string): readonly [Signature, Signature, Signature] => [
  signature(`${keyword} key value`, 'key', 'value'),
  signature(`${keyword} key=value`, 'key', 'value'),
  signature(`${keyword} key=value key2=value2`, 'key', 'value', 'key2', 'value2'),
];

const images = ['baseImage', 'baseImage:tag', 'baseImage@digest'] as const;
const from = {
  plain: images.map((image) => signature(`FROM ${image}`, ...image.split(/[:@]/))),
  named: images.map((image) => signature(`FROM ${image} AS stage`, 'baseImage', image.split(/[:@]/)[1] ?? '', 'AS', 'stage')),
};

const values: Readonly<Record<string, { readonly text: string; readonly parameters: readonly string[] }>> = {
  from: { text: 'stage', parameters: ['stage'] },
  chown: { text: 'user:group', parameters: ['user', 'group'] },
  chmod: { text: 'permissions', parameters: ['permissions'] },
  interval: { text: '30s', parameters: ['30s'] },
  retries: { text: '3', parameters: ['3'] },
  'start-period': { text: '5s', parameters: ['5s'] },
  'start-interval': { text: '5s', parameters: ['5s'] },
  timeout: { text: '30s', parameters: ['30s'] },
};

/** How the instruction at a place is written, and which part the cursor is on. */
export function signaturesInDockerfile(file: Dockerfile, offset: number): Signatures | undefined {
  const directive = file.directives.find(({ span }) => span.start <= offset && offset <= span.end);
  if (directive)
    return directive.name === 'escape' && offset >= directive.valueSpan.start ? one(0, signature('escape=\\', '\\')) : undefined;
  const line = lineSpan(file.source, lineAt(file.source, offset));
  const empty =
    /^\s*#\s*escape\s*=\s*$/i.test(file.source.text.slice(line.start, line.end)) &&
    !file.instructions.some(({ span }) => span.start < offset);
  if (empty) return one(0, signature('escape=\\', '\\'));
  if (file.comments.some(({ span }) => span.start < offset && offset <= span.end)) return undefined;
  const instruction = instructionAt(file, offset);
  return instruction && ofInstruction(file, instruction, offset);
}

const one = (active: number, ...signatures: readonly Signature[]): Signatures => ({ signatures, active });

/** What is written of an instruction's arguments on both sides of the cursor, in words. */
interface Written {
  readonly before: string;
  readonly after: string;
  /** Nothing is written where the cursor is. */
  readonly untouched: boolean;
  /** Which word the cursor is on or would begin. */
  readonly word: number;
  readonly words: readonly string[];
}

function ofInstruction(file: Dockerfile, instruction: Instruction, offset: number): Signatures | undefined {
  const { keyword, keywordSpan, trigger, heredocs } = instruction;
  if (offset <= keywordSpan.end) return undefined;
  if (heredocs.some(({ content }) => offset >= content.start)) return undefined;
  if (keyword === 'ONBUILD') {
    if (!trigger || offset <= trigger.keywordSpan.end) return one(0, signature('ONBUILD INSTRUCTION', 'INSTRUCTION'));
    return ofInstruction(file, trigger, offset);
  }
  const all = joined(file, keywordSpan.end, offset);
  const rest = joined(file, offset, Math.max(offset, instruction.span.end));
  const flags = /^\s*(?:--\S*\s+)*/.exec(all)?.[0] ?? '';
  const flag = /^--([\w-]*)(=?)\S*$/.exec(all.slice(flags.length));
  if (keyword === 'HEALTHCHECK') return healthcheck(all, rest, flag?.[2] === '=' ? flag[1] : undefined);
  if (flag && (keyword === 'ADD' || keyword === 'COPY'))
    return flagSignature(keyword, flag[1] ?? '', flag[2] === '=', /=\S*:/.test(flag[0]));
  if (all.slice(flags.length) === '-' && rest.startsWith('-') && (keyword === 'ADD' || keyword === 'COPY'))
    return flagSignature(keyword, '', false);
  const beforeFlag = all.slice(flags.length).trim() === '' && /^\s*--/.test(rest);
  if (beforeFlag && (keyword === 'ADD' || keyword === 'COPY')) return one(0, copies(keyword).shell, copies(keyword).json);
  const before = all.slice(flags.length);
  const after = rest.replace(/\s+$/, '') === '' ? '' : rest;
  const words = `${before}${after}`.trim().split(/\s+/).filter(Boolean);
  const done = before.trim().split(/\s+/).filter(Boolean).length;
  const word = before === '' || /\s$/.test(before) ? done : done - 1;
  return arguments_(keyword, { before, after, words, word, untouched: before.trim() === '' && !/^\S/.test(after) });
}

/** Text of an instruction with its continuations joined and the comments between them left out. */
function joined({ source: { text }, escape }: Dockerfile, start: number, end: number): string {
  const line =
    escape === '`'
      ? /`[ \t]*(?:\r?\n|\r|$)(?:[ \t]*(?:#[^\n]*)?(?:\r?\n|\r))*/g
      : /\\[ \t]*(?:\r?\n|\r|$)(?:[ \t]*(?:#[^\n]*)?(?:\r?\n|\r))*/g;
  return text.slice(start, end).replace(line, '');
}

function flagSignature(keyword: string, name: string, hasValue: boolean, second = false): Signatures | undefined {
  const value = values[name];
  if (hasValue)
    return value && one(second && value.parameters.length > 1 ? 1 : 0, signature(`--${name}=${value.text}`, ...value.parameters));
  return one(0, copies(keyword).shell, copies(keyword).json);
}

const health = {
  command: signature('HEALTHCHECK [flags] CMD ...', '[flags]', 'CMD', '...'),
  none: signature('HEALTHCHECK NONE', 'NONE'),
  all: [signature('HEALTHCHECK [flags] CMD ...', 'CMD'), signature('HEALTHCHECK NONE', 'NONE')],
} as const;

/** Flags come before CMD or NONE; `name` is that of the flag whose value the cursor is on. */
function healthcheck(before: string, after: string, name: string | undefined): Signatures | undefined {
  const value = name === undefined ? undefined : values[name];
  if (value) return one(0, signature(`HEALTHCHECK --${name ?? ''}=${value.text} ...`, ...value.parameters));
  const all = before + after;
  const flags = /^\s*(?:--\S*(?:\s+|$))*/.exec(all)?.[0] ?? '';
  const kind = /^\S+/.exec(all.slice(flags.length))?.[0] ?? '';
  if (!kind) return flags.trim() === '' ? one(0, ...health.all) : one(0, health.command);
  const behind = before.length > flags.length + kind.length;
  if ('NONE'.startsWith(kind.toUpperCase())) return behind ? undefined : one(0, health.none);
  return one(behind ? 2 : before.length < flags.length ? 0 : 1, health.command);
}

function arguments_(keyword: string, written: Written): Signatures | undefined {
  const { untouched, word, words, before } = written;
  switch (keyword) {
    case 'ADD':
    case 'COPY': {
      const forms = copies(keyword);
      if (untouched || beforeArray(written)) return one(1, forms.shell, forms.json);
      const array = element(written);
      if (array) return one(array.closed ? 5 : array.index === 0 ? 2 : array.last ? 4 : 3, forms.json);
      return one(word === 0 ? 1 : word >= words.length - 1 ? 3 : 2, forms.shell);
    }
    case 'CMD':
    case 'ENTRYPOINT': {
      const exec = json(keyword, '"executable"', '"parameter"', '...');
      const execs = keyword === 'CMD' ? [exec, json('CMD', '"parameter"', '"parameter2"', '...')] : [exec];
      return command(written, execs, [shell(keyword, 'executable', 'parameter', '...')], false);
    }
    case 'RUN':
      return command(written, [json('RUN', '"command"', '"parameter"', '...')], [shell('RUN', 'command', 'parameter', '...')], true);
    case 'SHELL':
      return command(written, [json('SHELL', '"executable"', '"parameter"', '...')], [], false);
    case 'VOLUME':
      return command(written, [json('VOLUME', '"/vol"', '...')], [shell('VOLUME', '/vol', '...')], false);
    case 'EXPOSE':
      return one(Math.min(word, 1), shell('EXPOSE', 'port', '...'));
    case 'ENV':
    case 'LABEL':
      return assignments(keyword, written);
    case 'ARG': {
      const [name, value] = [signature('ARG name', 'name'), signature('ARG name=defaultValue', 'name', 'defaultValue')];
      if (!words[0]?.includes('=')) return one(0, name, value);
      return one(before.includes('=') ? 1 : 0, value);
    }
    case 'FROM':
      return base(written);
    case 'USER': {
      const [user, group, uid, gid] = [
        signature('USER user', 'user'),
        signature('USER user:group', 'user', 'group'),
        signature('USER uid', 'uid'),
        signature('USER uid:gid', 'uid', 'gid'),
      ];
      return written.before.concat(written.after).includes(':')
        ? one(before.includes(':') ? 1 : 0, group, gid)
        : one(0, user, group, uid, gid);
    }
    case 'STOPSIGNAL':
      return one(0, shell('STOPSIGNAL', 'signal'));
    case 'WORKDIR':
      return one(0, shell('WORKDIR', '/the/workdir/path'));
    case 'MAINTAINER':
      return one(0, shell('MAINTAINER', 'name'));
    default:
      return undefined;
  }
}

/** Which element of a JSON array the cursor is on; undefined outside one. */
function element({ before, after }: Written): { readonly index: number; readonly last: boolean; readonly closed: boolean } | undefined {
  const open = before.trimStart();
  if (!open.startsWith('[')) return undefined;
  const plain = (text: string): string => text.replace(/"(?:\\.|[^"\\])*(?:"|$)/g, (quoted) => '_'.repeat(quoted.length));
  const written = plain(open);
  const close = written.indexOf(']');
  if (close >= 0 && close < written.length - 1) return undefined;
  const behind = plain((open.match(/"/g)?.length ?? 0) % 2 ? `"${after}` : after);
  return { index: written.split(',').length - 1, last: !/,\s*\S/.test(behind.split(']')[0] ?? ''), closed: close >= 0 };
}

const beforeArray = ({ before, after }: Written): boolean => before.trim() === '' && after.startsWith('[');

/** The exec form, the shell form, or both while nothing is written. */
function command(written: Written, exec: readonly Signature[], shells: readonly Signature[], shellFirst: boolean): Signatures | undefined {
  if (written.untouched || beforeArray(written)) return one(0, ...(shellFirst ? [...shells, ...exec] : [...exec, ...shells]));
  const array = element(written);
  const [first] = exec;
  if (array && first)
    return one(array.closed ? first.parameters.length - 1 : Math.min(array.index + 1, first.parameters.length - 2), ...exec);
  const [form] = shells;
  return form && one(Math.min(written.word, form.parameters.length - 1), form);
}

function assignments(keyword: string, { untouched, before, after, word, words }: Written): Signatures | undefined {
  const [old, single, several] = pairs(keyword);
  if ((untouched && !words.length) || (words.length === 1 && word === 0 && !words[0]?.includes('='))) return one(0, old, single, several);
  if (!words[0]?.includes('=')) return one(word === 0 ? 0 : 1, old);
  const typed = /\S*$/.exec(before)?.[0] ?? '';
  const value = typed.includes('=') ? 1 : 0;
  if (words.length === 1 && word === 0) return one(value, single, several);
  const begins = typed === '' && !/^\S/.test(after) ? 2 : word === 0 ? value : 2 + value;
  return one(begins, several);
}

function base({ untouched, before, word, words }: Written): Signatures | undefined {
  if (untouched) return one(0, ...from.plain, ...from.named);
  if (word > 2) return undefined;
  const image = words[0] ?? '';
  const kind = image.includes('@') ? 2 : image.includes(':') ? 1 : 0;
  const at = word === 0 ? (/[:@]/.test(before) ? 1 : 0) : word + 1;
  const forms = (signatures: readonly Signature[]): readonly Signature[] => (kind ? signatures.slice(kind, kind + 1) : signatures);
  if (word === 0 && words.length === 1 && !/\s$/.test(before)) return one(at, ...forms(from.plain), ...forms(from.named));
  return one(at, ...forms(from.named));
}
