import type { ComposeFile } from '../../compose/model.ts';
import type { Token } from '../model.ts';
import { mentionsIn } from './names.ts';
import { ownScalars } from './scalars.ts';

/** Colours by meaning, where YAML sees texts only: names that refer to things, and variables. Anchors are YAML's own. */
export function tokensInCompose(file: ComposeFile): readonly Token[] {
  const { text } = file.source;
  const names = mentionsIn(file).map(({ span, write, kind }): Token => ({
    ...span,
    type: kind === 'service' ? 'class' : 'namespace',
    ...(write && { declaration: true }),
  }));
  const variables: Token[] = [];
  for (const { span, text: value } of ownScalars(file))
    if (value.includes('$'))
      for (const { index, 1: name = '', 0: whole } of text.slice(span.start, span.end).matchAll(/(?<!\$)(?:\$\$)*\$\{?([A-Za-z_]\w*)/g)) {
        const end = span.start + index + whole.length;
        variables.push({ start: end - name.length, end, type: 'variable' });
      }
  // A part has one colour: a name made of a variable has the variable's.
  const all = [...variables, ...names.filter(({ start, end }) => !variables.some((each) => each.start < end && start < each.end))];
  const sorted = all.filter(({ start, end }) => end > start && !/[\r\n]/.test(text.slice(start, end))).sort((a, b) => a.start - b.start);
  return sorted.filter(({ start }, index) => index === 0 || start >= (sorted[index - 1]?.end ?? 0));
}
