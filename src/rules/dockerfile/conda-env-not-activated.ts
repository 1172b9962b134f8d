import { commandsOf, programOf } from '../../dockerfile/shell/scripts.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { textOf } from '../shared/stageText.ts';
import { shellAt } from '../../dockerfile/scope.ts';

export default dockerfileRule({
  id: 'conda-env-not-activated',
  severity: 'error',
  title: 'Run programs of a conda environment with conda run, or put it on PATH',
  why: '`conda activate` needs the shell set up by `conda init`, which a RUN does not have: «CommandNotFoundError: Your shell has not been properly configured». And every RUN is a new shell: what one activates is gone in the next. `conda run -n ENV …`, or `ENV PATH=/opt/conda/envs/ENV/bin:$PATH`, lasts.',
  examples: [
    { bad: 'FROM condaforge/miniforge3:24.9.2-0\nRUN conda create -n ml python=3.11\nRUN «conda activate ml» && pip install torch\n' },
    {
      title: 'with the shell set up',
      good: 'FROM condaforge/miniforge3:24.9.2-0\nRUN . /opt/conda/etc/profile.d/conda.sh && conda activate ml && pip install torch\n',
    },
    {
      title: 'a login shell',
      good: 'FROM condaforge/miniforge3:24.9.2-0\nSHELL ["/bin/bash", "--login", "-c"]\nRUN conda activate ml && pip install torch\n',
    },
    { good: 'FROM condaforge/miniforge3:24.9.2-0\nRUN conda run -n ml pip install torch\n' },
  ],
  *check(file) {
    for (const stage of file.stages)
      for (const instruction of stage.instructions) {
        if (instruction.keyword !== 'RUN') continue;
        if (
          /conda\.sh|shell\.\w+ hook|conda init|mamba\.sh|bash -l|bash --login|bashrc|source activate|micromamba/.test(textOf(instruction))
        )
          continue;
        if (shellAt(stage, instruction).some((word) => /^-\w*[il]\w*$|--login|conda|mamba|entrypoint/.test(word))) continue;
        for (const command of commandsOf(file, instruction)) {
          const [program, verb, name] = programOf(command);
          if (!program || !/^(?:conda|mamba)$/.test(program.value) || verb?.value !== 'activate') continue;
          yield {
            span: { start: program.span.start, end: (name ?? verb).span.end },
            message: `${program.value} activate fails in a RUN: the shell is not set up for it, and the next RUN would not know of it. Use ${program.value} run -n ${name?.value ?? 'ENV'} …`,
          };
        }
      }
  },
});
