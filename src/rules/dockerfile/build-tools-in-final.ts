import { systemInstalls } from '../../dockerfile/packages/system.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { shippedStages } from '../shared/shipped.ts';
import { stagePackages } from '../shared/stagePackages.ts';
import { stageText } from '../shared/stageText.ts';
import { beside, pythonPackages, setting, systemManagers } from '../shared/looksAt.ts';
import { pythonInstalls } from '../shared/pythonInstalls.ts';

const tools = /^(?:build-essential|build-base|gcc|g\+\+|clang|gfortran|cmake|ninja-build|gcc-c\+\+)(?:-\d+)?$/;

/** Packages that compile while they run: Triton’s kernels, extensions built at the first call. */
const compiling =
  /\b(?:torch|vllm|triton|deepspeed|cupy|numba|sglang|xformers|pytensor|theano|cmdstanpy|pystan|tvm|apex|flash[-_]attn)\b|torch\.compile/;

export default dockerfileRule({
  id: 'build-tools-in-final',
  severity: 'info',
  quiet: 'Many images leave compilers in and work: it is size and attack surface, nothing breaks.',
  title: 'Leave compilers in a build stage',
  why: 'A compiler is needed while packages are built, not while the service runs: build-essential is about 250 MB, and a tool for whoever breaks in. Build a virtual environment in one stage and copy it into the next. Images whose packages compile while they run (torch.compile, Triton, vLLM, DeepSpeed) keep theirs.',
  reach: 'shipped',
  looksAt: [
    ...pythonPackages,
    ...beside(
      ...systemManagers,
      'RUN',
      'COPY',
      'ADD',
      'CMD',
      'ENTRYPOINT',
      ...setting(
        'torch',
        'vllm',
        'triton',
        'deepspeed',
        'cupy',
        'numba',
        'sglang',
        'xformers',
        'pytensor',
        'theano',
        'cmdstanpy',
        'pystan',
      ),
      ...setting('tvm', 'apex', 'flash', 'purge', 'remove', 'apk del'),
    ),
  ],
  needs: pythonInstalls(),
  examples: [
    {
      bad: 'FROM python:3.12-slim\nRUN apt-get update && apt-get install -y «build-essential» libpq5 && rm -rf /var/lib/apt/lists/*\nRUN pip install psycopg2==2.9.10 fastapi\nCMD ["uvicorn", "app:app"]\n',
      good: 'FROM python:3.12-slim AS build\nRUN apt-get update && apt-get install -y build-essential && rm -rf /var/lib/apt/lists/*\nRUN python -m venv /opt/venv && /opt/venv/bin/pip install psycopg2==2.9.10 fastapi\nFROM python:3.12-slim\nCOPY --from=build /opt/venv /opt/venv\nCMD ["uvicorn", "app:app"]\n',
    },
    {
      title: 'torch compiles kernels; a compiler that is removed again; an image to build on',
      good: 'FROM python:3.12-slim\nRUN apt-get update && apt-get install -y gcc && pip install torch==2.5.1\nCMD ["python", "serve.py"]\n',
    },
    {
      good: 'FROM python:3.12-slim\nRUN apt-get update && apt-get install -y gcc && pip install psycopg2 && apt-get purge -y gcc\nCMD ["python", "serve.py"]\n',
    },
    { good: 'FROM python:3.12-slim\nRUN apt-get update && apt-get install -y gcc && pip install psycopg2\n' },
  ],
  *check(file, world) {
    const stages = shippedStages(file);
    const [last] = stages;
    if (!last?.instructions.some(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT')) return;
    const text = stageText(last);
    if (!/build-|gcc|g\+\+|clang|gfortran|cmake|ninja/.test(text)) return;
    if (compiling.test(text) || /\b(?:purge|autoremove|apk del|remove)\b/.test(text)) return;
    const packages = stagePackages(file, last, world);
    if (!packages.length || packages.some(({ requirement }) => compiling.test(requirement.name))) return;
    for (const stage of stages)
      for (const instruction of stage.instructions)
        for (const { packages: words } of systemInstalls(file, instruction)) {
          const found = words.find(({ value }) => tools.test(value.replace(/=.*$/, '')));
          if (!found) continue;
          yield {
            span: found.span,
            message: `«${found.value}» stays in the image that runs${found.value === 'build-essential' ? ', about 250 MB' : ''}: it is needed only while packages are built. Build them in a stage of their own and copy the result.`,
          };
          return;
        }
  },
});
