import { satisfies } from '@renovatebot/pep440';

/** What is known of the machine that a marker is asked about. */
export interface Machine {
  /** The minor version of its Python, e.g. `3.12`. */
  readonly python?: string;
}

/**
 * Whether a PEP 508 marker holds in a Linux container: `sys_platform == "linux" and python_version < "3.13"`.
 * Undefined when that depends on what is not known; always, when there is no marker.
 */
export function holdsOnLinux(marker: string | undefined, machine: Machine = {}): boolean | undefined {
  if (marker === undefined) return true;
  const tokens = marker.match(/"[^"]*"|'[^']*'|\(|\)|[<>=!~]+|[\w.]+|\S/g) ?? [];
  let at = 0;
  const either = (): boolean | undefined => {
    let value = both();
    while (tokens[at] === 'or') {
      at++;
      const other = both();
      value = value === true || other === true ? true : value === undefined || other === undefined ? undefined : false;
    }
    return value;
  };
  const both = (): boolean | undefined => {
    let value = one();
    while (tokens[at] === 'and') {
      at++;
      const other = one();
      value = value === false || other === false ? false : value === undefined || other === undefined ? undefined : true;
    }
    return value;
  };
  const one = (): boolean | undefined => {
    if (tokens[at] === '(') {
      at++;
      const value = either();
      at++;
      return value;
    }
    const left = tokens[at++];
    let operator = tokens[at++];
    if (operator === 'not') operator = `not ${tokens[at++] ?? ''}`;
    return compare(left, operator, tokens[at++], machine);
  };
  const value = either();
  return at === tokens.length ? value : undefined;
}

const linux: Readonly<Record<string, string>> = {
  sys_platform: 'linux',
  platform_system: 'Linux',
  os_name: 'posix',
  implementation_name: 'cpython',
  platform_python_implementation: 'CPython',
};
const mirrored: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

function compare(
  left: string | undefined,
  operator: string | undefined,
  right: string | undefined,
  { python }: Machine,
): boolean | undefined {
  if (left === undefined || operator === undefined || right === undefined) return undefined;
  const literal = (token: string): string | undefined => /^(["'])(.*)\1$/.exec(token)?.[2];
  if (literal(left) !== undefined) {
    if (literal(right) !== undefined || operator.endsWith('in')) return undefined;
    return compare(right, mirrored[operator] ?? operator, left, python === undefined ? {} : { python });
  }
  const value = literal(right);
  if (value === undefined) return undefined;
  if (left === 'python_version' || left === 'python_full_version') {
    if (python === undefined || !/^(?:[<>]=?|[!=~]=)$/.test(operator)) return undefined;
    // The patch version of an image is not known: bounds on it hold only where every patch of the minor version agrees.
    const [first, last] = left === 'python_version' ? [python, python] : [`${python}.0`, `${python}.99`];
    const holds = satisfies(first, `${operator}${value}`);
    return holds === satisfies(last, `${operator}${value}`) ? holds : undefined;
  }
  const known = linux[left];
  if (known === undefined) return undefined;
  switch (operator) {
    case '==':
    case '===':
      return known === value;
    case '!=':
      return known !== value;
    case 'in':
      return value.includes(known);
    case 'not in':
      return !value.includes(known);
    default:
      return undefined;
  }
}
