import { substitute } from '../../compose/interpolate.ts';
import { entry, get, text, type ComposeFile, type Node, type ScalarNode } from '../../compose/model.ts';
import { parseCompose } from '../../compose/parse.ts';
import { layersOf } from '../../compose/project.ts';
import { variablesFor } from '../../compose/variables.ts';
import type { World } from '../../lint/rule.ts';
import { baseName, folderOf } from '../../text/paths.ts';
import { isSecretName } from '../../rules/shared/secretName.ts';
import type { Hint } from '../model.ts';
import { isOwn } from './refactor/trail.ts';
import { ownScalars } from './scalars.ts';
import { surroundingsOf } from '../../rules/shared/surroundings.ts';

/** How much of a value is shown. */
const longest = 60;
const shown = (value: string): string => (value.length > longest ? `${value.slice(0, longest)}…` : value).replace(/\s+/g, ' ');

/**
 * What a text with variables comes to, when one of them has a value here; with `byDefault` also when all have defaults. Undefined for secrets
 * and where nothing is known.
 */
export function resolved(file: ComposeFile, world: World, byDefault = false): (written: string) => string | undefined {
  const variables = variablesFor(folderOf(file.source.path), surroundingsOf(world), { project: text(get(file.root, 'name')) });
  return (written) => {
    if (!written.includes('$')) return undefined;
    const result = substitute(written, variables.get);
    if (!result.ok || result.text === written) return undefined;
    const known = (byDefault && !result.unset.length) || result.used.some((name) => variables.get(name) !== undefined);
    if (!known) return undefined;
    return result.used.some(isSecretName) ? undefined : result.text;
  };
}

/** The variables of a text that nothing sets here, and the one that Compose stops without. */
export function notSet(
  file: ComposeFile,
  world: World,
  written: string,
): { readonly unset: readonly string[]; readonly required?: string } {
  const result = substitute(written, variablesFor(folderOf(file.source.path), surroundingsOf(world)).get);
  if (result.ok) return { unset: [...new Set(result.unset)] };
  return result.reason === 'required' ? { unset: [], required: result.name } : { unset: [] };
}

/** The values of variables, beside the texts that use them. */
export function valueHints(file: ComposeFile, world: World): readonly Hint[] {
  if (!file.source.text.includes('$')) return [];
  const resolve = resolved(file, world);
  return ownScalars(file).flatMap((node) => {
    const value = /[\r\n]/.test(node.text) ? undefined : resolve(node.text);
    return value === undefined ? [] : [{ offset: node.span.end, label: `= ${shown(value)}`, tooltip: value }];
  });
}

/** What another file puts in the place of a value of this one. */
export function overrideHints(file: ComposeFile, world: World): readonly Hint[] {
  const hints = new Map<number, Hint>();
  const { over } = layersOf(file.source.path, surroundingsOf(world));
  for (const path of over) {
    const written = world.files.read(path);
    const other = written === undefined ? undefined : parseCompose(path, written).root;
    const name = baseName(path);
    const put = (node: ScalarNode, by: ScalarNode): void => {
      if (by.value !== null && by.text !== node.text)
        hints.set(node.span.end, {
          offset: node.span.end,
          label: `(${name}: ${shown(by.text)})`,
          tooltip: `${path} puts ${by.text} here.`,
        });
    };
    const compare = (ours: Node, theirs: Node | undefined): void => {
      if (ours.kind === 'scalar' && theirs?.kind === 'scalar') put(ours, theirs);
      else if (ours.kind === 'map' && theirs?.kind === 'map')
        for (const each of ours.entries) if (!each.merged && isOwn(each)) compare(each.value, entry(theirs, each.key)?.value);
    };
    if (file.root) compare(file.root, other);
  }
  return [...hints.values()];
}
