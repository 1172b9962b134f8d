import type { Dockerfile, Instruction, Stage } from '../../dockerfile/model.ts';
import { lineage, stageAround, variablesAt } from '../../dockerfile/scope.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import type { Edit } from '../../text/text.ts';
import { withoutPair } from '../shared/edits.ts';
import { isSecretName } from '../shared/secretName.ts';
import { shippedStages } from '../shared/shipped.ts';

export default dockerfileRule({
  id: 'secret-in-env-arg',
  severity: 'error',
  title: 'Keep passwords and tokens out of the image',
  why: 'What ARG and ENV hold stays in the image’s history and configuration: everyone who can pull it can read it. Mount it for the one command that needs it: `RUN --mount=type=secret,id=hf_token …`, and give it with `docker build --secret id=hf_token,env=HF_TOKEN`.',
  also: ['trivy:DS031'],
  reach: 'file',
  looksAt: ['ENV', 'ARG', '&COPY from', '&RUN --mount'],
  examples: [
    { bad: 'FROM python:3.12-slim\nENV A=1 HF_TOKEN=«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»\n', good: 'FROM python:3.12-slim\nENV A=1\n' },
    { bad: 'FROM python:3.12-slim\nARG DB_PASSWORD=«s3cr3t-Pa55»\n', good: 'FROM python:3.12-slim\nARG DB_PASSWORD\n' },
    {
      title: 'a name without a value, a path, a variable, a switch',
      good: 'FROM python:3.12-slim\nARG HF_TOKEN\nENV SECRET_KEY=$KEY TOKEN=/run/secrets/token SSH_KEY="" USE_AUTH=false AUTH=none API_KEY=changeme\n',
    },
    {
      title: 'a token is known by its own form, whatever the name',
      bad: 'FROM python:3.12-slim\nENV HUB=«hf_MadeUpForThisExampleNotATokenHere»\n',
    },
    {
      title: 'too short to be one, an address, a path, what stands for one',
      good: 'FROM python:3.12-slim\nENV AUTH_TOKEN=abc TOKEN_SECRET=https://vault.example.org/secret SSH_KEY=~/.ssh/id API_TOKEN=your-token-here PASSWORD=example-password DB_PASSWORD=123456789 SECRET=<secret> SERVICE_KEY=xxxxxxxx ENCRYPTION_KEY=CAFEBABE\n',
    },
    {
      title: 'public keys, and settings about keys',
      good: 'FROM python:3.12-slim\nENV APT_SIGNING_KEY=A4B469963BF863CC RELEASE_KEYS=0D96DF4D4110E5C43FBFB17F2D347EA6AA65421D API_KEY_HEADER=X-Api-Key AUTH_BACKEND=ldapbackend TOKEN_TYPE=bearer-token KEY_ALIAS=alias-of-key PASSWORD_FILE=secret-file\nARG AUTH_TYPE=kerberos-5\n',
    },
    {
      title: 'the name of a secret that a cluster keeps, a file, a plain word for a key, ids of public keys',
      good: 'FROM python:3.12-slim\nARG IMAGE_PULL_SECRET=team-registry-pull\nENV RESET_PASSWORD=resetPassword.sh FILTERS__0__KEY=ProcessId OPENSSL_PGP_KEY_IDS=0xBA5473A2B0587B07FB27CF2D216094DFD0CB81EF LLVM_KEY=6084F3CF814B57C1CF12EFD515CF4D18AF4F7421 PG_AUTH_MON_COMMIT=fe099eef7662cbc85b0b79191f47f52f1e96b779\n',
    },
    {
      title: 'what a start script puts in, and keys of a dictionary',
      good: 'FROM python:3.12-slim\nENV VITE_API_KEY=__API_KEY_PLACEHOLDER__ LABEL_ROLE_KEY=hub.network.role SORT_KEY=created.at\n',
    },
    {
      title: 'words that stand for a key',
      good: 'FROM python:3.12-slim AS build\nENV SECRET_KEY=build-secret JWT_SECRET=not-so-secret API_KEY=dummy_api_key\nENV APP_INTERNAL_SECRET_KEY=internal_secret_key DJANGO_SECRET_KEY=django-insecure-development-key\n',
    },
    {
      title: 'what a build argument is given',
      bad: 'FROM python:3.12-slim\nARG OPENAI_API_KEY\nENV OPENAI_API_KEY=«$OPENAI_API_KEY»\n',
    },
    {
      title: 'in a stage from which files are taken it is not in the image: less, and nothing about what a build is given',
      bad: 'FROM node:22 AS build\nARG SENTRY_AUTH_TOKEN\nENV SENTRY_AUTH_TOKEN=$SENTRY_AUTH_TOKEN DB_PASSWORD=«Swordfish»\nRUN npm run build\nFROM nginx:1.29\nCOPY --from=build /app/dist /usr/share/nginx/html\n',
      good: 'FROM node:22 AS build\nARG SENTRY_AUTH_TOKEN\nENV SENTRY_AUTH_TOKEN=$SENTRY_AUTH_TOKEN\nRUN npm run build\nFROM nginx:1.29\nCOPY --from=build /app/dist /usr/share/nginx/html\n',
    },
    {
      title: 'an argument with a default, and one for something public',
      good: 'FROM python:3.12-slim\nARG SECRET=\nARG RELEASE_KEY\nENV API_SECRET=$SECRET RELEASE_KEY=$RELEASE_KEY\n',
    },
    { title: 'a word may well be a password', bad: 'FROM python:3.12-slim\nENV DB_PASSWORD=«Swordfish»\n' },
    {
      title: 'names that only sound like it',
      good: 'FROM python:3.12-slim\nENV TOKENIZERS_PARALLELISM=false KEY_COLUMN=id GPG_KEY=7169605F62C751356D054A26A821E680E5FA6305\n',
    },
  ],
  *check(file) {
    let builders: ReadonlySet<Stage> | undefined;
    for (const instruction of file.instructions) {
      const { keyword, pairs = [] } = instruction;
      if (keyword !== 'ENV' && keyword !== 'ARG') continue;
      for (const pair of pairs) {
        const { name, value } = pair;
        const isSecret = value && (known.test(value.value) || (isSecretName(name.value) && !harmless(name.value, value.value)));
        const given = keyword === 'ENV' && value ? givenArgument(file, instruction, name.value, value.value) : undefined;
        if (!isSecret && given === undefined) continue;
        const stage = stageAround(file, instruction);
        const builder = stage !== undefined && (builders ??= builderStages(file)).has(stage);
        const argument = builder ? undefined : given;
        if (argument !== undefined && value)
          yield {
            span: value.span,
            severity: 'warning',
            message: `What the build argument ${argument} is given stays readable in the image, for everyone who can pull it. Mount it for the RUN that needs it, or pass ${name.value} when the container starts.`,
          };
        if (!isSecret) continue;
        const edit: Edit | undefined =
          keyword === 'ARG' ? { span: { start: name.span.end, end: value.span.end }, text: '' } : withoutPair(file, instruction, pair);
        yield {
          span: value.span,
          // A real token is lost with the file alone.
          ...(builder && !known.test(value.value) ? { severity: 'info' as const } : {}),
          message: builder
            ? `${name.value} stays readable in this file and in the cache of the build, though not in the image. Mount it as a build secret instead.`
            : `${name.value} stays readable in the image for everyone who can pull it. Mount it as a build secret instead, or pass it when the container starts.`,
          fixes: edit ? [{ title: 'Take the value out', safe: false, edits: [edit] }] : [],
        };
      }
    }
  },
});

/** The stages that only give files to others: their ENV is in no image that is shipped. */
function builderStages(file: Dockerfile): ReadonlySet<Stage> {
  if (file.stages.length < 2) return new Set();
  const shipped = shippedStages(file);
  const taken = new Set(
    file.instructions.flatMap(({ keyword, flags }) =>
      keyword === 'COPY' || keyword === 'RUN'
        ? flags.flatMap(({ name, value }) =>
            name === 'from' ? [value?.value ?? ''] : [/\bfrom=([\w.-]+)/.exec(value?.value ?? '')?.[1] ?? ''],
          )
        : [],
    ),
  );
  const giving = file.stages.filter(({ name, index }) => taken.has(String(index)) || (name !== undefined && taken.has(name.value)));
  return new Set(giving.flatMap((stage) => lineage(stage)).filter((stage) => !shipped.includes(stage)));
}

/** The argument without a default that ENV keeps under the name of a secret. */
function givenArgument(file: Dockerfile, instruction: Instruction, name: string, value: string): string | undefined {
  const [, argument] = /^\$\{?(\w+)\}?$/.exec(value) ?? [];
  const stage = stageAround(file, instruction);
  if (argument === undefined || !stage || !isSecretName(name) || harmlessName(name)) return undefined;
  const known = variablesAt(file, stage, instruction).get(argument);
  return known?.kind === 'arg' && known.value === undefined ? argument : undefined;
}

// Prefixes that only real tokens have (Hugging Face, GitHub, OpenAI, AWS, Slack, Google, PyPI, GitLab, Anthropic, npm).
const known =
  /^(?:hf_[A-Za-z]{30,}|gh[pousr]_\w{30,}|github_pat_\w{40,}|sk-(?:proj-|ant-)?[\w-]{32,}|AKIA(?=[A-Z]*\d)[0-9A-Z]{16}|xox[abp]-[\w-]{20,}|AIza[\w-]{35}|pypi-[\w-]{50,}|glpat-[\w-]{20}|npm_\w{36})$/;

/** Values that are no secret whatever the name says. */
function harmless(name: string, value: string): boolean {
  return (
    value.length < 6 ||
    /[$<>{}\s]|^[/.~]|^https?:\/\/[^@]*$/.test(value) ||
    /^(?:true|false|yes|no|none|null|disabled?|enabled?|change-?me.*|replace-?me.*|your[-_].*|example.*|dummy.*|.*place_?holder.*|todo|(?:0x)?(?:dead|cafe|beef|babe|face|feed|f00d|c0de){1,4}|x+|\*+|\d+)$/i.test(
      value,
    ) ||
    harmlessName(name) ||
    standIn(name, value) ||
    // The fingerprint of a key, which is written in capitals, is public.
    /^(?:0x)?[\dA-F]{40}$/.test(value) ||
    // The name of a file, and a word where a key is something random.
    /^[\w-]+\.(?:sh|py|txt|json|ya?ml|xml|pem|key|crt|cfg|conf|ini|env|properties|jks|p12)$/i.test(value) ||
    (/(?:^|_)(?:KEY|AUTH)$/i.test(name) && /^[A-Z]?[a-z]+(?:[A-Z][a-z]+)*$/.test(value) && value.length < 20) ||
    // The key of a label or of a dictionary.
    (/_KEY$/i.test(name) && /^[a-z]+(?:\.[a-z]+)+$/.test(value))
  );
}

/** Words alone that say what should stand there: the end of the variable’s own name, or several like `build-secret`. */
function standIn(name: string, value: string): boolean {
  const words = value.toLowerCase().split(/[-_.]+/);
  return words.length > 1 && (name.toLowerCase().endsWith(words.join('_')) || words.every((word) => plainWords.has(word)));
}
const plainWords = new Set(
  (
    'a access admin an api app auth be build builder change changed changeit ci collectstatic default demo dev development django docker dummy empty ' +
    'fake fastapi flask for here in insecure internal jwt key local me mock my no not only or overridden override password pass placeholder ' +
    'please prod production real replace replaced runtime sample secret secure session set so some supersecret super temp temporary test testing ' +
    'that the this time tmp to token unsafe unused use used value very your'
  ).split(' '),
);

/** Names of what is public, or is a setting about a secret. */
const harmlessName = (name: string): boolean =>
  // Fingerprints and key ids are public.
  /(?:^|_)(?:GPG|PGP|APT|SIGNING|RELEASE)(?:_\w+)*_KEYS?(?:_IDS?)?$|_KEY_(?:IDS?|URL|FINGERPRINT|COLUMN|NAME|ALIAS|ARN|RING|TYPE)$|^(?:KEY|AUTH)_/i.test(
    name,
  ) ||
  /(?:^|_)(?:AUTH|KEY|TOKEN|CREDENTIALS?|SECRET|PASSWORD|PASSWD)_(?:TYPE|METHOD|MODE|BACKEND|PROVIDER|NAME|HEADER|HOST|URL|PORT|PATH|DIR|ENABLED|LIMIT|LENGTH|SIZE|COUNT|TTL|EXPIR\w*|ALGORITHM|CLASS)$/i.test(
    name,
  ) ||
  // A commit or a checksum.
  /_(?:COMMIT|SHA|SHA256|REVISION|REF|HASH|CHECKSUM|DIGEST|BRANCH|REPO)$/i.test(name) ||
  // The name of a secret that something else keeps.
  /_PULL_SECRET$/i.test(name);
