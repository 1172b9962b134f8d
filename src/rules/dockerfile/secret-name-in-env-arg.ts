import { dockerfileRule } from '../../lint/rule.ts';
import { isSecretName } from '../shared/secretName.ts';

export default dockerfileRule({
  id: 'secret-name-in-env-arg',
  severity: 'info',
  enabled: false,
  title: 'Give secrets to a build with --secret',
  why: 'What ARG and ENV hold can be read by anyone with the image: `docker history`, `docker inspect`. A secret mount leaves nothing behind. This rule judges by the name alone, as BuildKit does; `secret-in-env-arg` also looks at the value.',
  also: ['buildkit:SecretsUsedInArgOrEnv', 'hadolint:DL3064'],
  examples: [
    { bad: 'FROM alpine:3.22\nARG «GITHUB_TOKEN»\nENV «password»=x NAME=y\n' },
    { good: 'FROM alpine:3.22\nARG PUBLIC_KEY\nENV PASSWORD_FILE=/run/secrets/password AUTH_MODULE_VERSION=2\n' },
  ],
  *check({ instructions }) {
    for (const { keyword, pairs = [] } of instructions)
      for (const { name } of keyword === 'ENV' || keyword === 'ARG' ? pairs : [])
        if (isSecretName(name.value))
          yield {
            span: name.span,
            message: `Anyone with the image can read ${keyword} ${name.value}. Give a secret with --secret and RUN --mount=type=secret.`,
          };
  },
});
