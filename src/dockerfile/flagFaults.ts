import { nearest } from '../text/nearest.ts';
import type { Span } from '../text/text.ts';
import type { FlagSpec, InstructionSpec } from './instructions.ts';
import type { Dockerfile, Fault, Flag, Instruction, Word } from './model.ts';
import { mountFaults } from './mounts.ts';

/** What a build refuses about an instruction's flags. */
export function* flagFaults({ keyword, flags, args }: Instruction, { flags: known }: InstructionSpec, file: Dockerfile): Generator<Fault> {
  // Behind NONE a build never looks at them.
  if (keyword === 'HEALTHCHECK' && /^none$/i.test(args[0]?.text ?? '')) return;
  const labs = /-labs\b|experimental|master/.test(file.directives.find(({ name }) => name === 'syntax')?.value ?? '');
  for (const flag of flags) {
    const spec = known.find(({ name }) => name === flag.name);
    if (!spec) {
      const meant = nearest(
        flag.name,
        known.map(({ name }) => name),
      );
      const others = known.length ? ` It has ${known.map(({ name }) => `--${name}`).join(', ')}.` : ` ${keyword} has no flags.`;
      yield {
        span: dashed(flag),
        message: `${keyword} has no flag «--${flag.name}».${meant ? ` Did you mean --${meant}?` : others}`,
        ...(meant ? { meant: `--${meant}` } : { surplus: withBlanks(flag.span, file) }),
      };
      continue;
    }
    if (spec.labs && !labs)
      yield {
        span: flag.span,
        message: `--${flag.name} exists only in the labs frontend: begin the file with «# syntax=docker/dockerfile:1-labs».`,
      };
    if (spec.kind !== 'list' && flags.some((other) => other !== flag && other.name === flag.name))
      yield { span: named(flag), message: `--${flag.name} is given more than once.` };
    yield* valueFaults(keyword, flag, spec, file, args[0]);
  }
}

function* valueFaults(keyword: string, flag: Flag, spec: FlagSpec, file: Dockerfile, next: Word | undefined): Generator<Fault> {
  const value = flag.value?.value;
  if (spec.kind === 'boolean') {
    if (value === '') yield { span: named(flag), message: `--${flag.name}= has no value: leave out the «=», or write true or false.` };
    else if (value !== undefined && !/^(true|false)$/i.test(value))
      yield { span: flag.value?.span ?? flag.span, message: `--${flag.name} is true or false, not «${value}».` };
    return;
  }
  if (
    value === undefined ||
    (value === '' && spec.kind === 'string' && keyword !== 'HEALTHCHECK' && keyword !== 'COPY' && keyword !== 'ADD' && keyword !== 'FROM')
  ) {
    if (value === undefined) yield { span: named(flag), message: `--${flag.name} needs a value: --${flag.name}=…` };
    return;
  }
  const span = flag.value?.span ?? flag.span;
  if (keyword === 'COPY' && flag.name === 'from' && /\$\{?\w/.test(value))
    yield { span, message: `--from takes no variable: name the image in a stage, «FROM ${value} AS tools», and write --from=tools.` };
  if (flag.name === 'platform' && !value.includes('$')) {
    const message = platformFault(value.replace(/^(["'])(.*)\1$/, '$2'));
    if (message !== undefined) yield { span, message };
  }
  if (spec.values && !spec.values.includes(value))
    yield { span, message: `--${flag.name} is one of ${spec.values.join(', ')}, not «${value}».` };
  if (flag.name === 'chmod' && !isMode(value))
    yield { span, message: `«${value}» is no file mode: write it in octal up to 7777 (644, 0755) or in symbols (u=rwX,go=rX).` };
  if (flag.name === 'mount' && flag.value) yield* mountFaults(flag.value, forBuildah(file.source.path), next);
  if (keyword === 'HEALTHCHECK' && value) yield* healthFaults(flag, value, span);
}

/** A Containerfile is what Podman and Buildah call theirs; they take more. */
export const forBuildah = (path: string): boolean => /(?:^|[/.])containerfile[^/]*$/i.test(path);

/** What a build refuses about a platform. */
export function platformFault(value: string): string | undefined {
  if (value === '') return undefined;
  if (value.includes(','))
    return `FROM takes one platform, not «${value}»: give several to the build, docker buildx build --platform=${value}.`;
  if (/^[\w.-]+$/.test(value) && !isPlatform(value))
    return `«${value}» is no operating system and no architecture: write a platform such as linux/amd64.`;
  return /^[\w-]+(?:\([\w.%+-]*\))?(?:\/[\w.-]+){0,2}$/.test(value)
    ? undefined
    : `«${value}» is no platform: write the system, the architecture and where needed its variant, such as linux/amd64 or linux/arm/v7.`;
}

/** Whether one word names a platform: an operating system or an architecture that Go knows, with the names that Docker takes besides. */
const isPlatform = (word: string): boolean => systems.has(word.toLowerCase()) || architectures.has(word.toLowerCase());
const systems = new Set(
  'aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris wasip1 windows zos macos'.split(' '),
);
const architectures = new Set(
  '386 amd64 amd64p32 arm armbe arm64 arm64be loong64 mips mipsle mips64 mips64le mips64p32 mips64p32le ppc ppc64 ppc64le riscv riscv64 s390 s390x sparc sparc64 wasm i386 x86_64 x86-64 aarch64 armhf armel'.split(
    ' ',
  ),
);

/** What BuildKit takes for `--chmod`; a variable may hold anything. */
const isMode = (value: string): boolean =>
  value === '' ||
  /[$]/.test(value) ||
  /^0*[0-7]{1,4}$/.test(value) ||
  /^(?:[ugoa]*(?:[-+=](?:[rwxXst]*|[ugo]))+)(?:,[ugoa]*(?:[-+=](?:[rwxXst]*|[ugo]))+)*$/.test(value);

/** A flag with what separates it from the next word on its line. */
const withBlanks = ({ start, end }: Span, { source }: Dockerfile): Span => ({
  start,
  end: end + (/^[ \t]*/.exec(source.text.slice(end, end + 200))?.[0].length ?? 0),
});

/** `--name` without its value, and the name alone; a name that goes on in the next line keeps the whole flag. */
const dashed = ({ name, span }: Flag): Span => ({ start: span.start, end: Math.min(span.end, span.start + 2 + name.length) });
const named = (flag: Flag): Span => ({ start: Math.min(flag.span.start + 2, flag.span.end), end: dashed(flag).end });

function* healthFaults(flag: Flag, value: string, span: Span): Generator<Fault> {
  const { name } = flag;
  if (name === 'retries') {
    if (!/^[+-]?\d+$/.test(value)) yield { span, message: `--retries is a whole number, not «${value}».` };
    else if (Number(value) < 0) yield { span, message: `--retries cannot be negative, and is «${value}».` };
    return;
  }
  const seconds = duration(value);
  if (seconds === undefined) {
    const [, amount, unit = 's'] = /^(\d+) ?(s|m|h)?(?:ec|in|our|r)?(?:ond|ute)?s?$/i.exec(value) ?? [];
    yield {
      span,
      message: `«${value}» is no duration: write a number with a unit, such as 30s, 1m30s or 500ms.`,
      ...(amount === undefined ? {} : { meant: `${amount}${unit.toLowerCase()}` }),
    };
  } else if (seconds !== 0 && seconds < 0.001)
    yield { span: named(flag), message: `--${name} is at least 1ms (0 means the default), and is «${value}».` };
}

const units: Readonly<Record<string, number>> = { ns: 1e-9, us: 1e-6, µs: 1e-6, μs: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 };

/** Seconds of a Go duration such as `1m30s`; undefined when it is none. */
function duration(text: string): number | undefined {
  if (text.length > 64) return undefined;
  const match = /^([+-]?)((?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/.exec(text);
  if (!match) return /^[+-]?0$/.test(text) ? 0 : undefined;
  let total = 0;
  for (const [, amount, unit] of (match[2] ?? '').matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g))
    total += Number(amount) * (units[unit ?? ''] ?? 0);
  return match[1] === '-' ? -total : total;
}
