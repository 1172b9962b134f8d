import type { Dockerfile, Instruction } from '../../dockerfile/model.ts';
import { pipInstalls } from '../../dockerfile/packages/pip.ts';
import { dockerfileRule, type Fix } from '../../lint/rule.ts';
import { textOf } from '../shared/stageText.ts';
import { baseName } from '../../text/paths.ts';

export default dockerfileRule({
  id: 'requirements-copied-unused',
  severity: 'warning',
  title: 'Install the requirements file that is copied',
  why: 'The file is copied, and pip installs packages by name: what the file pins has no effect.',
  reach: 'file',
  looksAt: ['COPY requirements', 'ADD requirements', '&RUN', '&CMD', '&ENTRYPOINT', '&ENV', '&ARG'],
  examples: [
    {
      bad: 'FROM python:3.12-slim\nCOPY «requirements.txt» .\nRUN pip install mlflow psycopg2-binary\nCMD ["mlflow", "server"]\n',
      good: 'FROM python:3.12-slim\nCOPY requirements.txt .\nRUN pip install -r requirements.txt mlflow psycopg2-binary\nCMD ["mlflow", "server"]\n',
    },
    { good: 'FROM python:3.12-slim\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n' },
    {
      title: 'a script may install it',
      good: 'FROM python:3.12-slim\nCOPY requirements.txt setup.sh ./\nRUN ./setup.sh && pip install mlflow\n',
    },
    {
      title: 'a later stage takes it',
      good: 'FROM python:3.12-slim AS base\nCOPY requirements.txt .\nRUN pip install uv\nFROM base\nRUN uv pip install -r requirements.txt\n',
    },
  ],
  *check(file) {
    const copied: Instruction[] = [];
    const said: string[] = [];
    for (const instruction of file.instructions) {
      if (copiesRequirements(instruction)) copied.push(instruction);
      if (!running.has((instruction.trigger ?? instruction).keyword)) continue;
      const text = textOf(instruction);
      // Any mention, wildcard or script may be what installs it.
      if (elsewhere.test(text)) return;
      said.push(text);
    }
    if (!said.some((text) => /\bpip3? install\b/.test(text))) return;
    for (const instruction of copied) {
      const { args } = instruction;
      for (const word of args.slice(0, -1)) {
        const name = baseName(word.value);
        if (!requirements.test(name)) continue;
        const base = baseName(args.at(-1)?.value ?? '');
        if (base.endsWith('.txt') && said.some((text) => text.includes(base))) continue;
        yield {
          span: word.span,
          message: `«${word.value}» is copied and never installed: what it pins has no effect. Use pip install -r ${name}.`,
          fixes: fixes(file, instruction, name),
        };
      }
    }
  },
});

const copiesRequirements = ({ keyword, args, flags, stage }: Instruction): boolean =>
  keyword === 'COPY' &&
  stage !== undefined &&
  !flags.some(({ name }) => name === 'from') &&
  args.slice(0, -1).some(({ value }) => requirements.test(baseName(value)));

/** Where something may install them, or name what does. */
const running: ReadonlySet<string> = new Set(['RUN', 'CMD', 'ENTRYPOINT', 'ENV', 'ARG']);

const elsewhere =
  /requirements|\.sh\b|\bmake\b|\*\.txt|pip-sync|\bnox\b|\btox\b|setup\.py|install \.|-e \.|entrypoint|dynamic|\binvoke\b|\bjust\b/;

const requirements = /^requirements[\w.-]*\.txt$/;

/** The file for the first pip install below it in the stage. */
function fixes(file: Dockerfile, copy: Instruction, name: string): readonly Fix[] {
  const target = copy.args.at(-1)?.value ?? '';
  const path = /^\.\/?$/.test(target) ? name : target.endsWith('/') && target.startsWith('/') ? `${target}${name}` : undefined;
  const install = file.instructions
    .filter(({ stage, span }) => stage === copy.stage && span.start > copy.span.start)
    .flatMap((each) => pipInstalls(file, each))[0];
  if (path === undefined || !install || install.instruction.json) return [];
  const at = install.verb.span.end;
  return [{ title: `Install ${name} too`, safe: false, edits: [{ span: { start: at, end: at }, text: ` -r ${path}` }] }];
}
