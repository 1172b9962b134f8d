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
    { bad: 'FROM debian:12\n«# hadolint global ignore=DL3006»\nRUN true\n' },
    { good: '# hadolint shell=powershell\n# a comment\nFROM debian:12\n' },
  ],
  *check({ comments, source }) {
    for (const { text, span } of comments)
      if (/^hadolint\s+(?:(?:global|stage)\s+)?ignore\s*=/.test(text))
        yield {
          span,
          message: 'This comment switches rules off in the file itself.',
          fixes: [{ title: 'Remove the comment', safe: false, edits: [{ span: instructionLines(source, span), text: '' }] }],
        };
  },
});
