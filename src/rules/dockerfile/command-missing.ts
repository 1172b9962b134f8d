import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import { installs } from '../../dockerfile/packages/system.ts';
import { allInstructions, rootImage } from '../../dockerfile/scope.ts';
import type { BaseImage } from '../../knowledge/knowledge.ts';
import { imageFacts } from '../../knowledge/lookup.ts';
import { dockerfileRule, type Problem, type World } from '../../lint/rule.ts';
import { imageReference } from '../../text/imageReference.ts';
import { installSystem } from '../shared/installSystem.ts';
import { beside } from '../shared/looksAt.ts';
import { comesAlone } from '../shared/packagesAlone.ts';
import { bringsNothing } from '../shared/plainCommands.ts';
import { copiesPrograms } from '../shared/copiesPrograms.ts';
import { isGivenImage } from '../shared/givenImage.ts';
import { mayFail, runSteps } from '../shared/runSteps.ts';

/** The Debian packages that bring a program, beside it what it needs to be of use. */
const packagesOf: Readonly<Record<string, readonly string[]>> = {
  curl: ['curl', 'ca-certificates'],
  wget: ['wget', 'ca-certificates'],
  git: ['git', 'ca-certificates'],
  gcc: ['gcc', 'libc6-dev'],
  'g++': ['g++'],
  make: ['make'],
  cmake: ['cmake', 'build-essential'],
  unzip: ['unzip'],
  zip: ['zip'],
  jq: ['jq'],
  ffmpeg: ['ffmpeg'],
  'add-apt-repository': ['software-properties-common'],
  nvcc: [],
};
const tools = Object.keys(packagesOf);

/** What else a package brings than what it is called after. */
const alsoBrings: Readonly<Record<string, readonly string[]>> = {
  'build-essential': ['gcc', 'g++', 'make'],
  'build-base': ['gcc', 'g++', 'make'],
  'g++': ['gcc'],
  cmake: ['make', 'gcc', 'g++'],
  'software-properties-common': ['add-apt-repository'],
};

export default dockerfileRule({
  id: 'command-missing',
  severity: 'error',
  title: 'Install what a RUN calls',
  why: 'Slim images and those of Debian, Ubuntu and CUDA have neither curl, wget, git nor unzip, and most have no compiler; nvcc is in the -devel images of CUDA only. A RUN that calls one ends with «not found» (127). Install it in the same stage first.',
  looksAt: [...tools.map((tool) => `RUN ${tool}`), ...beside('RUN', 'COPY', 'ADD')],
  examples: [
    {
      bad: 'FROM python:3.12-slim\nRUN «git» clone --depth 1 https://example.org/a.git /a\n',
      good: 'FROM python:3.12-slim\nRUN apt-get update && apt-get install -y --no-install-recommends git ca-certificates && rm -rf /var/lib/apt/lists/*\nRUN git clone --depth 1 https://example.org/a.git /a\n',
    },
    {
      title: 'installed for another stage, or later',
      bad: 'FROM nvidia/cuda:12.4.1-base-ubuntu22.04 AS a\nRUN apt-get update && apt-get install -y curl\nFROM nvidia/cuda:12.4.1-base-ubuntu22.04\nRUN apt-get update && apt-get install -y python3 && «curl» -fsSLO https://example.org/m && apt-get install -y curl\n',
    },
    {
      title: 'the compiler of CUDA, and what adds a repository',
      bad: 'FROM nvidia/cuda:12.4.1-runtime-ubuntu22.04\nRUN «nvcc» --version\nFROM ubuntu:24.04\nRUN apt-get update && «add-apt-repository» ppa:deadsnakes/ppa\n',
    },
    {
      title: 'installed, asked for, or it may have come with something else',
      good: 'FROM debian:12\nRUN apt-get update && apt-get install -y curl && curl -fsSLO https://example.org/m\nFROM debian:12\nRUN command -v curl || echo none\nFROM debian:12\nRUN apt-get update && apt-get install -y devscripts && curl -V\nFROM debian:12\nCOPY setup.sh /\nRUN /setup.sh && git --version\nFROM debian:12\nRUN git --version || true\nFROM company.example/base:1\nRUN curl -V\nFROM python:3.12\nRUN curl -V && git --version\n',
    },
  ],
  *check(file, world) {
    for (const stage of file.stages) {
      const problem = firstCall(file, stage, world);
      if (problem) yield problem;
    }
  },
});

function firstCall(file: Dockerfile, stage: Stage, { knowledge, options }: World): Problem | undefined {
  // Whoever builds may give an image that has it.
  if (isGivenImage(stage)) return undefined;
  const image = rootImage(file, stage, options.buildArgs);
  const facts = image === undefined ? undefined : imageFacts(knowledge, image);
  if (image === undefined || facts?.sure !== 'certain') return undefined;
  const missing = lackedBy(image, facts);
  if (!missing.size) return undefined;
  for (const step of runSteps(file, allInstructions(stage), (instruction) => copiesPrograms(instruction, named))) {
    if (!step || !missing.size || /^(?:command|which|type|hash)$/.test(step.command.name)) return undefined;
    const { instruction, command, words, call } = step;
    const name = words[0]?.value ?? '';
    const tool = tools.find((each) => each === name);
    if (call && installs(call)) {
      for (const { value, dynamic } of call.operands) {
        if (dynamic || (call.manager.startsWith('apt') ? !comesAlone(value) : /sdk|devel|dev|build|git-|group|@/.test(value)))
          return undefined;
        const bare = value.replace(/[=:/].*$/, '');
        for (const each of [bare, ...(alsoBrings[bare] ?? [])]) missing.delete(each);
        for (const each of missing) if (bare.startsWith(`${each}-`)) missing.delete(each);
      }
    } else if (tool && missing.has(tool)) {
      if (mayFail(command) || instruction.stage !== stage.index) return undefined;
      const [word] = words;
      return (
        word && {
          span: word.span,
          message: `«${image}» has no ${tool}, and nothing in this stage installs it before: this ends with «not found» (127).`,
          fixes: facts.packages.includes('apt') ? installSystem(file, stage, packagesOf[tool] ?? []) : [],
        }
      );
    } else if (!call && !tool && !bringsNothing(words) && !/^(?:pip[\d.]*|python[\d.]*|uv)$/.test(name)) return undefined;
    else if (/^python/.test(name) && !/^-m$|^-c$/.test(words[1]?.value ?? '')) return undefined;
  }
  return undefined;
}

/** The programs that an image surely lacks. */
function lackedBy(image: string, { tools: known, packages }: BaseImage): Set<string> {
  const { name, tag = '' } = imageReference(image);
  const lacked = new Set((['curl', 'wget', 'git', 'gcc'] as const).filter((tool) => known[tool] === false) as readonly string[]);
  // Without a compiler it is one of the small ones.
  if (lacked.has('gcc') && packages.includes('apt') && /^(?:debian|ubuntu|python|nvidia\/cuda)$/.test(name))
    for (const tool of tools) if (!(tool in known) && tool !== 'nvcc') lacked.add(tool);
  for (const tool of ['curl', 'wget', 'git'] as const) if (known[tool] !== false) lacked.delete(tool);
  if (name === 'nvidia/cuda' && /-(?:base|runtime)-/.test(tag)) lacked.add('nvcc');
  return lacked;
}

/** Files that may be the programs themselves. */
const named = /curl|wget|git$|gcc/i;
