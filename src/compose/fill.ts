import { movedComplaint, type Complaint } from './complaint.ts';
import { substitute } from './interpolate.ts';
import { asRead, movedSince, type MapNode, type Node, type ScalarNode } from './model.ts';
import { movedMap } from './move.ts';
import { isAsWritten, mapSame, mapScalars } from './nodes.ts';
import type { Variables } from './variables.ts';
import { Attached } from '../text/attached.ts';

type Complain = (complaint: Complaint) => void;

/** Fills the variables into every text of a file. */
export function fill(root: MapNode, variables: Variables, complain: Complain): MapNode {
  const change = filler(variables, complain);
  return withValues(root, (value, key) =>
    key === 'services' && value.kind === 'map'
      ? withValues(value, (service) => filledMap(service, variables, complain) ?? mapScalars(service, change))
      : (filledMap(value, variables, complain) ?? mapScalars(value, change)),
  );
}

function withValues(map: MapNode, change: (value: Node, key: string) => Node): MapNode {
  if (isAsWritten(map)) return map;
  const entries = mapSame(map.entries, (each) => {
    const value = change(each.value, each.key);
    return value === each.value ? each : { ...each, value };
  });
  return entries === map.entries ? map : { ...map, entries };
}

interface Filled {
  readonly node: Node;
  readonly complaints: readonly Complaint[];
  /** What the variables were that were put in, and whether they had to be given. */
  readonly values: ReadonlyMap<string, string | undefined>;
  readonly expected: ReadonlyMap<string, boolean>;
}

const known = new Attached<MapNode, Filled>();

/** A service or section is filled where it was read, and once, while its variables stay what they are. */
function filledMap(map: Node, variables: Variables, complain: Complain): Node | undefined {
  if (map.kind !== 'map') return undefined;
  if (isAsWritten(map)) return map;
  const origin = asRead(map);
  const by = movedSince(map);
  let filled = known.get(origin);
  if (!filled || !holds(filled, variables)) known.set(origin, (filled = fillOnce(origin, variables)));
  for (const complaint of filled.complaints) complain(movedComplaint(complaint, by));
  return filled.node.kind === 'map' ? movedMap(filled.node, by) : filled.node;
}

function fillOnce(map: MapNode, variables: Variables): Filled {
  const complaints: Complaint[] = [];
  const values = new Map<string, string | undefined>();
  const expected = new Map<string, boolean>();
  const listening: Variables = {
    get: (name) => {
      const value = variables.get(name);
      values.set(name, value);
      return value;
    },
    expected: (name) => {
      const answer = variables.expected(name);
      expected.set(name, answer);
      return answer;
    },
  };
  return {
    node: mapScalars(
      map,
      filler(listening, (complaint) => complaints.push(complaint)),
    ),
    complaints,
    values,
    expected,
  };
}

/** Whether variables are still what was put in. */
const holds = ({ values, expected }: Filled, now: Variables): boolean =>
  [...values].every(([name, value]) => now.get(name) === value) && [...expected].every(([name, answer]) => now.expected(name) === answer);

/** Fills the variables into one text. */
const filler =
  (variables: Variables, complain: Complain) =>
  (node: ScalarNode): Node => {
    if (typeof node.value !== 'string' || !node.value.includes('$')) return node;
    const result = substitute(node.value, variables.get);
    if (result.ok) {
      const unknown = result.unset.some(variables.expected) ? { unknown: true as const } : {};
      const unset = result.unset.length ? { unset: result.unset } : {};
      return { ...node, value: result.text, text: result.text, ...unknown, ...unset };
    }
    if (result.reason === 'invalid')
      complain({
        kind: 'variable',
        span: node.span,
        message: `Compose cannot read the variable in «${short(node.value)}»: write \${NAME} or \${NAME:-default}, and $$ for a plain $.`,
      });
    else if (!variables.expected(result.name))
      complain({
        kind: 'required-variable',
        span: node.span,
        message: `«${result.name}» must be set${result.says === '' ? '' : ` («${short(result.says)}»)`}, and neither the shell nor .env sets it: Compose stops here.`,
      });
    return { ...node, unknown: true };
  };

const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text);
