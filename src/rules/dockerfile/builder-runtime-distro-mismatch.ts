import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import { pipInstalls } from '../../dockerfile/packages/pip.ts';
import { rootImage } from '../../dockerfile/scope.ts';
import { copiedStage } from '../../dockerfile/sources.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { stagePython } from '../shared/torchPython.ts';
import { withPython } from '../shared/withPython.ts';

export default dockerfileRule({
  id: 'builder-runtime-distro-mismatch',
  severity: 'error',
  title: 'Use the same Python in builder and runtime',
  why: 'Packages are installed into `lib/python3.X`, and compiled parts are built for that minor version. Another Python in the last stage does not find them: «No module named …».',
  reach: 'needed',
  looksAt: ['COPY from', '&RUN'],
  examples: [
    {
      bad: 'FROM python:3.12-slim AS build\nRUN python -m venv /venv && /venv/bin/pip install torch\nFROM python:3.11-slim\nCOPY --from=build «/venv» /venv\n',
      good: 'FROM python:3.12-slim AS build\nRUN python -m venv /venv && /venv/bin/pip install torch\nFROM python:3.12-slim\nCOPY --from=build /venv /venv\n',
    },
    {
      bad: 'FROM python:3.12 AS build\nRUN pip install torch\nFROM python:3.11-slim\nCOPY --from=build «/usr/local/lib/python3.12/site-packages» /usr/local/lib/python3.11/site-packages\n',
    },
    {
      title: 'a folder of the builder’s own',
      bad: 'ARG PY=3.12\nFROM python:3.11-slim AS build\nRUN pip install --prefix=/install numpy\nFROM python:${PY}-slim\nCOPY --from=build «/install» /usr/local\n',
    },
    { good: 'FROM python:3.12 AS build\nRUN python -m venv /venv\nFROM python:3.12-slim\nCOPY --from=build /venv /venv\n' },
    {
      title: 'a program that is no Python package',
      good: 'FROM python:3.12 AS build\nRUN make\nFROM python:3.11-slim\nCOPY --from=build /out/tool /usr/local/bin/tool\n',
    },
  ],
  *check(file, { knowledge, options }) {
    for (const stage of file.stages)
      for (const instruction of stage.instructions) {
        const builder = copiedStage(file, instruction);
        const { args } = instruction;
        const word =
          builder && args.slice(0, -1).find(({ value }) => packages.test(value) || prefixes(file, builder).has(value.replace(/\/$/, '')));
        // One image has one Python, where it is known at all.
        if (!word || rootImage(file, stage, options.buildArgs) === rootImage(file, builder, options.buildArgs)) continue;
        const here = stagePython(knowledge, file, stage, options.buildArgs);
        const there = stagePython(knowledge, file, builder, options.buildArgs);
        if (!here || !there || here.version === there.version) continue;
        yield {
          span: word.span,
          message: `These packages were installed for Python ${there.version} («${rootImage(file, builder, options.buildArgs) ?? ''}»), and this stage has ${here.version}: it does not find them. Use one version in both.`,
          // Where the paths name the version, they would have to follow.
          fixes: /python3/.test(args.map(({ value }) => value).join(' ')) ? [] : withPython(stage, here.version, there.version),
        };
      }
  },
});

/** The folders that a stage installs packages into by name: `--prefix=/install`. */
const prefixes = (file: Dockerfile, stage: Stage): ReadonlySet<string> =>
  new Set(
    stage.instructions.flatMap((instruction) =>
      pipInstalls(file, instruction).flatMap(({ options }) =>
        options.flatMap(({ name, value }) =>
          /^(?:-t|--target|--prefix)$/.test(name) && value !== undefined ? [value.replace(/\/$/, '')] : [],
        ),
      ),
    ),
  );

/** Where installed Python packages lie. */
const packages = /(?:^|[/.])(?:venv|env|virtualenv)\/?$|site-packages|dist-packages|\.local\/?$/;
