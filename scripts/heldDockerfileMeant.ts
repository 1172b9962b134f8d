import { inheritedNames } from '../src/dockerfile/inherited.ts';
import type { Dockerfile } from '../src/dockerfile/model.ts';
import { lineAt } from '../src/text/text.ts';

/** The rules that say what BuildKit refuses: others know what fails when the instructions are run. */
export const refusing: ReadonlySet<string> = new Set([
  'syntax',
  'from-first',
  'copy-from-itself',
  'onbuild-forbidden',
  'onbuild-refused',
  'port-range',
]);

/** Where we say something else than BuildKit on purpose. The pattern sees the kind of the difference and, on a line of its own, what is said. */
export const meant: readonly {
  readonly kind: RegExp;
  readonly where?: (file: Dockerfile, line: number) => boolean;
  readonly reason: string;
}[] = [
  { kind: /./, where: ({ template }) => template !== undefined, reason: 'a template, which another program fills in' },
  {
    kind: /unknown flag: --(?:parents|security|unpack)|checksum requires/,
    reason: 'a newer frontend (Dockerfile 1.20 and later) takes it',
  },
  { kind: /only we warn: InvalidDefinitionDescription/, reason: 'a newer frontend (1.22 and later) checks descriptions' },
  {
    kind: /only BuildKit warns: SecretsUsedInArgOrEnv/,
    where: (file, line) => /_(?:FILE|VERSION)\b/i.test(textAt(file, line)),
    reason: 'a newer frontend takes names of files and versions for no secrets',
  },
  {
    kind: /./,
    where: ({ comments, directives }) => comments.filter(({ text }) => /^check *= *skip=/.test(text)).length > directives.length,
    reason: 'a newer frontend takes «# check=skip=…» above an instruction too',
  },
  { kind: /file with no instructions|only one (?:check|escape|syntax) parser/, reason: 'BuildKit names no line where it is wrong' },
  {
    kind: /base name .* should not be blank|failed to parse stage name .*: invalid reference format|empty platform value/,
    where: ({ instructions }) => instructions.some(({ keyword, stage }) => keyword === 'ARG' && stage === undefined),
    reason: 'an ARG before FROM without a default: whoever builds gives it',
  },
  {
    kind: /only BuildKit warns: UndefinedVar|invalid signal: |invalid containerPort: |VOLUME specified can not be an empty string/,
    where: (file, line) => {
      const stage = file.stages.findLast(({ span }) => lineAt(file.source, span.start) < line);
      const given = file.instructions.some(({ pairs = [], keyword }) => keyword === 'ARG' && pairs.some(({ value }) => !value));
      return textAt(file, line).includes('$') && (given || !stage || inheritedNames(file, stage)?.length !== 1);
    },
    reason: 'the base image or whoever builds may set the variable; here every image is empty',
  },
  {
    kind: /only BuildKit refuses it: failed to process|only BuildKit warns: UndefinedVar/,
    where: (file, line) => /\$\{\w+:?\?/.test(textAt(file, line)),
    reason: 'a variable that has to be set says so itself',
  },
  {
    kind: /only BuildKit warns: UndefinedVar/,
    where: (file, line) => /\b(\w+)[= ].*\$\{?\1\b/s.test(textAt(file, line)),
    reason: 'what is added to a variable that the base image may have',
  },
  {
    kind: /only BuildKit warns: WorkdirRelativePath/,
    where: (file, line) => /[A-Za-z]:[\\/]|WORKDIR\s+["']?(?:\\|\$)/i.test(textAt(file, line)),
    reason: 'a path of Windows, or one that a variable may hold whole',
  },
  {
    kind: /only BuildKit warns/,
    where: ({ comments }) => comments.some(({ text }) => /^hadolint ignore/.test(text)),
    reason: 'a comment of hadolint’s leaves the same check out',
  },
  {
    kind: /only BuildKit warns: SecretsUsedInArgOrEnv/,
    where: (file, line) => /APT_KEY_DONT_WARN/.test(textAt(file, line)),
    reason: 'a switch of apt-key, and no key',
  },
  {
    kind: /refused elsewhere/,
    where: ({ instructions }) => instructions.some(({ trigger }) => trigger),
    reason: 'what ONBUILD holds back is refused where another stage begins with it',
  },
  {
    kind: /invalid mount target "\/"/,
    where: (file, line) => {
      const stage = file.stages.findLast(({ span }) => lineAt(file.source, span.start) < line);
      return !stage || !inheritedNames(file, stage) || /WORKDIR.*\$/i.test(file.source.text);
    },
    reason: 'a mount at «.», whose folder the base image says, or a variable',
  },
  {
    kind: /only we warn: JSONArgsRecommended\n.*is no JSON/,
    where: ({ instructions }) => instructions.some(({ keyword }) => keyword === 'SHELL'),
    reason: 'a list that is no JSON does not run with any shell, and BuildKit passes it over behind SHELL',
  },
  {
    kind: /./,
    where: ({ source: { text } }) => /\r(?!\n)/.test(text),
    reason: 'a lone carriage return, which ends a line for editors and not for BuildKit',
  },
];

/** The instruction that begins on a line (from 1), or the line. */
function textAt({ instructions, source }: Dockerfile, line: number): string {
  const found = instructions.findLast(({ span }) => lineAt(source, span.start) < line);
  return found ? source.text.slice(found.span.start, found.span.end) : '';
}
