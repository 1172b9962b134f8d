import { stageAround } from '../dockerfile/scope.ts';
import type { Document } from '../document.ts';
import { lineAt, lineBreak, lineSpan, type Edit, type Source } from '../text/text.ts';
import type { Finding } from './rule.ts';

/** Says whether a comment in the file asks to leave a finding out. */
export type Suppressed = (finding: Finding) => boolean;

interface Comment {
  readonly text: string;
  readonly start: number;
  /** Whether nothing but white space stands before it. */
  readonly alone: boolean;
}

/**
 * Reads the comments that switch findings off:
 * `# ml-containers: ignore RULE, RULE` for what follows (or the same line), `# ml-containers: ignore-file RULE`,
 * hadolint's `# hadolint ignore=DLnnnn`, `# hadolint stage ignore=…` and `# hadolint global ignore=…`, BuildKit's `# check=skip=RuleName`,
 * ShellCheck's `# shellcheck disable=SCnnnn` and the Docker extension's `# dockerfile-utils: ignore`.
 * hadolint's do not count where its configuration says so (`hadolint` false). Without a rule, ours mean every rule. What a build refuses stays.
 */
export function suppressions(document: Document, buildArgs: Readonly<Record<string, string>> = {}, hadolint = true): Suppressed {
  const { source } = document;
  const check = document.language === 'dockerfile' ? buildArgs['BUILDKIT_DOCKERFILE_CHECK'] : undefined;
  if (check === undefined && !/(?:#|\/\/)\s*(?:ml-containers|hadolint|check|shellcheck|dockerfile-utils)\b/i.test(source.text))
    return () => false;
  const everywhere: Names[] = [];
  const byLine = new Map<number, Names[]>();
  for (const comment of comments(document, check)) {
    const read = meaning(comment.text);
    if (!read || (!hadolint && /^hadolint\b/.test(comment.text))) continue;
    if (read.reach === 'file') everywhere.push(read.names);
    else for (const line of linesAfter(document, comment, read.reach)) byLine.set(line, [...(byLine.get(line) ?? []), read.names]);
  }
  return (finding) => {
    if (finding.rule === 'syntax') return false;
    const matches = (names: Names): boolean =>
      names.all ||
      names.ids.has(finding.rule) ||
      finding.also.some((id) => names.ids.has(id) || names.ids.has(id.replace(/^(buildkit|shellcheck):.*/, '$1:*')));
    return everywhere.some(matches) || (byLine.get(lineAt(source, finding.span.start)) ?? []).some(matches);
  };
}

interface Names {
  readonly all: boolean;
  readonly ids: ReadonlySet<string>;
}

const remarks = { hash: /(^|[ \t])#[ \t]*(ml-containers:.*)$/gm, json: /(^|[ \t])\/\/[ \t]*(ml-containers:.*)$/gm };

/** How far a comment reaches: the instruction after it, the stage around it or beginning after it, the whole file. */
type Reach = 'next' | 'stage' | 'file';

function meaning(text: string): { readonly reach: Reach; readonly names: Names } | undefined {
  // ShellCheck's own comment, before an instruction as before a command.
  const shell = /^shellcheck\s+disable=((?:SC\d+(?:-SC\d+)?|all)(?:,(?:SC\d+(?:-SC\d+)?|all))*)/.exec(text);
  if (shell) return { reach: 'next', names: { all: false, ids: new Set((shell[1] ?? '').split(',').flatMap(shellCodes)) } };
  if (/^dockerfile-utils:\s*ignore$/.test(text)) return { reach: 'next', names: { all: true, ids: new Set() } };
  const ours = /^ml-containers:\s*(ignore-file|ignore)\b[:=\s]*([^—]*)/.exec(text);
  if (ours) return { reach: ours[1] === 'ignore-file' ? 'file' : 'next', names: namesOf(ours[2] ?? '', '') };
  const hadolint = /^hadolint\s+(?:(global|stage)\s+)?ignore\s*=([^#]*)/.exec(text);
  if (hadolint) {
    const [, where, list = ''] = hadolint;
    // hadolint takes a comment with a code that is none for no comment of its own.
    if (!/^\s*(?:DL|SC)\d+(?:\s*,\s*(?:DL|SC)\d+)*\s*$/.test(list)) return undefined;
    return {
      reach: where === 'global' ? 'file' : where === 'stage' ? 'stage' : 'next',
      names: { ...namesOf(list, 'hadolint:'), all: false },
    };
  }
  // At the top it is a directive for the whole file, elsewhere a remark on the next instruction.
  const check = /^(?:check\s*=|(directive)\s).*\bskip=([^;/]*)/.exec(text);
  if (!check) return undefined;
  const list = (check[2] ?? '').trim();
  return {
    reach: check[1] === undefined ? 'next' : 'file',
    names: list === 'all' ? { all: false, ids: new Set(['buildkit:*']) } : { ...namesOf(list, 'buildkit:'), all: false },
  };
}

/** `SC2086`, `SC2000-SC2099`, `all` as the ids of findings. */
function shellCodes(code: string): readonly string[] {
  if (code === 'all') return ['shellcheck:*'];
  const [first = 0, last = first] = code.split('-').map((each) => Number(each.slice(2)));
  return Array.from({ length: Math.min(Math.max(last - first + 1, 0), 10_000) }, (_, index) => `shellcheck:SC${first + index}`);
}

function namesOf(list: string, prefix: string): Names {
  const ids = list
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((id) => (/^SC\d+$/.test(id) ? `shellcheck:${id}` : prefix + id));
  return { all: !ids.length, ids: new Set(ids) };
}

/** The comments; a `check` given as a build argument takes the directive's place. */
function comments(document: Document, given: string | undefined): readonly Comment[] {
  if (document.language === 'dockerfile') {
    const directives = document.directives
      .filter(({ name }) => name === 'check')
      .map(({ value, span }) => ({ text: `directive ${/^\S*/.exec(value)?.[0] ?? ''}`, start: span.start, alone: true }));
    const others = document.comments
      .filter(({ span }) => !directives.some(({ start }) => start === span.start))
      .map(({ text, span }) => ({ text, start: span.start, alone: true }));
    return [...(given === undefined ? directives : [{ text: `directive ${given}`, start: 0, alone: true }]), ...others];
  }
  return [...document.source.text.matchAll(document.language === 'devcontainer' ? remarks.json : remarks.hash)].map((match) => {
    const start = match.index + (match[1]?.length ?? 0);
    const line = lineSpan(document.source, lineAt(document.source, start));
    return { text: match[2]?.trim() ?? '', start, alone: /^\s*$/.test(document.source.text.slice(line.start, start)) };
  });
}

/** The lines a comment speaks for: those of the instruction around or after it; the same or the next line elsewhere. */
function linesAfter(document: Document, { start, alone }: Comment, reach: Reach): readonly number[] {
  const { source } = document;
  const line = lineAt(source, start);
  if (document.language === 'dockerfile') {
    const instruction = document.instructions.find(({ span }) => span.end > start);
    if (!instruction) return [];
    const stage = reach === 'stage' ? stageAround(document, instruction) : undefined;
    const { span } = stage ?? instruction;
    const first = lineAt(source, span.start);
    const last = lineAt(source, Math.max(span.start, span.end - 1));
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  }
  if (!alone) return [line];
  let next = line + 1;
  while (next < source.lineStarts.length && /^\s*(?:#|\/\/|$)/.test(textOf(source, next))) next++;
  return [next];
}

const textOf = (source: Source, line: number): string => {
  const { start, end } = lineSpan(source, line);
  return source.text.slice(start, end);
};

/** What begins a comment. */
const mark = ({ language }: Document): string => (language === 'devcontainer' ? '//' : '#');

/** The edit that writes a suppression comment for a finding on a line above it. */
export function suppress(document: Document, { rule, span }: Pick<Finding, 'rule' | 'span'>): Edit {
  const { source } = document;
  const instruction =
    document.language === 'dockerfile'
      ? document.instructions.find((each) => each.span.start <= span.start && span.start < each.span.end)
      : undefined;
  const start = lineSpan(source, lineAt(source, instruction?.span.start ?? span.start)).start;
  const indent = /^[ \t]*/.exec(source.text.slice(start))?.[0] ?? '';
  return { span: { start, end: start }, text: `${indent}${mark(document)} ml-containers: ignore ${rule}${lineBreak(source)}` };
}

/** The edit that writes a suppression comment for the whole file: after the directives at its top. */
export function suppressInFile(document: Document, { rule }: Pick<Finding, 'rule'>): Edit {
  const { source } = document;
  const last = document.language === 'dockerfile' ? document.directives.at(-1) : undefined;
  const start = last
    ? (source.lineStarts[lineAt(source, last.span.end) + 1] ?? source.text.length)
    : source.text.startsWith('\uFEFF')
      ? 1
      : 0;
  const newline = lineBreak(source);
  const before = start && last && !/[\r\n]$/.test(source.text.slice(0, start)) ? newline : '';
  return { span: { start, end: start }, text: `${before}${mark(document)} ml-containers: ignore-file ${rule}${newline}` };
}
