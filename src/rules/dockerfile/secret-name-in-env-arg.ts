import { expand } from '../../dockerfile/expand.ts';
import type { Dockerfile, Instruction, Word } from '../../dockerfile/model.ts';
import { stageAround, variablesAt } from '../../dockerfile/scope.ts';
import { dockerfileRule, type Fix } from '../../lint/rule.ts';
import { withoutInstruction } from '../shared/edits.ts';
import { isSecretName } from '../shared/secretName.ts';

export default dockerfileRule({
  id: 'secret-name-in-env-arg',
  severity: 'info',
  enabled: false,
  title: 'Give secrets to a build with --secret',
  why: 'What ARG and ENV hold can be read by anyone with the image: `docker history`, `docker inspect`. A secret mount leaves nothing behind. This rule judges by the name alone, as BuildKit does; `secret-in-env-arg` also looks at the value.',
  also: ['buildkit:SecretsUsedInArgOrEnv', 'hadolint:DL3064', 'trivy:DS031', 'semgrep:secret-in-build-arg'],
  looksAt: ['ENV', 'ARG'],
  examples: [
    { bad: 'FROM alpine:3.22\nARG «GITHUB_TOKEN»\nENV «password»=x NAME=y\n' },
    {
      bad: 'FROM alpine:3.22\nARG «GITHUB_TOKEN»\nRUN ./fetch.sh $GITHUB_TOKEN\n',
      good: 'FROM alpine:3.22\nRUN --mount=type=secret,id=github_token,env=GITHUB_TOKEN ./fetch.sh $GITHUB_TOKEN\n',
    },
    {
      title: 'before the first FROM, and for whoever builds on the image',
      bad: 'ARG «NPM_TOKEN»\nFROM alpine:3.22\nONBUILD ENV «DB_PASSWORD»=x\n',
    },
    { title: 'a name with a variable in it', bad: 'FROM alpine:3.22\nENV ${API_KEY}=x «${NAME}_KEY»=x\n' },
    { good: 'FROM alpine:3.22\nARG PUBLIC_KEY\nENV PASSWORD_FILE=/run/secrets/password AUTH_MODULE_VERSION=2\n' },
  ],
  *check(file) {
    for (const instruction of file.instructions) {
      const { keyword, pairs = [] } = instruction.trigger ?? instruction;
      // BuildKit looks at neither of them: what is behind ONBUILD, and what stands before the first FROM.
      const beyond = instruction.trigger !== undefined || instruction.stage === undefined;
      for (const { name } of keyword === 'ENV' || keyword === 'ARG' ? pairs : [])
        if (isSecretName(keyword === 'ENV' && name.text.includes('$') ? withValues(file, instruction, name) : name.value))
          yield {
            span: name.span,
            message: `Anyone with the image can read ${keyword} ${name.value}. Give a secret with --secret and RUN --mount=type=secret.`,
            ...(beyond ? { also: ['hadolint:DL3064'] } : {}),
            fixes: keyword === 'ARG' && !beyond ? mountInstead(file, instruction, name.value) : [],
          };
    }
  },
});

/** The name of an ENV in which variables stand, as a build puts them in. */
function withValues(file: Dockerfile, instruction: Instruction, { text, value }: Word): string {
  const stage = stageAround(file, instruction);
  const variables = stage && variablesAt(file, stage, instruction);
  const result = expand(text, (name) => variables?.get(name)?.value, { escape: file.escape });
  return result.ok ? result.text : value;
}

/** Gives the secret to the RUNs of the stage that name it, and to nothing else. None where something other than a RUN does, or none. */
function mountInstead(file: Dockerfile, arg: Instruction, name: string): readonly Fix[] {
  const out = arg.pairs?.length === 1 && arg.stage !== undefined && !arg.pairs[0]?.value ? withoutInstruction(file, arg) : undefined;
  const mentioned = new RegExp(`\\b${name}\\b`);
  const users = file.instructions.filter(
    (each) => each !== arg && each.stage === arg.stage && mentioned.test(each.body.text + each.heredocs.map(({ text }) => text).join('\n')),
  );
  if (!out || !users.length || users.some(({ keyword, span }) => keyword !== 'RUN' || span.start < arg.span.start)) return [];
  const mount = ` --mount=type=secret,id=${name.toLowerCase()},env=${name}`;
  const title = `Mount it: docker build --secret id=${name.toLowerCase()},env=${name}`;
  return [
    {
      title,
      safe: false,
      edits: [out, ...users.map(({ keywordSpan: { end } }) => ({ span: { start: end, end }, text: mount }))],
    },
  ];
}
