import type { Word } from '../../dockerfile/model.ts';
import { dockerfileRule, type Fix } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'label-key',
  severity: 'hint',
  enabled: false,
  title: 'Write label keys the way Docker asks for',
  why: 'Label keys have lower-case letters, digits, dots and hyphens, begin with a letter, end with a letter or digit, and have no two separators in a row. `com.docker.`, `io.docker.` and `org.dockerproject.` are Docker’s own.',
  also: ['hadolint:DL3048'],
  looksAt: ['LABEL', 'ARG', 'ENV'],
  examples: [
    {
      bad: 'FROM debian:12\nLABEL «.key»=a «two--hyphens»=b «Key»=c «2nd»=d\n',
      good: 'FROM debian:12\nLABEL key=a two-hyphens=b key=c nd=d\n',
    },
    { title: 'as Kubernetes and older tools write them', good: 'FROM debian:12\nLABEL app.kubernetes.io/name=a vcs_ref=b a.-b=c\n' },
    { bad: 'FROM debian:12\nLABEL «com.docker.key»=a\n' },
    { good: 'FROM debian:12\nARG KEY\nLABEL org.opencontainers.image.source="https://example.org" maintainer=me "quoted"=x $KEY=y\n' },
  ],
  *check(file) {
    const declared = new Set(
      file.instructions.flatMap(({ keyword, pairs = [] }) => (/^(?:ARG|ENV)$/.test(keyword) ? pairs.map(({ name }) => name.value) : [])),
    );
    for (const outer of file.instructions) {
      const { keyword, pairs = [] } = outer.trigger ?? outer;
      if (keyword !== 'LABEL') continue;
      for (const { name } of pairs) {
        if ([...name.value.matchAll(/\$\{?(\w+)/g)].some(([, variable = '']) => declared.has(variable))) continue;
        const own = /^(?:com\.docker|io\.docker|org\.dockerproject)\./.test(name.value);
        if (!own && /^[a-z](?:[a-z0-9._/-]*[a-z0-9])?$/.test(name.value) && !/\.\.|--/.test(name.value)) continue;
        yield {
          span: name.span,
          message: own
            ? `«${name.value}» is in a namespace that Docker keeps for itself.`
            : `«${name.value}»: a label key begins with a lower-case letter and has lower-case letters and digits, with single dots or hyphens between them.`,
          fixes: fixes(name, own),
        };
      }
    }
  },
});

/** The key as it may be written: what reads the label must know of it. */
function fixes({ text, value, span }: Word, own: boolean): readonly Fix[] {
  const right = value
    .toLowerCase()
    .replace(/[^a-z0-9._/-]+/g, '-')
    .replace(/\.+/g, '.')
    .replace(/-+/g, '-')
    .replace(/^[^a-z]+|[^a-z0-9]+$/g, '');
  if (own || right === '' || text !== value || value.includes('$')) return [];
  return [{ title: `Write ${right}`, safe: false, edits: [{ span, text: right }] }];
}
