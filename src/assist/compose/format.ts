import type { ComposeFile } from '../../compose/model.ts';
import type { Edit } from '../../text/text.ts';
import { levelsOf, meantColumn, type Level } from './levels.ts';

/**
 * Edits that bring every key and list item to its level, with the comments above them; nothing else is touched, and YAML reads the same. A
 * file with mistakes in its YAML is left alone. Between two lines, what lies there as a whole comes to its level.
 */
export function formatCompose(file: ComposeFile, tabSize: number, first = 0, last = file.source.lineStarts.length - 1): readonly Edit[] {
  const read = levelsOf(file);
  if (!read) return [];
  const step = tabSize > 0 && tabSize <= 8 ? tabSize : 2;
  const wanted = new Map<Level, number>();
  const columnOf = (level: Level | undefined): number => (level && wanted.get(level)) ?? 0;
  for (const level of read.levels) {
    const { parent, inline, column } = level;
    const within = level.first >= first && level.last <= last;
    wanted.set(
      level,
      inline && parent ? columnOf(parent) + column - parent.column : !within ? column : parent ? columnOf(parent) + step : 0,
    );
  }
  // What is commented out below a key was further in by the file's own step; never further than that, where a text above would take it in. By the
  // levels, not by `stepOf`, which goes by the text: here the whole file may be further in, and what comes out has to be read as it was written.
  const own = read.levels.find(({ parent, list }) => parent && !parent.parent && !list)?.column ?? step;
  return read.lines.flatMap(({ line, column, level, beside, inside, comment }) => {
    const further = comment && beside % own === 0 ? Math.min(beside, (beside / own) * step) : beside;
    const moved = Math.max(0, columnOf(level) + further, inside ? columnOf(inside) + 1 : 0);
    // Where it comes to stand beside something it belongs with that now, and not only when the file is formatted again.
    const to = comment ? meantColumn(moved, comment.item, comment.near, columnOf) : moved;
    const start = file.source.lineStarts[line] ?? 0;
    return to === column || line < first || line > last ? [] : [{ span: { start, end: start + column }, text: ' '.repeat(to) }];
  });
}
