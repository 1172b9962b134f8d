import { dockerfileRule } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'from-first',
  severity: 'error',
  enabled: false,
  title: 'Begin with FROM',
  why: 'Only ARG may stand before the first FROM. A build refuses anything else; `syntax` reports it too.',
  also: ['hadolint:DL3061'],
  examples: [{ bad: '«LABEL» a=b\nFROM debian:12\n', good: 'FROM debian:12\nLABEL a=b\n' }, { good: 'ARG TAG=12\nFROM debian:$TAG\n' }],
  *check({ instructions }) {
    const first = instructions.find(({ keyword }) => keyword !== 'ARG');
    if (first && first.keyword !== 'FROM')
      yield { span: first.keywordSpan, message: `${first.keyword} stands before the first FROM, where only ARG may.` };
  },
});
