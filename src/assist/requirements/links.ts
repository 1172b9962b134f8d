import type { Requirements } from '../../python/model.ts';
import { folderOf, join } from '../../text/paths.ts';
import type { Link } from '../model.ts';

/** The files that a file of requirements includes. */
export const linksInRequirements = ({ options, source: { path } }: Requirements): readonly Link[] =>
  options.flatMap(({ name, value, valueSpan }): readonly Link[] =>
    (name === 'requirement' || name === 'constraint') && value && !/[$:]/.test(value)
      ? [{ span: valueSpan, target: { kind: 'file', path: join(folderOf(path), value) } }]
      : [],
  );
