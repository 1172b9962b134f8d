import type { Instruction } from '../../dockerfile/model.ts';
import { callsInSection } from '../../dockerfile/shell/commands.ts';
import { shippedSections } from '../../dockerfile/sections.ts';
import type { ShellWord } from '../../dockerfile/shell/model.ts';
import { dockerfileRule } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'login-in-build',
  severity: 'warning',
  title: 'Log in with a secret, not with a file in the image',
  why: 'A login writes the token into the home folder, and the layer keeps it: whoever pulls the image has the account. Give the token to the one command that needs it: `RUN --mount=type=secret,id=hf_token,env=HF_TOKEN hf download …`.',
  reach: 'file',
  looksAt: ['RUN login', 'RUN _authToken', 'RUN credential', 'RUN configure', 'RUN auth'],
  examples: [
    {
      bad: 'FROM python:3.12\nARG HF_TOKEN\nRUN pip install --no-cache-dir huggingface_hub==0.33.2 && «huggingface-cli login» --token $HF_TOKEN\n',
    },
    { bad: 'FROM python:3.12\nRUN «wandb login» $WANDB_API_KEY\nRUN «aws configure» set aws_secret_access_key $SECRET\n' },
    {
      title: 'for one command only, thrown away again, and in a stage that nobody gets',
      good: 'FROM python:3.12 AS build\nRUN hf auth login --token $T\nFROM python:3.12\nRUN --mount=type=secret,id=hf,env=HF_TOKEN hf download bert-base-uncased\nRUN hf auth login --token $T && hf download x && hf auth logout\nRUN npm login --help\n',
    },
  ],
  *check(file) {
    for (const section of shippedSections(file)) {
      if (!section.stage || !section.instructions.some(mentions)) continue;
      const calls = callsInSection(file, section, ...Object.keys(logins));
      for (const { program, head, args, instruction } of calls) {
        const last = loginWord(program, args);
        if (!last || args.some(({ value }) => /^(?:-h|--help)$/.test(value))) continue;
        const text = [instruction.body, ...instruction.heredocs].map((part) => part.text).join('\n');
        if (/\blogout\b|\brm\s[^\n]*(?:token|\.docker|\.netrc|\.aws|\.config|\.npmrc|\.cache)/.test(text)) continue;
        yield {
          span: { start: head.span.start, end: last.span.end },
          message: `What «${program} ${last.value}» writes stays in this layer, and with it the account of whoever built the image. Mount the token as a secret for the command that needs it.`,
        };
      }
    }
  },
});

/** Whether a login may stand in an instruction, before its script is read. */
const mentions = ({ body, heredocs }: Instruction): boolean =>
  [body, ...heredocs].some(({ text }) => /\b(?:login|configure|activate-service-account|config set)\b/.test(text));

/** The words behind which a program keeps a token. */
const logins: Readonly<Record<string, RegExp>> = {
  'huggingface-cli': /^login$/,
  hf: /^(?:auth )?login$/,
  wandb: /^login$/,
  docker: /^login$/,
  npm: /^login$/,
  aws: /^configure$/,
  az: /^login$/,
  gcloud: /^auth (?:login|activate-service-account)$/,
  gh: /^auth login$/,
  ngc: /^config set$/,
  kaggle: /^auth login$/,
};

function loginWord(program: string, [first, second]: readonly ShellWord[]): ShellWord | undefined {
  const pattern = logins[program];
  if (!pattern || !first) return undefined;
  if (pattern.test(first.value)) return first;
  return second && pattern.test(`${first.value} ${second.value}`) ? second : undefined;
}
