import { nearest } from '../text/nearest.ts';
import type { Span } from '../text/text.ts';
import type { Fault, Flag, Instruction, Word } from './model.ts';

/** `RUN --mount=type=cache,target=/root/.cache`: its fields, with places. */
export interface Mount {
  readonly type: string;
  readonly fields: readonly MountField[];
  readonly target?: string;
}
export interface MountField {
  readonly name: string;
  /** Empty in `ro`, `rw`, `required` alone. */
  readonly value: string;
  /** Whether there is a `=`. */
  readonly given: boolean;
  readonly span: Span;
}

const types = ['bind', 'cache', 'tmpfs', 'secret', 'ssh'];
const keys = 'type from source src target dst destination readonly ro readwrite rw id sharing required size mode uid gid env'.split(' ');
const switches = new Set(['readonly', 'ro', 'readwrite', 'rw', 'required']);

/** The keys that only some types of mount have; the others a build reads with every type. */
const only: Readonly<Record<string, readonly string[]>> = {
  size: ['tmpfs'],
  required: ['secret', 'ssh'],
  sharing: ['cache'],
  mode: ['cache', 'secret', 'ssh'],
  uid: ['cache', 'secret', 'ssh'],
  gid: ['cache', 'secret', 'ssh'],
  from: ['bind', 'cache', 'tmpfs', 'ssh'],
};

/** The mounts of a RUN. */
export const mountsOf = ({ flags }: Pick<Instruction, 'flags'>): readonly Mount[] => flags.flatMap((flag) => mountOf(flag) ?? []);

function mountOf({ name, value }: Flag): Mount | undefined {
  if (name !== 'mount' || !value) return undefined;
  const fields = fieldsOf(value);
  const last = (...names: readonly string[]): string | undefined => fields.findLast((field) => names.includes(field.name))?.value;
  const target = last('target', 'dst', 'destination');
  return { type: last('type') ?? 'bind', fields, ...(target === undefined ? {} : { target }) };
}

function fieldsOf(word: Word): MountField[] {
  let at = 0;
  // Quoted fields may hold commas; places are exact only where nothing was quoted.
  const exact = word.text === word.value;
  return (word.value.match(/"(?:[^"]|"")*"|[^,]+|(?<=,)(?=,|$)|^(?=,)/g) ?? []).map((field) => {
    const start = word.value.indexOf(field, at);
    at = start + field.length;
    const bare = field.replace(/^"|"$/g, '').replaceAll('""', '"');
    const equals = bare.indexOf('=');
    const span = exact ? { start: word.span.start + start, end: word.span.start + at } : word.span;
    return {
      name: (equals < 0 ? bare : bare.slice(0, equals)).trim().toLowerCase(),
      value: equals < 0 ? '' : bare.slice(equals + 1),
      given: equals >= 0,
      span,
    };
  });
}

/** Keys that only Buildah has: labels for SELinux, owners, and how mounts spread. */
const buildahKeys = new Set('z u relabel shared rshared private rprivate slave rslave bind-propagation notmpcopyup tmpcopyup'.split(' '));

/** What a build refuses about a mount. `next` is the word after it, which may have been meant as a part of it. */
export function* mountFaults(word: Word, buildah = false, next?: Word): Generator<Fault> {
  const fields = fieldsOf(word);
  if (fields.some(({ name, given }) => name === '' && !given)) {
    const rest = word.value.endsWith(',') && word.text === word.value ? /^[a-z]+=\S+/.exec(next?.text ?? '')?.[0] : undefined;
    yield rest === undefined || !next
      ? { span: word.span, message: `Something is missing beside a comma in «${word.value}»: a mount is written type=cache,target=/path.` }
      : {
          span: { start: word.span.start, end: next.span.start + rest.length },
          message: `The fields of a mount are written without blanks: --mount=${word.value}${rest}`,
          meant: `${word.value}${rest}`,
        };
    return;
  }
  const type = fields.findLast(({ name }) => name === 'type')?.value.toLowerCase() ?? 'bind';
  const open = type.includes('$');
  if (!open && !types.includes(type)) {
    const meant = nearest(type, types);
    const written = fields.findLast(({ name }) => name === 'type');
    yield {
      span: written?.span ?? word.span,
      ...(written && meant ? instead(written, `type=${meant}`) : {}),
      message: `«${type}» is no type of mount${meant ? `; did you mean ${meant}?` : `: there are ${types.join(', ')}.`}`,
    };
    return;
  }
  for (const field of fields) {
    const { name, span } = field;
    if (buildah && buildahKeys.has(name)) continue;
    if (!keys.includes(name)) {
      const meant = nearest(name, keys);
      yield {
        span,
        message: `A mount has no «${name}»${meant ? `; did you mean ${meant}?` : '.'}`,
        ...(meant ? instead(field, field.given ? `${meant}=${field.value}` : meant) : {}),
      };
    } else if (!field.given && !switches.has(name)) yield { span, message: `«${name}» needs a value: ${name}=…` };
    else if (!open && only[name] && !only[name].includes(type))
      yield { span, message: `A ${type} mount has no «${name}»: it is for ${only[name].join(', ')}.` };
    else {
      const message = valueFault(field);
      const meant = name === 'sharing' ? nearest(field.value, ['shared', 'private', 'locked']) : undefined;
      if (message !== undefined) yield { span, message, ...(meant ? instead(field, `sharing=${meant}`) : {}) };
    }
  }
  if (type === 'bind' || type === 'cache' || type === 'tmpfs') {
    // Without a target it stands in the working directory.
    const target = fields.findLast(({ name }) => name === 'target' || name === 'dst' || name === 'destination');
    if (target?.value === '/')
      yield { span: target.span, message: 'A mount cannot stand at the root of the file system: name a folder in target=.' };
  }
  if (type !== 'secret') return;
  const named = (...names: readonly string[]): boolean => fields.some(({ name, value }) => names.includes(name) && value !== '');
  if (!named('id', 'source', 'src', 'target', 'dst', 'destination'))
    yield { span: word.span, message: 'A secret mount needs id=, the name given with --secret.' };
  else if (named('id') && named('source', 'src'))
    yield { span: word.span, message: 'In a secret mount, id= and source= are the same: give one of them.' };
}

/** What was meant in the place of a field; nothing where it has no place of its own. */
const instead = ({ name, value, given, span }: MountField, meant: string): Pick<Fault, 'meant'> =>
  span.end - span.start === name.length + (given ? 1 + value.length : 0) ? { meant } : {};

/** What is wrong with a field's value; undefined when nothing is, or when a variable decides. */
function valueFault({ name, value, given }: MountField): string | undefined {
  if (name === 'from')
    return /\$./.test(value)
      ? `from= takes no variable: name the image in a stage, «FROM ${value} AS tools», and write from=tools.`
      : undefined;
  if (value.includes('$') || !given) return undefined;
  if (name === 'sharing' && !/^(shared|private|locked)$/i.test(value)) return `sharing is shared, private or locked, not «${value}».`;
  if (/^(uid|gid)$/.test(name) && !/^\d+$/.test(value)) return `${name} is a number, not «${value}».`;
  if (name === 'mode' && !/^[0-7]+$/.test(value)) return `mode is octal, such as 0755, not «${value}».`;
  if (name === 'size' && !/^\d+(?:\.\d+)? ?(?:[kmgtp]i?)?b?$/i.test(value)) return `«${value}» is no size: write 512m or 2g.`;
  if (switches.has(name) && !/^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(value))
    return `${name} is true or false, not «${value}».`;
  return undefined;
}
