import type { Node } from '../../compose/model.ts';
import { composeRule, type Problem } from '../../lint/rule.ts';
import { nearest } from '../../text/nearest.ts';
import type { Source } from '../../text/text.ts';

const known = ['!reset', '!override'];

export default composeRule({
  id: 'unknown-tag',
  severity: 'warning',
  title: 'Use the YAML tags that Compose knows',
  why: 'Compose knows `!reset`, which takes away what an earlier file says, and `!override`, which replaces it. It passes over any other tag without a word, and the value is merged as if there were none.',
  examples: [
    {
      bad: 'services:\n  api:\n    image: api:1\n    ports: «!overide»\n      - "8001:80"\n',
      good: 'services:\n  api:\n    image: api:1\n    ports: !override\n      - "8001:80"\n',
    },
    { good: 'services:\n  api:\n    image: api:1\n    ports: !reset []\n    command: !!str 1\n' },
  ],
  *check({ services, source }) {
    const told = new Set<number>();
    for (const { node } of services)
      for (const problem of tagsIn(node, source)) {
        if (told.has(problem.span.start)) continue;
        told.add(problem.span.start);
        yield problem;
      }
  },
});

function* tagsIn(node: Node, source: Source): Generator<Problem> {
  const { tag } = node;
  const start = tag === undefined ? -1 : source.text.lastIndexOf(tag, node.span.start);
  if (tag !== undefined && !known.includes(tag) && start >= 0) {
    const meant = nearest(tag, known);
    const span = { start, end: start + tag.length };
    yield {
      span,
      message: `Compose does not know the tag «${tag}» and reads the value without it.${meant === undefined ? ' It knows !reset and !override.' : ` Did you mean «${meant}»?`}`,
      fixes: meant === undefined ? [] : [{ title: `Write ${meant}`, safe: false, edits: [{ span, text: meant }] }],
    };
  }
  if (node.kind === 'map') for (const { value } of node.entries) yield* tagsIn(value, source);
  if (node.kind === 'list') for (const item of node.items) yield* tagsIn(item, source);
}
