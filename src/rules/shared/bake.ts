import type { Dockerfile } from '../../dockerfile/model.ts';
import type { World } from '../../lint/rule.ts';
import { folderOf, join, upwards } from '../../text/paths.ts';

/** What a Bake file says about the build of a Dockerfile. */
export interface BakeTarget {
  readonly name: string;
  /** The Bake file. */
  readonly path: string;
  /** The stage that is built; undefined for the last one, or where it is not known. */
  readonly stage?: string;
  /** Whether other targets inherit from it, so that it may be there for them alone. */
  readonly inherited: boolean;
  /** The build arguments that are given, with their values where those are known. */
  readonly args: ReadonlyMap<string, string | undefined>;
}

/** HCL may be called as one likes (`buildx bake -f docker.hcl`): its blocks tell. JSON is told by its name. */
const bakeFile = /\.hcl$|^(?:.*[.-])?bake(?:[.-].*)?\.json$/;

/** The targets of the Bake files beside a Dockerfile and above it that are built from it. */
export function bakeTargets(file: Dockerfile, { files }: Pick<World, 'files'>): readonly BakeTarget[] {
  const own = join('', file.source.path);
  const found: BakeTarget[] = [];
  for (const folder of upwards(folderOf(file.source.path)))
    for (const name of files.list(folder) ?? []) {
      if (!bakeFile.test(name)) continue;
      const path = join(folder, name);
      const content = files.read(path);
      if (content === undefined) continue;
      for (const target of targetsIn(path, content)) {
        const from = join(join(folder, target.context ?? '.'), target.dockerfile ?? 'Dockerfile');
        if (from === own)
          found.push({
            name: target.name,
            path,
            inherited: target.inherited,
            ...(target.stage === undefined ? {} : { stage: target.stage }),
            args: target.args,
          });
      }
    }
  return found;
}

interface Read {
  readonly name: string;
  readonly inherited: boolean;
  readonly context?: string;
  readonly dockerfile?: string;
  readonly stage?: string;
  readonly args: ReadonlyMap<string, string | undefined>;
}

const known = new Map<string, { readonly content: string; readonly targets: readonly Read[] }>();

/** The targets of a Bake file, which is read again when it has changed: an editor asks at every keystroke. */
function targetsIn(path: string, content: string): readonly Read[] {
  const before = known.get(path);
  if (before?.content === content) return before.targets;
  const root = path.endsWith('.json') ? json(content) : hcl(content);
  const variables = new Map(entries(root['variable']).map(([name, value]) => [name, textOf(map(value)['default'])]));
  const all = map(root['target']);
  const targets = Object.keys(all).map((name) => target(name, all, variables, 0));
  known.set(path, { content, targets });
  return targets;
}

type Value = string | undefined | readonly Value[] | { readonly [key: string]: Value };
type Fields = Readonly<Record<string, Value>>;

const map = (value: Value): Fields => (typeof value === 'object' && !isList(value) ? value : {});
const isList = (value: Value): value is readonly Value[] => Array.isArray(value);
const entries = (value: Value): readonly (readonly [string, Value])[] => Object.entries(map(value));
const textOf = (value: Value): string | undefined => (typeof value === 'string' ? value : undefined);

/** A target with what it inherits. */
function target(name: string, all: Fields, variables: ReadonlyMap<string, string | undefined>, depth: number): Read {
  const own = map(all[name]);
  const filled = (value: Value): string | undefined => {
    const text = textOf(value);
    const open = text?.replace(/\$\{\s*(\w+)\s*\}/g, (whole, key: string) => variables.get(key) ?? whole);
    return open?.includes('${') ? undefined : open;
  };
  const parents = depth < 8 ? (isList(own['inherits']) ? own['inherits'] : []).flatMap((each) => textOf(each) ?? []) : [];
  const inherited = parents.filter((each) => Object.hasOwn(all, each)).map((each) => target(each, all, variables, depth + 1));
  const last = (key: 'context' | 'dockerfile' | 'stage', written: string): string | undefined =>
    Object.hasOwn(own, written) ? filled(own[written]) : inherited.findLast((each) => each[key] !== undefined)?.[key];
  const [context, dockerfile, stage] = [last('context', 'context'), last('dockerfile', 'dockerfile'), last('stage', 'target')];
  return {
    name,
    inherited: Object.values(all).some((each) => {
      const of = map(each)['inherits'];
      return isList(of) && of.includes(name);
    }),
    ...(context === undefined ? {} : { context }),
    ...(dockerfile === undefined ? {} : { dockerfile }),
    ...(stage === undefined ? {} : { stage }),
    args: new Map([
      ...inherited.flatMap((each) => [...each.args]),
      ...entries(own['args']).map(([key, value]) => [key, filled(value)] as const),
    ]),
  };
}

function json(content: string): Fields {
  try {
    return map(JSON.parse(content) as Value);
  } catch {
    return {};
  }
}

/** Reads HCL as far as Bake files need it: blocks, strings, lists and maps; any other expression has no value. */
function hcl(content: string): Fields {
  const tokens =
    content.match(/"(?:\\.|\$\{(?:[^{}"]|"[^"]*")*\}|[^"\\])*"|(?:#|\/\/)[^\n]*|\/\*[\s\S]*?\*\/|[\w.-]+|[{}[\]=:,\n]|[^\s\w]/g) ?? [];
  const words = tokens.filter((token) => !/^(?:#|\/[/*])/.test(token));
  let at = 0;
  const string = (token: string): string => token.slice(1, -1).replace(/\\(.)/g, '$1');
  const skip = (): void => {
    while (words[at] === '\n' || words[at] === ',') at++;
  };
  const value = (): Value => {
    const token = words[at] ?? '';
    if (token === '{') return fields('}');
    if (token === '[') {
      at++;
      const items: Value[] = [];
      skip();
      while (at < words.length && words[at] !== ']') {
        items.push(value());
        skip();
      }
      at++;
      return items;
    }
    at++;
    // What stands after it makes an expression of it.
    const alone = /^[\n,}\]]?$/.test(words[at] ?? '');
    let depth = 0;
    while (at < words.length && (depth > 0 || !/^[\n,}\]]$/.test(words[at] ?? ''))) {
      if (/^[([{]$/.test(words[at] ?? '')) depth++;
      else if (/^[)\]}]$/.test(words[at] ?? '')) depth--;
      at++;
    }
    if (!alone) return undefined;
    return token.startsWith('"')
      ? string(token)
      : /^(?:true|false|[\d.]+)$/.test(token)
        ? token
        : /^[A-Za-z_]\w*$/.test(token)
          ? `\${${token}}`
          : undefined;
  };
  const fields = (end: string | undefined): Fields => {
    at++;
    const found: Record<string, Value> = {};
    skip();
    while (at < words.length && words[at] !== end) {
      const token = words[at++] ?? '';
      const key = token.startsWith('"') ? string(token) : token;
      const label = words[at];
      if (label?.startsWith('"') && words[at + 1] === '{') {
        at++;
        found[key] = { ...map(found[key]), [string(label)]: fields('}') };
      } else if (label === '=' || label === ':') {
        at++;
        found[key] = value();
      } else if (label === '{') found[key] = fields('}');
      skip();
    }
    at++;
    return found;
  };
  at = -1;
  return fields(undefined);
}
