import type { Pair } from '../../dockerfile/model.ts';
import { finalSections, lineageOf, sectionsOf } from '../../dockerfile/sections.ts';
import { dockerfileRule, type Problem } from '../../lint/rule.ts';
import { isLicence } from '../shared/licence.ts';

const also = ['DL3049', 'DL3050', 'DL3051', 'DL3052', 'DL3053', 'DL3054', 'DL3055', 'DL3056', 'DL3058'].map((code) => `hadolint:${code}`);
const schema = { version: 'semver', source: 'url', created: 'rfc3339', licence: 'spdx', contact: 'email', revision: 'hash' };

export default dockerfileRule({
  id: 'label-schema',
  severity: 'info',
  title: 'Label images as the project’s schema says',
  why: 'The project says which labels its images have and of what kind (`label-schema`, and `strict-labels` when there are to be no others). Tools that read them rely on it. Without a schema the rule says nothing.',
  also,
  reach: 'file',
  looksAt: ['FROM', 'LABEL', '* from='],
  examples: [
    {
      title: 'a label is missing',
      options: { labelSchema: { version: 'semver' } },
      bad: '«FROM debian:12»\nLABEL other=a\n',
      good: 'FROM debian:12 AS a\nLABEL version=1.2.3\nFROM a\nLABEL other=b\n',
    },
    {
      title: 'values of the wrong kind',
      options: { labelSchema: schema },
      bad: 'FROM debian:12\nLABEL version=«one» source=«"example"» created=«today» licence=«free» contact=«me» revision=«head»\n',
      good: 'FROM debian:12\nLABEL version=1.0.0-rc1 source="https://example.org/a" created=2026-11-21T10:00:00Z licence=Apache-2.0 contact=me@example.org revision=43c572f1272b6b3171dd1db9e41b7027128ce080\n',
    },
    { title: 'an empty value', options: { labelSchema: { team: 'text' } }, bad: 'FROM debian:12\nLABEL team=«""»\n' },
    {
      title: 'a label that the schema does not have',
      options: { labelSchema: { team: 'text' }, strictLabels: true },
      bad: 'FROM debian:12\nLABEL team=ml «other»=b\n',
    },
    {
      title: 'variables may hold anything',
      options: { labelSchema: { version: 'semver' } },
      good: 'FROM debian:12\nLABEL version=$VERSION\n',
    },
    { title: 'no schema', good: 'FROM debian:12\nLABEL anything=goes\n' },
  ],
  *check(file, { options }) {
    const { labelSchema, strictLabels } = options;
    const names = Object.keys(labelSchema);
    if (!names.length) return;
    for (const section of finalSections(file)) {
      const from = section.stage?.from;
      if (!from) continue;
      const labels = lineageOf(section).flatMap(({ instructions }) =>
        instructions.flatMap(({ keyword, pairs = [] }) => (keyword === 'LABEL' ? pairs : [])),
      );
      const missing = names.filter((name) => !labels.some((label) => label.name.value === name));
      if (missing.length)
        yield {
          span: from.span,
          message: `This image lacks the label ${missing.map((name) => `«${name}»`).join(', ')} that the schema asks for.`,
          also: ['hadolint:DL3049'],
        };
    }
    for (const { instructions } of sectionsOf(file))
      for (const { keyword, pairs = [] } of instructions)
        if (keyword === 'LABEL') for (const pair of pairs) yield* labelProblems(pair, labelSchema[pair.name.value], strictLabels);
  },
});

function* labelProblems({ name, value }: Pair, kind: string | undefined, strict: boolean): Generator<Problem> {
  if (kind === undefined) {
    if (strict) yield { span: name.span, message: `The schema has no label «${name.value}», and it is strict.`, also: ['hadolint:DL3050'] };
    return;
  }
  const span = value?.span ?? name.span;
  const text = value?.value ?? '';
  if (!text) yield { span, message: `The label «${name.value}» is empty.`, also: ['hadolint:DL3051'] };
  const row = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (text && row && !text.includes('$') && !row.accepts(text))
    yield { span, message: `«${text}» is no ${row.name}, which the label «${name.value}» is to be.`, also: [row.code] };
}

interface Kind {
  readonly name: string;
  readonly code: string;
  accepts(this: void, text: string): boolean;
}
const date =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])[Tt ](?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;
const semver =
  /^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-(?:0|[1-9]\d*|\d*[A-Za-z-][\dA-Za-z-]*)(?:\.(?:0|[1-9]\d*|\d*[A-Za-z-][\dA-Za-z-]*))*)?(?:\+[\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*)?$/;
const kinds: Readonly<Record<string, Kind>> = {
  url: { name: 'URL', code: 'hadolint:DL3052', accepts: (text) => /^[A-Za-z][A-Za-z0-9+.-]*:\/*[^\s/]\S*$/.test(text) },
  rfc3339: { name: 'RFC 3339 time, such as 2026-11-21T10:00:00Z', code: 'hadolint:DL3053', accepts: (text) => date.test(text) },
  spdx: { name: 'SPDX licence, such as Apache-2.0', code: 'hadolint:DL3054', accepts: isLicence },
  hash: { name: 'git hash', code: 'hadolint:DL3055', accepts: (text) => /^(?:[0-9a-f]{7}|[0-9a-f]{40}|[0-9a-f]{64})$/i.test(text) },
  semver: { name: 'semantic version, such as 1.2.3', code: 'hadolint:DL3056', accepts: (text) => semver.test(text) },
  email: {
    name: 'e-mail address',
    code: 'hadolint:DL3058',
    accepts: (text) => /^[^\s@<>]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(text),
  },
};
