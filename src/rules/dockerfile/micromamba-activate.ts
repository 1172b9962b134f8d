import { allInstructions, lineage } from '../../dockerfile/scope.ts';
import { commandsOf, programOf } from '../../dockerfile/shell/scripts.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { lineBreak } from '../../text/text.ts';
import { bases } from '../shared/bases.ts';
import { beside } from '../shared/looksAt.ts';
import { stageText } from '../shared/stageText.ts';

export default dockerfileRule({
  id: 'micromamba-activate',
  severity: 'error',
  title: 'Activate micromamba’s environment in RUN',
  why: 'The image `mambaorg/micromamba` activates its environment in RUN only after `ARG MAMBA_DOCKERFILE_ACTIVATE=1`. Before it, `python` and `pip` are not found. Containers that run are not concerned: the entrypoint activates it.',
  looksAt: ['* micromamba', ...beside('RUN', 'ENV', 'ARG', 'COPY', 'ADD')],
  examples: [
    {
      bad: 'FROM mambaorg/micromamba:2.0.5\nRUN micromamba install -y -n base python=3.12 pip\nRUN «pip» install torch\n',
      good: 'FROM mambaorg/micromamba:2.0.5\nRUN micromamba install -y -n base python=3.12 pip\nARG MAMBA_DOCKERFILE_ACTIVATE=1\nRUN pip install torch\n',
    },
    {
      title: 'in a stage on it',
      bad: 'FROM mambaorg/micromamba:2.0.5 AS base\nRUN micromamba install -y -n base python=3.12\nFROM base\nRUN «python» -c "import sys"\n',
      good: 'FROM mambaorg/micromamba:2.0.5 AS base\nRUN micromamba install -y -n base python=3.12\nFROM base\nARG MAMBA_DOCKERFILE_ACTIVATE=1\nRUN python -c "import sys"\n',
    },
    { good: 'FROM mambaorg/micromamba:2.0.5\nARG MAMBA_DOCKERFILE_ACTIVATE=1\nRUN python -c "import torch"\n' },
    { good: 'FROM mambaorg/micromamba:2.0.5\nRUN micromamba run -n base python -c "import torch"\n' },
  ],
  *check(file, world) {
    const roots = bases(file, world).flatMap(({ parts, stage }) => (parts.name === 'mambaorg/micromamba' ? [stage] : []));
    for (const stage of file.stages) {
      const below = lineage(stage);
      if (!roots.some((root) => below.includes(root))) continue;
      if (
        /MAMBA_DOCKERFILE_ACTIVATE|shell hook|conda\/bin|ENV PATH|apt-get install[^\n]*python|_activate_current_env/.test(stageText(stage))
      )
        continue;
      const all = allInstructions(stage);
      if (all.some(({ keyword, body }) => keyword === 'SHELL' || (keyword === 'ENV' && /PATH/.test(body.text)))) continue;
      for (const instruction of stage.instructions) {
        if (instruction.keyword !== 'RUN') continue;
        const program = commandsOf(file, instruction)
          .map((command) => programOf(command)[0])
          .find((word) => word && /^(?:python3?|pip3?)$/.test(word.value));
        if (!program) continue;
        const at = instruction.span.start;
        yield {
          span: program.span,
          message: `«${program.value}» is not found: this image activates its environment in RUN only after ARG MAMBA_DOCKERFILE_ACTIVATE=1.`,
          fixes: [
            {
              title: 'Add ARG MAMBA_DOCKERFILE_ACTIVATE=1',
              safe: true,
              edits: [{ span: { start: at, end: at }, text: `ARG MAMBA_DOCKERFILE_ACTIVATE=1${lineBreak(file.source)}` }],
            },
          ],
        };
        break;
      }
    }
  },
});
