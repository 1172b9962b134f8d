import { nearest } from '../text/nearest.ts';
import type { Span } from '../text/text.ts';
import type { Fault, Flag, Instruction, Word } from './model.ts';

/** `RUN --mount=type=cache,target=/root/.cache`: its fields, with places. */
export interface Mount {
  readonly type: string;
  readonly fields: readonly MountField[];
  readonly target?: string;
  readonly span: Span;
}
export interface MountField {
  readonly name: string;
  readonly value: string;
  readonly span: Span;
}

const types = ['bind', 'cache', 'tmpfs', 'secret', 'ssh'];
const keys: Readonly<Record<string, readonly string[]>> = {
  bind: ['from', 'source', 'src', 'target', 'dst', 'destination', 'readonly', 'ro', 'readwrite', 'rw'],
  cache: [
    'from',
    'source',
    'src',
    'target',
    'dst',
    'destination',
    'readonly',
    'ro',
    'readwrite',
    'rw',
    'id',
    'sharing',
    'mode',
    'uid',
    'gid',
  ],
  tmpfs: ['target', 'dst', 'destination', 'size', 'readonly', 'ro', 'readwrite', 'rw'],
  secret: ['id', 'source', 'src', 'target', 'dst', 'destination', 'required', 'mode', 'uid', 'gid', 'env'],
  ssh: ['id', 'source', 'src', 'target', 'dst', 'destination', 'required', 'mode', 'uid', 'gid'],
};

/** The mounts of a RUN. */
export const mountsOf = ({ flags }: Pick<Instruction, 'flags'>): readonly Mount[] => flags.flatMap((flag) => mountOf(flag) ?? []);

function mountOf({ name, value }: Flag): Mount | undefined {
  if (name !== 'mount' || !value) return undefined;
  const fields = fieldsOf(value);
  const last = (...names: readonly string[]): string | undefined => fields.findLast((field) => names.includes(field.name))?.value;
  const target = last('target', 'dst', 'destination');
  return { type: last('type') ?? 'bind', fields, ...(target === undefined ? {} : { target }), span: value.span };
}

function fieldsOf(word: Word): MountField[] {
  let at = 0;
  // Quoted fields may hold commas; places are exact only where nothing was quoted.
  const exact = word.text === word.value;
  return (word.value.match(/"(?:[^"]|"")*"|[^,]+|(?<=,)(?=,)/g) ?? []).map((field) => {
    const start = word.value.indexOf(field, at);
    at = start + field.length;
    const bare = field.replace(/^"|"$/g, '').replaceAll('""', '"');
    const equals = bare.indexOf('=');
    const span = exact ? { start: word.span.start + start, end: word.span.start + at } : word.span;
    return {
      name: (equals < 0 ? bare : bare.slice(0, equals)).trim().toLowerCase(),
      value: equals < 0 ? '' : bare.slice(equals + 1),
      span,
    };
  });
}

/** What a build refuses about a mount. */
export function* mountFaults(word: Word): Generator<Fault> {
  const fields = fieldsOf(word);
  const type = fields.find(({ name }) => name === 'type')?.value.toLowerCase() ?? 'bind';
  if (type.includes('$')) return;
  const allowed = keys[type];
  if (!allowed) {
    const meant = nearest(type, types);
    yield {
      span: word.span,
      message: `«${type}» is no type of mount${meant ? `; did you mean ${meant}?` : `: there are ${types.join(', ')}.`}`,
    };
    return;
  }
  const all = new Set(Object.values(keys).flat());
  for (const { name, value, span } of fields) {
    if (name === 'type') continue;
    if (!allowed.includes(name)) {
      const meant = all.has(name) ? undefined : nearest(name, allowed);
      yield { span, message: `A ${type} mount has no «${name}»${meant ? `; did you mean ${meant}?` : '.'}` };
    } else if (name === 'sharing' && !/^(shared|private|locked)$/.test(value) && !value.includes('$'))
      yield { span, message: `sharing is shared, private or locked, not «${value}».` };
    else if (/^(uid|gid)$/.test(name) && !/^\d+$/.test(value) && !value.includes('$'))
      yield { span, message: `${name} is a number, not «${value}».` };
    else if (name === 'mode' && !/^[0-7]+$/.test(value) && !value.includes('$'))
      yield { span, message: `mode is octal, such as 0755, not «${value}».` };
    else if (/^(readonly|ro|readwrite|rw|required)$/.test(name) && value && !/^(true|false|1|0|t|f)$/i.test(value) && !value.includes('$'))
      yield { span, message: `${name} is true or false, not «${value}».` };
  }
  const named = (...names: readonly string[]): boolean => fields.some(({ name, value }) => names.includes(name) && value !== '');
  if ((type === 'bind' || type === 'cache' || type === 'tmpfs') && !named('target', 'dst', 'destination'))
    yield { span: word.span, message: `A ${type} mount needs target=, the path in the build container.` };
  if (type === 'secret' && !named('id', 'source', 'src', 'target', 'dst', 'destination'))
    yield { span: word.span, message: 'A secret mount needs id=, the name given with --secret.' };
}
