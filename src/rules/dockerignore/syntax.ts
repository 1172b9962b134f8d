import { dockerignoreRule } from '../../lint/rule.ts';

export default dockerignoreRule({
  id: 'syntax',
  severity: 'error',
  title: 'Write patterns that a build can read',
  why: 'A build stops before its first step when a pattern of the ignore file cannot be read.',
  examples: [
    { bad: '.git\n«data[»\n', good: '.git\ndata\\[\n' },
    { bad: '«!»\n', good: '!README.md\n' },
    { good: '*.[oa]\n[^x]*\n**/temp?\n' },
  ],
  *check({ patterns }) {
    for (const { fault, span } of patterns) if (fault !== undefined) yield { span, message: fault };
  },
});
