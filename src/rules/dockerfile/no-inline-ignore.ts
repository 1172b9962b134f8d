import { dockerfileRule } from '../../lint/rule.ts';
import { instructionLines } from '../shared/instructionLines.ts';

export default dockerfileRule({
  id: 'no-inline-ignore',
  severity: 'hint',
  enabled: false,
  title: 'Switch rules off for the project, not in the file',
  why: 'A comment that switches a rule off stays when its reason is gone. Some projects keep all exceptions in one configuration file.',
  also: ['hadolint:DL1001'],
  examples: [
    { bad: '«# hadolint ignore=DL3006»\nFROM debian:12\n', good: 'FROM debian:12\n' },
    { bad: 'FROM debian:12\n«# hadolint ignore = DL3006 , SC2086 # why»\nRUN true\n' },
    { title: 'one for the whole file says so at its top', good: '# hadolint global ignore=DL3006\nFROM debian:12\n' },
    { good: '# hadolint shell=powershell\n# hadolint ignore=other\n# a comment\nFROM debian:12\n' },
  ],
  *check({ comments, source }) {
    for (const { text, span } of comments)
      if (/^hadolint\s+ignore\s*=\s*(?:DL|SC)\d+(?:\s*,\s*(?:DL|SC)\d+)*\s*(?:#.*)?$/.test(text))
        yield {
          span,
          message: 'This comment switches rules off in the file itself.',
          fixes: [{ title: 'Remove the comment', safe: false, edits: [{ span: instructionLines(source, span), text: '' }] }],
        };
  },
});
