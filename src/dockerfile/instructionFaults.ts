import { nearest } from '../text/nearest.ts';
import type { Span } from '../text/text.ts';
import { instructionSpec } from './instructions.ts';
import type { Fault, Instruction, Word } from './model.ts';
import { component } from './reference.ts';

const wants =
  (what: string) =>
  (instruction: Instruction): Fault => ({
    span: instruction.keywordSpan,
    message: `${instruction.keyword} needs ${what}.`,
  });

/** What a build refuses about an instruction's arguments. */
export function* instructionFaults(instruction: Instruction, escape: string): Generator<Fault> {
  const { keyword, args, json, body } = instruction;
  const [first] = args;
  switch (keyword) {
    case 'FROM':
      yield* fromFaults(args, instruction.keywordSpan, body.span);
      return;
    case 'ADD':
    case 'COPY':
      yield* copyFaults(instruction);
      return;
    case 'ENV':
    case 'LABEL':
    case 'ARG':
      yield* pairFaults(instruction, escape);
      return;
    case 'EXPOSE':
      if (!first) yield wants('at least one port')(instruction);
      for (const port of args)
        if (port.text !== escape && !port.value.includes('$')) yield* portFaults({ ...port, value: withoutMark(port.value) });
      return;
    case 'HEALTHCHECK':
      yield* healthcheckFaults(instruction);
      return;
    case 'MAINTAINER':
    case 'USER':
    case 'WORKDIR':
      if (!first) yield wants(keyword === 'USER' ? 'a user' : keyword === 'WORKDIR' ? 'a path' : 'a name')(instruction);
      return;
    case 'STOPSIGNAL':
      if (!first || first.text === escape) yield wants('a signal')(instruction);
      else if (/^\S+\s/.test(first.value) && isSignal(first.value.replace(/\s.*$/s, '')))
        yield { span: afterFirst(body), message: 'STOPSIGNAL takes one signal and nothing more.' };
      else if (!first.value.includes('$')) yield* signalFaults(unquoted(withoutMark(first.value)), first.span);
      return;
    case 'ONBUILD':
      if (!instruction.trigger) yield wants('an instruction to hold back')(instruction);
      // Of what it holds back only the lines are read.
      else if (lacksValue(instruction.trigger, escape)) yield* pairFaults(instruction.trigger, escape);
      return;
    case 'SHELL':
      if (!json) yield { span: first?.span ?? instruction.keywordSpan, message: 'SHELL takes a JSON array: SHELL ["/bin/bash", "-c"].' };
      else if (!json.length) yield { ...wants('at least one element in its JSON array')(instruction), span: body.span };
      return;
    case 'VOLUME':
      if (args.every(({ text }) => text === escape)) yield wants('at least one path')(instruction);
      else for (const { value, span } of args) if (!withoutMark(value)) yield { span, message: 'A volume’s path cannot be empty.' };
      return;
    default:
  }
}

function* fromFaults(args: readonly Word[], keywordSpan: Span, span: Span): Generator<Fault> {
  const [, as, name] = args;
  if (!args.length) yield { span: keywordSpan, message: 'FROM needs an image: FROM image[:tag] [AS name].' };
  else if (args.length === 2 || args.length > 3 || (as && as.value.toUpperCase() !== 'AS')) {
    // What is wrong: the word that should be AS, or what follows the name.
    const isAs = as?.value.toUpperCase() === 'AS';
    const from = isAs && args.length > 3 ? args[3] : as;
    const wrong = from ? { start: from.span.start, end: args.length === 3 && !isAs ? from.span.end : span.end } : span;
    yield {
      span: wrong,
      message: `After the image, FROM takes only «AS name», not «${args
        .slice(1)
        .map(({ text }) => text)
        .join(' ')}».`,
      // Of two words more it cannot be told which one is wrong.
      ...(args.length === 2 || (isAs && args.length > 3)
        ? { surplus: { start: args[args.length === 2 ? 0 : 2]?.span.end ?? wrong.start, end: wrong.end } }
        : {}),
    };
  } else if (name && !/^[a-z][a-z0-9-_.]*$/.test(name.text.toLowerCase()))
    yield {
      span: name.span,
      message: `«${name.text}» is no stage name: it begins with a letter, and letters, digits, «-», «_» and «.» follow.`,
    };
  else if (name && !component.test(name.text.toLowerCase()))
    yield {
      span: name.span,
      message: `«${name.text}» is no stage name: it ends with a letter or a digit, and between those stands one «.», one or two «_», or any «-».`,
    };
}

function* copyFaults(instruction: Instruction): Generator<Fault> {
  const { keyword, args, heredocs } = instruction;
  const last = args.at(-1);
  if (args.length < 2 || !last) {
    yield { span: alone(instruction), message: `${keyword} needs a source and a destination.` };
    return;
  }
  if (heredocs.some(({ opener }) => opener.start === last.span.start))
    yield { span: last.span, message: `A heredoc is a source; ${keyword} needs a destination path after it.` };
  if (keyword === 'COPY') {
    for (const { value, span } of args.slice(0, -1))
      if (/^https?:\/\//.test(value)) yield { span, message: 'COPY cannot download. ADD can: ADD --checksum=sha256:… URL destination.' };
      else if (remoteGit.test(value)) yield { span, message: 'COPY cannot fetch a repository. ADD can: ADD URL#v1.0 destination.' };
  } else yield* checksumFaults(instruction);
}

const remoteGit = /^(?:(?:git|ssh):\/\/|[\w.-]+@[\w.-]+:(?!\/\/))/;

/** What a build refuses about `--checksum`: it belongs to one download, or to one commit of a repository. */
function* checksumFaults({ args, flags }: Instruction): Generator<Fault> {
  const checksum = flags.find(({ name }) => name === 'checksum')?.value;
  const [source, ...more] = args.slice(0, -1);
  if (!checksum?.value || !source) return;
  const { value, span } = checksum;
  if (more.length) yield { span, message: '--checksum is for one source: write an ADD for each download.' };
  else if (source.value.includes('$')) return;
  else if (/^https?:\/\//.test(source.value) && !/\.git(?:[#?]|$)/.test(source.value)) {
    const [, algorithm = '', digits = ''] = /^([^:]*):(.*)$/.exec(value) ?? [];
    const length = { sha256: 64, sha384: 96, sha512: 128 }[algorithm];
    if (!value.includes('$') && !(/^[0-9a-f]*$/.test(digits) && digits.length === length))
      yield { span, message: `«${value}» is no checksum: write sha256: and 64 digits, as sha256sum prints them.` };
  } else if (!remoteGit.test(source.value) && !/^https?:/.test(source.value))
    yield { span, message: '--checksum is for what is downloaded: an http(s) address or a Git repository.' };
}

/** A word without the byte order mark that it begins with, which a build passes over. */
const withoutMark = (text: string): string => text.replace(/^\uFEFF/, '');

/** A word without the quotes around it. */
const unquoted = (text: string): string => /^(["'])(.*)\1$/s.exec(text)?.[2] ?? text;

/** What stands where a source and a destination are wanted: the one path without its quotes, the empty brackets, or nothing but the keyword. */
function alone({ keywordSpan, args, json, body, heredocs }: Instruction): Span {
  const [only] = args;
  if (!only) return json ? body.span : keywordSpan;
  if (json) return only.span.end - only.span.start > 2 ? { start: only.span.start + 1, end: only.span.end - 1 } : only.span;
  // A heredoc is a source and right; a lone escape is nothing.
  return heredocs.length || only.value === '' ? keywordSpan : only.span;
}

const lacksValue = ({ keyword, pairs = [], args }: Instruction, escape: string): boolean =>
  (keyword === 'ENV' || keyword === 'LABEL') && pairs.some(({ value }) => !value) && !args.every(({ text }) => text === escape);

function* pairFaults(instruction: Instruction, escape: string): Generator<Fault> {
  const { keyword, keywordSpan, pairs = [], args } = instruction;
  // Of a lone escape that continues no line nothing is left.
  if (args.every(({ text }) => text === escape)) {
    yield wants(keyword === 'ARG' ? 'a name' : 'at least one NAME=value')({ ...instruction, keywordSpan });
    return;
  }
  for (const [at, { name, value, span }] of pairs.entries()) {
    if (keyword !== 'ARG' && !value) {
      const whole = instructionSpec(name.text) ? undefined : blankValue(pairs, at);
      yield {
        span,
        message: whole
          ? `«${name.text}» stands there without «=». A value with blanks needs quotes: ${whole.text}`
          : name.text !== 'ENV' && instructionSpec(name.text) && at > 0
            ? `${name.text} belongs to the ${keyword} above, whose last line goes on. Take the escape at its end away.`
            : `${keyword} needs a value: ${keyword} ${name.text}=…`,
        ...(whole ? { right: whole } : {}),
      };
    } else if (!name.text) {
      const [before, after] = [pairs[at - 1], pairs[at + 1]];
      const text = value?.text || after?.name.text;
      const around = before && !before.value && text && /^[^\s"'\\]+$/.test(text) ? `${before.name.text}=${text}` : undefined;
      const end = value?.text ? span.end : (after?.span.end ?? span.end);
      yield {
        span,
        message:
          around === undefined
            ? `There is no name before «=» in «${keyword} ${args[0]?.text ?? ''}».`
            : `No blanks may stand around «=»: ${keyword} ${around}`,
        ...(before && around !== undefined ? { right: { span: { start: before.span.start, end }, text: around } } : {}),
      };
    }
  }
}

/** `NAME="a value"` where `NAME=a value` stands, for the word at an index; undefined where something else may have been meant. */
function blankValue(pairs: NonNullable<Instruction['pairs']>, at: number): Fault['right'] {
  const from = pairs.findLastIndex(({ value }, index) => index < at && value);
  const to = pairs.findIndex(({ value }, index) => index > at && value);
  const first = pairs[from];
  const words = pairs.slice(from + 1, to < 0 ? pairs.length : to);
  const last = words.at(-1);
  if (!first?.value || !last) return undefined;
  const parts = [first.value, ...words.map(({ name }) => name)];
  if (words.some(({ name }) => instructionSpec(name.text))) return undefined;
  // Behind a # a comment was meant.
  if (parts.some(({ text, span }) => !/^[^\s"'`\\#()]+$/.test(text) || span.end - span.start !== text.length)) return undefined;
  return {
    span: { start: first.span.start, end: last.span.end },
    text: `${first.name.text}="${parts.map(({ text }) => text).join(' ')}"`,
  };
}

/** The place of what follows the first word of an instruction. */
function afterFirst({ text, span, offsetAt }: Instruction['body']): Span {
  const [first = ''] = /^\s*\S+\s*/.exec(text) ?? [];
  return { start: offsetAt(first.length), end: span.end };
}

/** What a build refuses about a signal. */
export function* signalFaults(signal: string, span: Span): Generator<Fault> {
  if (isSignal(signal)) return;
  const meant =
    span.end - span.start === signal.length
      ? nearest(
          signal.toUpperCase().replace(/^(?!SIG)/, 'SIG'),
          [...signals].map((name) => `SIG${name}`),
        )
      : undefined;
  yield {
    span,
    message: `«${signal}» is no signal: write a name such as ${meant ?? 'SIGTERM'} or a number.`,
    ...(meant ? { meant } : {}),
  };
}

/** The place of what a word ends with; of the whole word when quotes or a line's end stand in it. */
const lastOf = ({ text, span }: Word, end: string): Span =>
  span.end - span.start === text.length && text.endsWith(end) ? { start: span.end - end.length, end: span.end } : span;

/** What a build refuses about a port, when variables are put in. */
export function* portFaults(word: Word): Generator<Fault> {
  const { value, span } = word;
  if (!value) return;
  const [, ports = '', protocol] = /^(.*?)(?:\/([^/]*))?$/.exec(value) ?? [];
  const container = ports.slice(ports.lastIndexOf(':') + 1);
  const [, from, to] = /^(\d+)(?:-(\d+))?$/.exec(container) ?? [];
  if (/^\d+(?:,\d*)+$/.test(value))
    yield { span, message: `Ports stand apart by blanks, not by commas: «${value}».`, meant: value.replace(/,$/, '').replaceAll(',', ' ') };
  else if (from === undefined || !publishes(ports.slice(0, -container.length), Number(to ?? from) - Number(from)))
    yield { span, message: `«${value}» is no port: write 8080, 8080/udp or 8000-8010.` };
  else if (Number(from) > 65535 || Number(to ?? 0) > 65535) yield { span, message: `«${value}» is no port: the highest is 65535.` };
  else if (to !== undefined && Number(to) < Number(from)) yield { span, message: `The range «${value}» ends before it begins.` };
  else if (protocol && !/^(tcp|udp|sctp)$/i.test(protocol))
    yield { span: lastOf(word, protocol), message: `The protocol is tcp, udp or sctp, not «${protocol}».` };
}

/** Whether what stands before the container's port could be given to `-p`: `[address:]port:`, a range as long as the container's. */
function publishes(before: string, more: number): boolean {
  if (before === '') return true;
  const [, address, host = ''] = /^(?:(.*):)?([^:]*):$/.exec(before) ?? [];
  if (address && !/^(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]+\])$/i.test(address)) return false;
  if (host === '') return true;
  const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(host) ?? [];
  if (first === undefined || Number(last) > 65535 || Number(last) < Number(first)) return false;
  return more === 0 || Number(last) - Number(first) === more;
}

function* healthcheckFaults(instruction: Instruction): Generator<Fault> {
  const [type, ...rest] = instruction.args;
  const command = instruction.json ?? rest;
  if (!type || /^[\\`]$/.test(type.text)) yield wants('CMD and a command, or NONE')(instruction);
  else if (type.text.toUpperCase() === 'NONE') {
    if (rest.length)
      yield {
        span: { start: rest[0]?.span.start ?? type.span.end, end: instruction.body.span.end },
        message: 'HEALTHCHECK NONE takes nothing more.',
      };
  } else if (type.text.toUpperCase() !== 'CMD')
    yield { span: type.span, message: `After HEALTHCHECK comes CMD or NONE, not «${type.text}».` };
  else if (!command.length) yield { span: type.span, message: 'HEALTHCHECK CMD needs a command.' };
}

const signals = new Set(
  'ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP TSTP TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ RTMIN RTMAX'.split(
    ' ',
  ),
);

function isSignal(text: string): boolean {
  if (/^[+-]?\d+$/.test(text)) return Number(text) !== 0;
  const name = text.toUpperCase().replace(/^SIG/, '');
  return signals.has(name) || /^RTMIN\+([1-9]|1[0-5])$/.test(name) || /^RTMAX-([1-9]|1[0-4])$/.test(name);
}
