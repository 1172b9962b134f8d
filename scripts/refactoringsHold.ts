import { isDeepStrictEqual } from 'node:util';
import type { Refactoring } from '../src/assist/model.ts';
import { refactoringsInCompose } from '../src/assist/compose/refactorings.ts';
import { config } from '../src/compose/config.ts';
import type { ComposeFile } from '../src/compose/model.ts';
import { parseCompose } from '../src/compose/parse.ts';
import type { World } from '../src/lint/rule.ts';
import { applyEdits } from '../src/text/text.ts';
import { harmed } from './fixesHold.ts';

/** What changes more than how the file is written: a check, a version, another way to ask for GPUs. */
const changes = /health|^Use |GPU|CDI|device reservation|runtime|to a secret$|with conditions|makes missing folders/i;

/**
 * What is wrong with the refactorings that a Compose file offers where a key, an item or a value begins: afterwards the file must parse, Compose must take it
 * if it did before, comments and line ends stay, and the model is the same unless the title says what becomes different.
 */
export function* wrongRefactorings(path: string, text: string, world: World): Generator<string> {
  const file = parseCompose(path, text);
  if (file.faults.length) return;
  const before = modelOf([file], world);
  const seen = new Set<string>();
  for (const { index: offset } of text.matchAll(/(?<=^\s*|[:,[{-]\s*)[^\s#,\]}]/gm))
    for (const refactoring of refactoringsInCompose(file, { start: offset, end: offset }, world)) {
      const { title, edits, others = [] } = refactoring;
      const id = JSON.stringify([title, edits]);
      if (seen.has(id)) continue;
      seen.add(id);
      const about = `«${title}» at ${String(offset)}`;
      const after = applyEdits(text, edits);
      const moved = others.map(({ edits: each }) => each.map((edit) => edit.text).join('')).join('');
      // A file of its own has line ends of its own.
      const wrong = harmed(text, after + moved.replace(/\r?\n/g, text.includes('\r\n') ? '\r\n' : '\n'), 0);
      if (wrong !== undefined) yield `${about} ${wrong}`;
      const again = parseCompose(path, after);
      const [fault] = again.faults;
      if (fault) {
        yield `${about} breaks the file: ${fault.message}`;
        continue;
      }
      const now = modelOf([again, ...over(refactoring, world)], withFiles(world, refactoring));
      const [refused] = now.refused;
      if (refused && !before.refused.length) yield `${about} makes a file that Compose refuses: ${refused.message}`;
      else if (!before.refused.length && !changes.test(title) && !isDeepStrictEqual(meant(now.model), meant(before.model)))
        yield `${about} makes another project of it`;
    }
}

type Files = readonly [ComposeFile, ...ComposeFile[]];

const modelOf = (files: Files, { files: around, environment }: World): ReturnType<typeof config> =>
  config(files, { read: (path) => around.read(path), variable: (name) => environment?.[name] }, '/w');

/** A model without the empty sections that Compose prints for one form of a mount and not for the other. */
const meant = (model: unknown): unknown =>
  JSON.parse(JSON.stringify(model, (key, value: unknown) => (key === 'volume' && isDeepStrictEqual(value, {}) ? undefined : value)));

/** The Compose files that a refactoring writes, which are laid over the one it takes them from. */
const over = ({ others = [] }: Refactoring, { files }: World): readonly ComposeFile[] =>
  others.flatMap(({ path, edits }) => (/\.ya?ml$/.test(path) ? [parseCompose(path, applyEdits(files.read(path) ?? '', edits))] : []));

function withFiles(world: World, { others = [] }: Refactoring): World {
  const written = new Map(others.map(({ path, edits }) => [path, applyEdits(world.files.read(path) ?? '', edits)]));
  return { ...world, files: { ...world.files, read: (path) => written.get(path) ?? world.files.read(path) } };
}
