import { dockerfileRule } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'onbuild-forbidden',
  severity: 'error',
  enabled: false,
  title: 'Hold back only what ONBUILD may hold back',
  why: 'ONBUILD takes no FROM, no MAINTAINER and no ONBUILD. A build refuses them; `syntax` reports it too.',
  also: ['hadolint:DL3043'],
  looksAt: ['ONBUILD'],
  examples: [{ bad: 'FROM debian:12\nONBUILD «MAINTAINER» someone\n' }, { good: 'FROM debian:12\nONBUILD COPY . /app\n' }],
  *check(file) {
    for (const { trigger } of file.instructions)
      if (trigger && /^(?:FROM|MAINTAINER|ONBUILD)$/.test(trigger.keyword))
        yield { span: trigger.keywordSpan, message: `ONBUILD cannot hold back ${trigger.keyword}.` };
  },
});
