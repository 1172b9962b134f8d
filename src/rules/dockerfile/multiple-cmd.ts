import { dockerfileRule } from '../../lint/rule.ts';
import { instructionLines } from '../shared/instructionLines.ts';

export default dockerfileRule({
  id: 'multiple-cmd',
  severity: 'warning',
  title: 'Write CMD, ENTRYPOINT and HEALTHCHECK once in a stage',
  why: 'Only the last one counts; the others are dead, and who reads the first one reads the wrong one.',
  also: [
    'buildkit:MultipleInstructionsDisallowed',
    'hadolint:DL4003',
    'hadolint:DL4004',
    'hadolint:DL3012',
    'trivy:DS007',
    'trivy:DS016',
    'trivy:DS023',
  ],
  looksAt: ['CMD', 'ENTRYPOINT', 'HEALTHCHECK'],
  examples: [
    { bad: 'FROM alpine:3.22\n«CMD» ["a"]\nRUN true\nCMD ["b"]\n', good: 'FROM alpine:3.22\nRUN true\nCMD ["b"]\n' },
    { title: 'in another stage', good: 'FROM alpine:3.22 AS a\nCMD ["a"]\nFROM alpine:3.22\nCMD ["b"]\n' },
  ],
  *check({ source, stages, instructions: all }) {
    const fragment = all.filter(({ stage }) => stage === undefined);
    for (const instructions of [fragment, ...stages.map((stage) => stage.instructions)])
      for (const [keyword, also] of Object.entries(codes))
        for (const dead of instructions.filter((each) => each.keyword === keyword).slice(0, -1))
          yield {
            span: dead.keywordSpan,
            message: `A later ${keyword} of this stage replaces this one.`,
            also,
            fixes: [{ title: `Remove this ${keyword}`, safe: false, edits: [{ span: instructionLines(source, dead.span), text: '' }] }],
          };
  },
});

const codes: Readonly<Record<string, readonly string[]>> = {
  CMD: ['buildkit:MultipleInstructionsDisallowed', 'hadolint:DL4003', 'trivy:DS016'],
  ENTRYPOINT: ['buildkit:MultipleInstructionsDisallowed', 'hadolint:DL4004', 'trivy:DS007'],
  HEALTHCHECK: ['buildkit:MultipleInstructionsDisallowed', 'hadolint:DL3012', 'trivy:DS023'],
};
