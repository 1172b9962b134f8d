import { mountsOf } from '../../dockerfile/mounts.ts';
import { commandsOf, programOf } from '../../dockerfile/shell/scripts.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { aside } from '../shared/aside.ts';
import { shippedStages } from '../shared/shipped.ts';
import { textOf } from '../shared/stageText.ts';
import { baseName } from '../../text/paths.ts';

export default dockerfileRule({
  id: 'conda-clean-missing',
  severity: 'warning',
  title: 'Clean conda’s cache in the same RUN',
  why: 'conda keeps every package it downloads, packed and unpacked: 1 to 3 GB for a deep-learning environment. `conda clean -afy` in the same RUN leaves it out of the layer; later it does not shrink anything.',
  reach: 'file',
  looksAt: ['RUN conda', 'RUN mamba'],
  examples: [
    {
      bad: 'FROM condaforge/miniforge3:24.9.2-0\nRUN «conda install» -y pytorch\n',
      good: 'FROM condaforge/miniforge3:24.9.2-0\nRUN conda install -y pytorch && conda clean -afy\n',
    },
    {
      bad: 'FROM condaforge/miniforge3:24.9.2-0\nCOPY environment.yml .\nRUN «mamba env create» -f environment.yml\n',
      good: 'FROM condaforge/miniforge3:24.9.2-0\nCOPY environment.yml .\nRUN mamba env create -f environment.yml && mamba clean -afy\n',
    },
    { good: 'FROM condaforge/miniforge3:24.9.2-0\nRUN --mount=type=cache,target=/opt/conda/pkgs conda install -y pytorch\n' },
    {
      title: 'a builder',
      good: 'FROM condaforge/miniforge3:24.9.2-0 AS build\nRUN conda install -y pytorch\nFROM debian:trixie\nCOPY --from=build /opt/conda /opt/conda\n',
    },
  ],
  *check(file) {
    for (const stage of shippedStages(file))
      for (const instruction of stage.instructions) {
        if (instruction.keyword !== 'RUN' || /\bclean\b|rm -rf? [^&;]*(?:pkgs|conda)/.test(textOf(instruction))) continue;
        if (mountsOf(instruction).some(({ type, target }) => type === 'cache' && /pkgs|conda|mamba/.test(target ?? ''))) continue;
        const commands = commandsOf(file, instruction);
        for (const command of commands) {
          const [program, first, second] = programOf(command);
          const name = baseName(program?.value ?? '');
          if (!program || !first || !/^(?:conda|mamba|micromamba)$/.test(name)) continue;
          const verb = first.value === 'env' ? second : first;
          if (!verb || !/^(?:install|create|update)$/.test(verb.value)) continue;
          const last = commands.at(-1);
          const simple =
            !instruction.heredocs.length && commands.every(({ joint, depth }) => depth === 0 && (joint === 'first' || joint === '&&'));
          const end = last?.span.end ?? command.span.end;
          const environment = command.words.some(({ value }) => /^(?:-f|--file)/.test(value) || /\.ya?ml$/.test(value));
          const heavy = environment || command.words.some(({ value }) => big.test(value));
          yield {
            span: { start: program.span.start, end: verb.span.end },
            message: `${name} keeps what it downloaded, and this layer carries it${heavy ? ': 1 to 3 GB with a framework' : ''}. End the RUN with ${name} clean -afy.`,
            ...(heavy ? aside(file.source.path) : { severity: 'info' as const }),
            fixes: simple
              ? [
                  {
                    title: `Add ${name} clean -afy`,
                    safe: true,
                    edits: [{ span: { start: end, end }, text: ` && ${program.value} clean -afy` }],
                  },
                ]
              : [],
          };
          break;
        }
      }
  },
});

/** Packages that are, or bring, hundreds of megabytes; an environment file is taken to name some. */
const big =
  /(?:^|::)(?:pytorch|torch|tensorflow|jax|cuda|cudnn|mkl|rapids|cu(?:df|ml|graph|py)|transformers|vllm|xgboost|opencv|anaconda)(?:$|[-=<>!~])/;
