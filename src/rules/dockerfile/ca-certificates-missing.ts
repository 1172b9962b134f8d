import type { Dockerfile, Instruction, Stage } from '../../dockerfile/model.ts';
import { given, installs } from '../../dockerfile/packages/system.ts';
import { allInstructions, rootImage } from '../../dockerfile/scope.ts';
import type { ShellWord } from '../../dockerfile/shell/model.ts';
import { dockerfileRule, type Problem, type World } from '../../lint/rule.ts';
import { imageReference } from '../../text/imageReference.ts';
import { bringsNothing } from '../shared/plainCommands.ts';
import { stageText } from '../shared/stageText.ts';
import { beside } from '../shared/looksAt.ts';
import { runSteps } from '../shared/runSteps.ts';

export default dockerfileRule({
  id: 'ca-certificates-missing',
  severity: 'error',
  title: 'Install ca-certificates with curl, wget and git',
  why: 'The images of Debian and Ubuntu hold no certificates. `curl`, `wget` and `git` only recommend the package `ca-certificates`, which `--no-install-recommends` leaves out: every https address ends with «unable to get local issuer certificate» or «cannot verify certificate».',
  looksAt: ['RUN curl', 'RUN wget', 'RUN git', ...beside('RUN', 'COPY', 'ADD', 'ENV', 'ARG')],
  examples: [
    {
      bad: 'FROM ubuntu:22.04\nRUN apt-get update && apt-get install -y --no-install-recommends curl && «curl» -fsSLO https://example.org/model.tar.gz\n',
      good: 'FROM ubuntu:22.04\nRUN apt-get update && apt-get install -y --no-install-recommends curl ca-certificates && curl -fsSLO https://example.org/model.tar.gz\n',
    },
    {
      title: 'in a later RUN',
      bad: 'FROM debian:12-slim\nRUN apt-get update \\\n  && apt-get install -y --no-install-recommends \\\n    build-essential \\\n    git \\\n  && rm -rf /var/lib/apt/lists/*\nRUN «git» clone --depth 1 https://example.org/llama.cpp\n',
      good: 'FROM debian:12-slim\nRUN apt-get update \\\n  && apt-get install -y --no-install-recommends \\\n    build-essential \\\n    git ca-certificates \\\n  && rm -rf /var/lib/apt/lists/*\nRUN git clone --depth 1 https://example.org/llama.cpp\n',
    },
    {
      title: 'recommended packages come along; another package needs it; no check is asked for; http',
      good: 'FROM ubuntu:22.04\nRUN apt-get update && apt-get install -y curl && curl -O https://example.org/a\nFROM ubuntu:22.04\nRUN apt-get update && apt-get install -y --no-install-recommends curl software-properties-common && curl -O https://example.org/a\nFROM ubuntu:22.04\nRUN apt-get update && apt-get install -y --no-install-recommends wget && wget --no-check-certificate https://example.org/a && wget http://example.org/b\n',
    },
    {
      title: 'images that hold them',
      good: 'FROM python:3.12-slim\nRUN apt-get update && apt-get install -y --no-install-recommends curl && curl -O https://example.org/a\n',
    },
  ],
  *check(file, world) {
    for (const stage of file.stages) {
      const problem = firstCall(file, stage, world);
      if (problem) yield problem;
    }
  },
});

/** Debian packages that do not need the certificates. */
const without =
  /^(?:curl|wget|git|build-essential|gcc|g\+\+|make|cmake|ninja-build|unzip|zip|bzip2|xz-utils|gnupg2?|gpg|gpg-agent|jq|procps|nano|vim|less|tini|sudo|htop|lsb-release|pkg-config|tzdata|locales|python3(?:\.\d+)?(?:-dev|-venv)?|ffmpeg|libgl1.*|libglib2\.0-0.*|libsm6|libxext6|libgomp1|libpq-dev|libssl-dev|libffi-dev)$/;
const tools: ReadonlySet<string> = new Set(['curl', 'wget', 'git']);

function firstCall(file: Dockerfile, stage: Stage, { options }: World): Problem | undefined {
  const image = rootImage(file, stage, options.buildArgs);
  const parts = image === undefined ? undefined : imageReference(image);
  if (parts?.registry !== 'docker.io' || !/^(?:ubuntu|debian)$/.test(parts.name)) return undefined;
  if (/\bca-certificates\b|\/etc\/ssl|SSL_|CURL_CA|sslVerify|update-ca/i.test(stageText(stage))) return undefined;
  const installed = new Map<string, ShellWord>();
  for (const step of runSteps(file, allInstructions(stage), isFromStage)) {
    if (!step) return undefined;
    const { instruction, command, words, call } = step;
    const [program, ...rest] = words;
    if (call && installs(call)) {
      // What is recommended brings the certificates, and so may any package that is not known.
      if (!given(call.options, '', '--no-install-recommends')) return undefined;
      if (call.operands.some(({ value, dynamic }) => dynamic || !without.test(value.replace(/[=:/].*$/, '')))) return undefined;
      for (const word of call.operands) installed.set(word.value.replace(/[=:/].*$/, ''), word);
    } else if (program && tools.has(program.value)) {
      if (!fetches(program.value, rest)) continue;
      const package_ = installed.get(program.value);
      if (!package_ || instruction.stage !== stage.index || command.under.length || command.next === '||') return undefined;
      return problem(stage, program, package_);
    } else if (!call && !bringsNothing(words) && !/^(?:tar|unzip|gpg|gzip|dpkg|pip3?|bash|sh)$/.test(program?.value ?? ''))
      return undefined;
  }
  return undefined;
}

/** Whether files come from another stage, certificates among them, it may be. */
const isFromStage = ({ keyword, flags }: Instruction): boolean =>
  (keyword === 'COPY' || keyword === 'ADD') && flags.some(({ name }) => name === 'from');

function problem(stage: Stage, program: ShellWord, installed: ShellWord): Problem {
  const end = installed.span.end;
  const own = stage.instructions.some(({ span, json }) => !json && span.start <= installed.span.start && end <= span.end);
  return {
    span: program.span,
    message: `${program.value} was installed without its recommended packages, and nothing brings ca-certificates: an https address ends with «${said[program.value] ?? ''}». Install ca-certificates beside it.`,
    fixes: own
      ? [{ title: 'Install ca-certificates too', safe: true, edits: [{ span: { start: end, end }, text: ' ca-certificates' }] }]
      : [],
  };
}

const said: Readonly<Record<string, string>> = {
  curl: 'unable to get local issuer certificate',
  wget: 'cannot verify certificate',
  git: 'server certificate verification failed',
};

/** Whether a command asks an https address and checks its certificate. */
function fetches(program: string, words: readonly ShellWord[]): boolean {
  if (
    words.some(
      ({ value }) =>
        /^--(?:insecure|no-check-certificate|cacert|capath|ca-certificate)\b/.test(value) ||
        (program === 'curl' && /^-[a-zA-Z]*k/.test(value)),
    )
  )
    return false;
  if (program === 'git' && !words.some(({ value }) => /^(?:clone|fetch|pull|submodule|ls-remote)$/.test(value))) return false;
  return words.some(({ value }) => /^https:\/\//.test(value));
}
