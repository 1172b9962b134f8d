import type { ComposeFile, Node } from '../../compose/model.ts';
import type { Token } from '../model.ts';
import { mentionsIn } from './names.ts';
import { isOwn } from './refactor/trail.ts';

/** Colours by meaning, where YAML sees texts only: names that refer to things, and variables. Anchors are YAML's own. */
export function tokensInCompose(file: ComposeFile): readonly Token[] {
  const { text } = file.source;
  const names = mentionsIn(file).map(({ span, write, kind }): Token => ({
    ...span,
    type: kind === 'service' ? 'class' : 'namespace',
    ...(write && { declaration: true }),
  }));
  const variables: Token[] = [];
  const visit = (node: Node): void => {
    switch (node.kind) {
      case 'map':
        for (const each of node.entries) if (!each.merged && isOwn(each)) visit(each.value);
        return;
      case 'list':
        for (const item of node.items) if (item.span.start >= node.span.start) visit(item);
        return;
      case 'scalar':
        if (node.text.includes('$'))
          for (const { index, 1: name = '', 0: whole } of text
            .slice(node.span.start, node.span.end)
            .matchAll(/(?<!\$)(?:\$\$)*\$\{?([A-Za-z_]\w*)/g)) {
            const end = node.span.start + index + whole.length;
            variables.push({ start: end - name.length, end, type: 'variable' });
          }
    }
  };
  file.documents.forEach(visit);
  // A part has one colour: a name made of a variable has the variable's.
  const all = [...variables, ...names.filter(({ start, end }) => !variables.some((each) => each.start < end && start < each.end))];
  const sorted = all.filter(({ start, end }) => end > start && !/[\r\n]/.test(text.slice(start, end))).sort((a, b) => a.start - b.start);
  return sorted.filter(({ start }, index) => index === 0 || start >= (sorted[index - 1]?.end ?? 0));
}
