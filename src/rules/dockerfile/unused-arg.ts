import { platformArgs, predefinedArgs } from '../../dockerfile/scope.ts';
import type { Dockerfile, Instruction } from '../../dockerfile/model.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { instructionLines } from '../shared/instructionLines.ts';

export default dockerfileRule({
  id: 'unused-arg',
  severity: 'hint',
  title: 'Remove an ARG that nothing uses',
  why: 'An ARG that no instruction reads changes nothing, whatever whoever builds gives for it; mostly a name was misspelt or the line that used it is gone. In a stage the programs of every later RUN can read it from their environment, so there the rule speaks only when no RUN follows.',
  reach: 'file',
  looksAt: ['ARG', '&RUN', '&* $'],
  examples: [
    { bad: 'ARG «CUDA»=12.8\nFROM python:3.12\nRUN true\n', good: 'FROM python:3.12\nRUN true\n' },
    { bad: 'FROM python:3.12\nRUN true\nARG «VERSION»=1\nCMD ["app"]\n' },
    {
      title: 'read by FROM, by a stage, by another ARG, by a RUN',
      good: 'ARG A=3\nARG B=.12\nARG TAG=$A$B\nARG USER_ID=1\nFROM python:$TAG\nARG USER_ID\nRUN useradd -u $USER_ID app\nARG MAX_JOBS\nRUN ./build.sh\n',
    },
    {
      title: 'known to the build',
      good: 'ARG http_proxy\nARG TARGETARCH\nARG BUILDKIT_SBOM_SCAN_CONTEXT=true\nFROM python:3.12\nARG SOURCE_DATE_EPOCH\n',
    },
    { title: 'for images that are built on this one', good: 'FROM python:3.12\nARG V\nONBUILD RUN echo $V\n' },
  ],
  *check(file) {
    const declared = file.instructions.filter(({ keyword }) => keyword === 'ARG');
    const last = file.instructions.findLast(({ keyword, trigger }) => keyword === 'RUN' || trigger?.keyword === 'RUN');
    for (const instruction of declared)
      for (const { name } of instruction.pairs ?? []) {
        if (isKnown(name.value) || readElsewhere(file, instruction, name.value, last)) continue;
        yield {
          span: name.span,
          message: `Nothing in this file reads «${name.value}». Remove it, or use it where it was meant.`,
          fixes:
            instruction.pairs?.length === 1
              ? [
                  {
                    title: `Remove ${name.value}`,
                    safe: false,
                    edits: [{ span: instructionLines(file.source, instruction.span), text: '' }],
                  },
                ]
              : [],
        };
      }
  },
});

const isKnown = (name: string): boolean =>
  platformArgs.has(name) || predefinedArgs.has(name) || /^(?:BUILDKIT_|SOURCE_DATE_EPOCH$|BUILDX_)/.test(name) || !/^\w+$/.test(name);

function readElsewhere(file: Dockerfile, arg: Instruction, name: string, lastRun: Instruction | undefined): boolean {
  const { stage, span } = arg;
  // What is built on the stage sees its ARGs too.
  if (stage !== undefined && lastRun && lastRun.span.start > span.start) return true;
  const word = new RegExp(`\\$\\{?${name}\\b`);
  return file.instructions.some(
    (each) =>
      each !== arg && (word.test(file.source.text.slice(each.span.start, each.span.end)) || (stage === undefined && declares(each, name))),
  );
}

/** Whether a stage asks for what was declared before FROM. */
const declares = ({ keyword, stage, pairs = [] }: Instruction, name: string): boolean =>
  keyword === 'ARG' && stage !== undefined && pairs.some((pair) => pair.name.value === name);
