import type { Dockerfile, Instruction, Stage } from '../../dockerfile/model.ts';
import { allCommandsOf } from '../../dockerfile/packages/nested.ts';
import { installs } from '../../dockerfile/packages/system.ts';
import { allInstructions, rootImage } from '../../dockerfile/scope.ts';
import type { ShellWord } from '../../dockerfile/shell/model.ts';
import { programOf } from '../../dockerfile/shell/scripts.ts';
import { imageFacts } from '../../knowledge/lookup.ts';
import { dockerfileRule, type Problem, type World } from '../../lint/rule.ts';
import { imageReference } from '../../text/imageReference.ts';
import { copiesPrograms } from '../shared/copiesPrograms.ts';
import { installSystem } from '../shared/installSystem.ts';
import { bringsNothing } from '../shared/plainCommands.ts';
import { shippedStages } from '../shared/shipped.ts';
import { beside, calls } from '../shared/looksAt.ts';
import { mayFail, runSteps } from '../shared/runSteps.ts';

export default dockerfileRule({
  id: 'python-missing',
  severity: 'error',
  title: 'Install Python in images that have none',
  why: 'The images of CUDA, Ubuntu and Debian hold neither Python nor pip. A RUN that calls them ends with «not found» (127), a CMD with «executable file not found in $PATH». `apt-get install python3 python3-pip` brings them, and `python3` alone brings no pip.',
  reach: 'file',
  looksAt: [...calls('python', 'pip'), ...beside('RUN', 'COPY', 'ADD', 'ENV PATH', 'CMD', 'ENTRYPOINT')],
  examples: [
    {
      bad: 'FROM nvidia/cuda:12.4.1-runtime-ubuntu22.04\nCOPY requirements.txt .\nRUN «pip» install -r requirements.txt\nCMD ["python3", "train.py"]\n',
      good: 'FROM nvidia/cuda:12.4.1-runtime-ubuntu22.04\nRUN apt-get update && apt-get install -y --no-install-recommends python3-pip && rm -rf /var/lib/apt/lists/*\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCMD ["python3", "train.py"]\n',
    },
    {
      title: 'when the container starts',
      bad: 'FROM ubuntu:22.04\nRUN apt-get update && apt-get install -y --no-install-recommends curl git && rm -rf /var/lib/apt/lists/*\nCOPY . /app\nCMD [«"python3"», "/app/main.py"]\n',
      good: 'FROM ubuntu:22.04\nRUN apt-get update && apt-get install -y --no-install-recommends python3 && rm -rf /var/lib/apt/lists/*\nRUN apt-get update && apt-get install -y --no-install-recommends curl git && rm -rf /var/lib/apt/lists/*\nCOPY . /app\nCMD ["python3", "/app/main.py"]\n',
    },
    {
      title: 'Python without pip',
      bad: 'FROM nvidia/cuda:12.4.1-base-ubuntu22.04\nRUN apt-get update && apt-get install -y python3 && «pip3» install torch==2.5.1\n',
    },
    {
      title: 'packages that may bring it, a script, another stage, a folder of programs',
      good: 'FROM ubuntu:22.04\nRUN apt-get update && apt-get install -y supervisor\nCMD ["python3", "main.py"]\nFROM ubuntu:22.04\nCOPY setup.sh .\nRUN ./setup.sh && pip install flask\nFROM ubuntu:22.04\nCOPY --from=build /opt/venv /opt/venv\nCMD ["python", "main.py"]\nFROM ubuntu:22.04\nCOPY venv /venv\nENV PATH=/venv/bin:$PATH\nCMD ["python", "main.py"]\n',
    },
    {
      title: 'installed, by whatever name',
      good: 'FROM nvidia/cuda:12.4.1-base-ubuntu22.04\nRUN apt-get update && apt-get install -y python3.11 python3-pip && python3.11 -m pip install torch==2.5.1\nFROM ubuntu:22.04\nRUN apt-get update && apt-get install -y $PACKAGES && pip install flask\nFROM python:3.12\nRUN pip install flask\n',
    },
    {
      title: 'asking whether it is there',
      good: 'FROM ubuntu:22.04\nRUN python3 --version || true\nRUN if python3 -V; then echo yes; fi\nFROM ubuntu:22.04\nRUN command -v python3 >/dev/null && python3 -V\n',
    },
  ],
  *check(file, world) {
    const [last] = shippedStages(file);
    for (const stage of file.stages) {
      const problem = firstCall(file, stage, stage === last, world);
      if (problem) yield problem;
    }
  },
});

/** Debian packages that bring no Python along, also with what they recommend. */
const without =
  /^(?:curl|wget|git|git-lfs|build-essential|gcc|g\+\+|make|cmake|ninja-build|ca-certificates|gnupg2?|unzip|zip|bzip2|xz-utils|tar|nano|less|tini|bash|sudo|htop|tmux|screen|tzdata|locales|openssh-(?:client|server)|pkg-config|jq|netcat(?:-openbsd)?|iputils-ping|net-tools|procps|rsync|ffmpeg|lib[\w.+-]+|apt-utils|apt-transport-https)$/;

function firstCall(file: Dockerfile, stage: Stage, starts: boolean, { knowledge, options }: World): Problem | undefined {
  const image = rootImage(file, stage, options.buildArgs);
  const facts = image === undefined ? undefined : imageFacts(knowledge, image);
  if (image === undefined || facts?.python !== 'none' || facts.sure !== 'certain' || !facts.packages.includes('apt')) return undefined;
  if (!/^(?:ubuntu|debian|nvidia\/cuda)$/.test(imageReference(image).name)) return undefined;
  let python = false;
  const missing = (word: ShellWord | undefined): boolean => {
    const name = word?.value ?? '';
    return /^pip3?$/.test(name) || (!python && /^python3?$/.test(name));
  };
  for (const step of runSteps(file, allInstructions(stage), mayBring)) {
    // Who asks whether it is there has something else to do without it.
    if (!step || /^(?:command|which|type|hash)$/.test(step.command.name)) return undefined;
    const { instruction, command, words, call } = step;
    if (call && installs(call)) {
      const names = call.operands.filter((word) => word.dynamic || !without.test(word.value.replace(/[=:/].*$/, '')));
      if (names.some(({ value, dynamic }) => dynamic || !/^python3(?:\.\d+)?(?:-dev|-minimal)?$/.test(value))) return undefined;
      python ||= names.length > 0;
    } else if (missing(words[0]) && instruction.stage === stage.index)
      return mayFail(command) ? undefined : problem(file, stage, words[0], image, python);
    else if (!call && !bringsNothing(words)) return undefined;
  }
  const start =
    stage.instructions.findLast(({ keyword }) => keyword === 'ENTRYPOINT') ??
    stage.instructions.findLast(({ keyword }) => keyword === 'CMD');
  const [command, ...others] = start && starts ? allCommandsOf(file, start) : [];
  const [word] = command ? programOf(command) : [];
  return command && !others.length && missing(word) ? problem(file, stage, word, image, python) : undefined;
}

/** Whether an instruction may put a Python there as files. */
const mayBring = (instruction: Instruction): boolean =>
  instruction.keyword === 'ENV'
    ? (instruction.pairs ?? []).some(({ name }) => name.value === 'PATH')
    : copiesPrograms(instruction, /python|venv/i);

function problem(file: Dockerfile, stage: Stage, word: ShellWord | undefined, image: string, python: boolean): Problem | undefined {
  if (!word) return undefined;
  const pip = /pip/.test(word.value);
  const packages = pip ? ['python3-pip'] : word.value === 'python' ? ['python3', 'python-is-python3'] : ['python3'];
  return {
    span: word.span,
    message: `«${image}» has no ${word.value}${pip && python ? ', and python3 brings none' : ', and nothing here installs it'}: this ends with «not found» (127). Install ${packages.join(' and ')}.`,
    fixes: stage.base ? [] : installSystem(file, stage, packages),
  };
}
