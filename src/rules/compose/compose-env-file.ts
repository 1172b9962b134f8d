import { get, items, type ComposeFile, type ScalarNode } from '../../compose/model.ts';
import { composeRule, type Fix, type World } from '../../lint/rule.ts';
import { nearest } from '../../text/nearest.ts';
import { lineAt, lineBreak, lineSpan, slice, type Source } from '../../text/text.ts';
import { complaintsOf } from '../shared/composeComplaints.ts';
import { baseName, folderOf, join } from '../../text/paths.ts';
import { replaceText } from '../shared/replaceText.ts';

export default composeRule({
  id: 'compose-env-file',
  severity: 'error',
  title: 'Have the env files that services name',
  why: 'Compose stops when a file under `env_file` is missing, unless it says `required: false`.',
  examples: [
    {
      bad: 'services:\n  api:\n    image: api:1\n    env_file: «prod.env»\n',
      good: 'services:\n  api:\n    image: api:1\n    env_file:\n      - path: prod.env\n        required: false\n',
    },
    {
      title: 'a name that is like one that is there',
      files: { 'config/prod.env': 'A=1\n' },
      bad: 'services:\n  api:\n    image: api:1\n    env_file:\n      - «config/prd.env» # ours\n',
      good: 'services:\n  api:\n    image: api:1\n    env_file:\n      - config/prod.env # ours\n',
    },
    {
      title: 'there, or not needed',
      files: { 'prod.env': 'A=1\n' },
      good: 'services:\n  api:\n    image: api:1\n    env_file:\n      - prod.env\n      - path: mine.env\n        required: false\n',
    },
    {
      title: 'an example asks for it',
      files: { '.env.example': 'A=1\n' },
      good: 'services:\n  api:\n    image: api:1\n    env_file: .env\n',
    },
  ],
  *check(file, world) {
    for (const problem of complaintsOf('env-file', file, world)) yield { ...problem, fixes: fixesOf(file, problem.span.start, world) };
  },
});

function fixesOf(file: ComposeFile, start: number, { files }: World): readonly Fix[] {
  const under = (key: string): ScalarNode | undefined =>
    file.services
      .flatMap(({ node }) => items(get(node, key)))
      .find((each): each is ScalarNode => each.kind === 'scalar' && each.span.start === start);
  const env = under('env_file');
  const node = env ?? under('label_file');
  if (!node) return [];
  const full = join(folderOf(file.source.path), node.text);
  const folder = folderOf(full);
  const name = baseName(node.text);
  const meant = nearest(
    name,
    (files.list(folder) ?? []).filter((each) => !each.endsWith('/')),
  );
  const right = meant === undefined ? undefined : node.text.slice(0, node.text.length - name.length) + meant;
  return [...(right === undefined ? [] : replaceText(file.source, node, right, false)), ...(env ? optional(file.source, env) : [])];
}

/** The file as one that may be missing, where it stands alone behind its key or its dash. */
function optional(file: Source, node: ScalarNode): readonly Fix[] {
  const line = lineSpan(file, lineAt(file, node.span.start));
  const before = file.text.slice(line.start, node.span.start);
  const alone = /^( *)env_file: +$/.exec(before);
  const item = /^ *- +$/.test(before);
  if (!alone && !item) return [];
  const indent = alone ? `${alone[1] ?? ''}    ` : before.replace(/-/, ' ');
  const newline = lineBreak(file);
  const written = `path: ${slice(file, node.span)}${newline}${indent}required: false`;
  const start = alone ? node.span.start - (before.length - before.trimEnd().length) : node.span.start;
  const text = alone ? `${newline}${alone[1] ?? ''}  - ${written}` : written;
  return /^\s*$/.test(file.text.slice(node.span.end, line.end))
    ? [{ title: 'Let it be missing', safe: false, edits: [{ span: { start, end: node.span.end }, text }] }]
    : [];
}
