/** What a template became: the text, and the variables that had no value and no default. */
export type Substituted =
  | { readonly ok: true; readonly text: string; readonly unset: readonly string[]; readonly used: readonly string[] }
  | { readonly ok: false; readonly reason: 'invalid' }
  | { readonly ok: false; readonly reason: 'required'; readonly name: string; readonly says: string };

type Lookup = (name: string) => string | undefined;

/** How deep defaults may stand in defaults. */
const deepest = 100;

const naming = /^[_a-z]\w*/i;

/** Fills in `$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME:?error}`, `${NAME:+instead}`, with or without the colon; `$$` is a `$`. As Compose does. */
export function substitute(template: string, lookup: Lookup, depth = 0): Substituted {
  if (!template.includes('$')) return { ok: true, text: template, unset: [], used: [] };
  const unset: string[] = [];
  const used: string[] = [];
  let out = '';
  let at = 0;
  while (at < template.length) {
    const dollar = template.indexOf('$', at);
    if (dollar < 0) break;
    out += template.slice(at, dollar);
    const rest = template.slice(dollar + 1);
    const plain = naming.exec(rest)?.[0];
    if (rest.startsWith('$')) {
      out += '$';
      at = dollar + 2;
    } else if (plain !== undefined) {
      const value = lookup(plain);
      used.push(plain);
      if (value === undefined) unset.push(plain);
      out += value ?? '';
      at = dollar + 1 + plain.length;
    } else if (rest.startsWith('{')) {
      const expression = bracesOf(rest);
      const result =
        expression === undefined || depth > deepest ? ({ ok: false, reason: 'invalid' } as const) : evaluate(expression, lookup, depth);
      if (!result.ok || expression === undefined) return result.ok ? { ok: false, reason: 'invalid' } : result;
      out += result.text;
      unset.push(...result.unset);
      used.push(...result.used);
      at = dollar + 1 + expression.length + 2;
    } else {
      out += '$';
      at = dollar + 1;
    }
  }
  return { ok: true, text: out + template.slice(at), unset, used };
}

/** The content of the braces a text begins with; undefined when they do not end on their line. */
function bracesOf(text: string): string | undefined {
  const name = naming.exec(text.slice(1))?.[0];
  if (name === undefined) return undefined;
  const [line = ''] = text.split('\n', 1);
  let open = 0;
  for (let i = 0; i < line.length; i++) {
    if (line[i] === '}' && --open === 0) return line.slice(1, i);
    // Compose does not look at what stands right behind a brace.
    if (line[i] === '{') {
      open++;
      i++;
    }
  }
  // Braces without their other half: the last one ends it.
  const last = line.lastIndexOf('}');
  return last > name.length ? line.slice(1, last) : undefined;
}

function evaluate(expression: string, lookup: Lookup, depth: number): Substituted {
  const name = naming.exec(expression)?.[0] ?? '';
  const operator = /^:?[-?+]/.exec(expression.slice(name.length))?.[0];
  const value = lookup(name);
  if (operator === undefined) {
    if (expression.length > name.length) return { ok: false, reason: 'invalid' };
    return { ok: true, text: value ?? '', unset: value === undefined ? [name] : [], used: [name] };
  }
  const has = operator.startsWith(':') ? value !== undefined && value !== '' : value !== undefined;
  const word = expression.slice(name.length + operator.length);
  const result = substitute(word, lookup, depth + 1);
  // What nobody asks for must be written well all the same, and have what it requires.
  if (!result.ok) return result;
  if (operator.endsWith('+') ? !has : has) return { ok: true, text: operator.endsWith('+') ? '' : (value ?? ''), unset: [], used: [name] };
  if (operator.endsWith('?')) return { ok: false, reason: 'required', name, says: result.text };
  return { ...result, used: [name, ...result.used] };
}
