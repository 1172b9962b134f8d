import type { Dockerfile, Instruction, Stage } from '../../dockerfile/model.ts';
import { mountsOf } from '../../dockerfile/mounts.ts';
import { installs } from '../../dockerfile/packages/system.ts';
import { allInstructions, rootImage } from '../../dockerfile/scope.ts';
import type { Command, ShellWord } from '../../dockerfile/shell/model.ts';
import { programOf } from '../../dockerfile/shell/scripts.ts';
import { dockerfileRule, type Problem, type World } from '../../lint/rule.ts';
import { imageReference } from '../../text/imageReference.ts';
import { bringsNothing } from '../shared/plainCommands.ts';
import { beside } from '../shared/looksAt.ts';
import { runSteps } from '../shared/runSteps.ts';

export default dockerfileRule({
  id: 'apt-lists-missing',
  severity: 'error',
  title: 'Update the package lists before installing',
  why: 'The images of Debian, Ubuntu, Python, Node and CUDA hold no package lists, and `rm -rf /var/lib/apt/lists/*` takes them away again. Without `apt-get update` before it in the same image, `apt-get install` ends with «E: Unable to locate package» (100).',
  looksAt: ['RUN apt', ...beside('RUN', 'COPY', 'ADD')],
  examples: [
    {
      bad: 'FROM nvidia/cuda:12.6.3-runtime-ubuntu24.04\nRUN «apt-get install» -y python3-pip\n',
      good: 'FROM nvidia/cuda:12.6.3-runtime-ubuntu24.04\nRUN apt-get update && apt-get install -y python3-pip\n',
    },
    {
      title: 'the lists are gone again',
      bad: 'FROM python:3.12-slim\nRUN apt-get update && apt-get install -y gcc && rm -rf /var/lib/apt/lists/*\nRUN pip install psutil==7.1.0\nRUN «apt-get install» -y libgomp1\n',
      good: 'FROM python:3.12-slim\nRUN apt-get update && apt-get install -y gcc && rm -rf /var/lib/apt/lists/*\nRUN pip install psutil==7.1.0\nRUN apt-get update && apt-get install -y libgomp1\n',
    },
    {
      title: 'as another user, and in JSON form',
      bad: 'FROM ubuntu:22.04\nRUN sudo «apt-get install» -y git\n',
      good: 'FROM ubuntu:22.04\nRUN sudo apt-get update && sudo apt-get install -y git\n',
    },
    { bad: 'FROM ubuntu:22.04\nRUN [«"apt-get", "install"», "-y", "git"]\n' },
    {
      title: 'in the stage below',
      bad: 'FROM debian:12 AS base\nRUN apt-get update && apt-get install -y gcc && rm -rf /var/lib/apt/lists/*\nFROM base\nRUN «apt install» -y git\n',
    },
    {
      title: 'from a RUN before, which another rule is about; from a script; from a cache',
      good: 'FROM debian:12\nRUN apt-get update\nRUN apt-get install -y git\nFROM debian:12\nCOPY setup.sh .\nRUN ./setup.sh && apt-get install -y git\nFROM debian:12\nRUN --mount=type=cache,target=/var/lib/apt apt-get install -y git\n',
    },
    {
      title: 'packages that lie there, or are there already',
      good: 'FROM debian:12\nCOPY app.deb /tmp/\nRUN apt-get install -y /tmp/app.deb\nFROM python:3.12\nRUN apt-get install -y curl git\nFROM debian:12\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/* && apt-get install -y curl\n',
    },
    {
      title: 'in case it does work',
      good: 'FROM debian:12\nRUN apt-get install -y git \\\n  || (apt-get update && apt-get install -y git)\n',
    },
    {
      title: 'apt 3 updates them by an option',
      good: 'FROM debian:trixie-slim\nRUN apt-get install --update -y --no-install-recommends curl\n',
    },
    { title: 'an image that may have them', good: 'FROM company.example/base:1\nRUN apt-get install -y git\n' },
  ],
  *check(file, world) {
    for (const stage of file.stages) yield* stageProblems(file, stage, world);
  },
});

/** Images whose last step takes the lists away. */
const official = /^(?:debian|ubuntu|python|node|buildpack-deps|nvidia\/cuda)$/;

/** More programs that bring no lists. */
const harmless = /^(?:dpkg|curl|wget|gpg|tar|unzip|gzip|git|update-alternatives|pip3?|uv|command|npm)$/;

/** What an image holds that no RUN of the file has installed. */
const there = {
  any: /^(?:apt|bash|ca-certificates|coreutils|dpkg|e2fsprogs|gnupg2?|gpg|gzip|hostname|libc6|libssl.*|login|mount|netbase|openssl|passwd|perl|sed|sudo|tar|tzdata|util-linux|zlib1g)$/,
  full: /^(?:autoconf|automake|bzip2|curl|dirmngr|file|g\+\+|gcc|git|imagemagick|lib.*|make|mercurial|openssh-client|patch|procps|python3.*|subversion|tk-dev|unzip|uuid-dev|wget|xz-utils|yarn|zlib1g-dev)$/,
} as const;

function* stageProblems(file: Dockerfile, stage: Stage, { options }: World): Iterable<Problem> {
  const image = rootImage(file, stage, options.buildArgs);
  const parts = image === undefined ? undefined : imageReference(image);
  if (
    image === undefined ||
    parts?.registry !== 'docker.io' ||
    !official.test(parts.name) ||
    /alpine|ubi|rockylinux|windows/.test(parts.tag ?? '')
  )
    return;
  const full = /^(?:python|node|buildpack-deps)$/.test(parts.name) && !/slim/.test(parts.tag ?? '');
  const known = new Set<string>();
  const missing = ({ value, dynamic }: ShellWord): boolean =>
    !dynamic &&
    /^[a-z\d][a-z\d+.-]+(?:[=:/].*)?$/.test(value) &&
    !known.has(bare(value)) &&
    !there.any.test(bare(value)) &&
    !(full && there.full.test(bare(value)));
  let lists: 'none' | 'gone' | 'there' = 'none';
  for (const step of runSteps(file, allInstructions(stage), brings)) {
    if (!step) return;
    const { instruction, command, words, call } = step;
    if (call && /^apt/.test(call.manager)) {
      const kept = keepsLists(instruction);
      if (call.action === 'update' || call.options.some(({ name }) => name === '--update' || name === '-U')) lists = kept ? lists : 'there';
      if (!installs(call)) continue;
      const plain = !call.options.some(({ name }) => /^(?:-o|-c|--option|--config-file|--no-download)$/.test(name));
      const own = !kept && plain && command.next !== '||' && instruction.stage === stage.index;
      if (own && lists !== 'there' && call.operands.some(missing)) {
        yield problem(command, call.verb, lists, image, !instruction.json);
        return;
      }
      for (const { value } of call.operands) known.add(bare(value));
    } else if (words[0]?.value === 'rm') {
      if (!keepsLists(instruction) && command.words.some(({ value }) => /^\/var\/lib\/apt(?:\/lists)?(?:\/\*?)?$/.test(value)))
        lists = 'gone';
    } else if (!isHarmless(words)) return;
  }
}

/** Whether the lists lie in a mount, where they are from build to build. */
const keepsLists = (instruction: Instruction): boolean =>
  mountsOf(instruction).some(({ target }) => /^\/var(?:\/lib(?:\/apt)?)?(?:\/|$)/.test(target ?? ''));

const bare = (name: string): string => name.replace(/[=:/].*$/, '');

/** Whether an instruction may bring lists as files. */
const brings = ({ keyword, args }: Instruction): boolean =>
  (keyword === 'COPY' || keyword === 'ADD') && /^\/(?:var(?:\/lib(?:\/apt)?)?)?(?:\/|$)/.test(args.at(-1)?.value ?? '');

function isHarmless(words: readonly ShellWord[]): boolean {
  const [program, option, name] = words;
  if (!program || bringsNothing(words)) return true;
  const value = program.value.replace(/^\/(?:usr\/)?(?:local\/)?s?bin\//, '');
  return harmless.test(value) || (/^python[\d.]*$/.test(value) && option?.value === '-m' && /^(?:pip|venv)$/.test(name?.value ?? ''));
}

function problem(command: Command, verb: ShellWord | undefined, lists: 'none' | 'gone', image: string, fixable: boolean): Problem {
  const [head] = programOf(command);
  const start = head?.span.start ?? command.span.start;
  return {
    span: { start, end: verb?.span.end ?? command.span.end },
    message: `${lists === 'gone' ? 'The package lists were removed above' : `«${image}» holds no package lists`}, so this ends with «Unable to locate package». Run apt-get update before it, in the same RUN.`,
    fixes: fixable
      ? [
          {
            title: 'Update the lists first',
            safe: true,
            edits: [
              {
                span: { start: command.span.start, end: command.span.start },
                text: `${command.name === 'sudo' ? 'sudo ' : ''}apt-get update && `,
              },
            ],
          },
        ]
      : [],
  };
}
