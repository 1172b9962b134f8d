import { commandsOf, programOf } from '../../dockerfile/shell/scripts.ts';
import type { Dockerfile, Instruction } from '../../dockerfile/model.ts';
import type { Command } from '../../dockerfile/shell/model.ts';
import { dockerfileRule, type Fix } from '../../lint/rule.ts';
import { condaShell, setsUpConda } from '../shared/condaShell.ts';
import { textOf } from '../shared/stageText.ts';
import { rootImage, variablesAt } from '../../dockerfile/scope.ts';
import { baseName } from '../../text/paths.ts';
import { shellAt } from '../../dockerfile/stageShell.ts';
import { isWholeRun } from '../shared/edits.ts';

export default dockerfileRule({
  id: 'conda-env-not-activated',
  severity: 'error',
  title: 'Run programs of a conda environment with conda run, or put it on PATH',
  why: '`conda activate` needs the shell set up by `conda init`, which a RUN does not have: «CommandNotFoundError: Your shell has not been properly configured». And every RUN is a new shell: what one activates is gone in the next. `conda run -n ENV …`, or `ENV PATH=/opt/conda/envs/ENV/bin:$PATH`, lasts.',
  looksAt: ['RUN activate'],
  examples: [
    { bad: 'FROM condaforge/miniforge3:24.9.2-0\nRUN conda create -n ml python=3.11\nRUN «conda activate ml» && pip install torch\n' },
    {
      title: 'with the shell set up',
      good: 'FROM condaforge/miniforge3:24.9.2-0\nRUN . /opt/conda/etc/profile.d/conda.sh && conda activate ml && pip install torch\n',
    },
    {
      title: 'by the script that conda brings',
      good: 'FROM ubuntu:24.04\nSHELL ["/bin/bash", "-c"]\nRUN source /opt/conda/bin/activate && conda activate ml && pip install torch\n',
    },
    {
      title: 'a login shell',
      good: 'FROM condaforge/miniforge3:24.9.2-0\nSHELL ["/bin/bash", "--login", "-c"]\nRUN conda activate ml && pip install torch\n',
    },
    {
      title: 'a file that every bash reads; the hook as conda init writes it; a profile; a shell that is one’s own',
      good: 'FROM condaforge/miniforge3:24.9.2-0\nSHELL ["/bin/bash", "-c"]\nRUN eval "$(\'/opt/conda/bin/conda\' \'shell.bash\' \'hook\')" && conda activate ml && pip install torch\nRUN . /root/.profile && conda activate ml && pip install torch\nENV BASH_ENV=/opt/conda.bash\nRUN conda activate ml && pip install torch\nSHELL ["/entry.sh", "/bin/bash", "-c"]\nRUN conda activate ml && pip install torch\n',
    },
    {
      title: 'sh reads no BASH_ENV',
      bad: 'FROM condaforge/miniforge3:24.9.2-0\nENV BASH_ENV=/opt/conda.bash\nRUN «conda activate ml» && pip install torch\n',
    },
    { good: 'FROM condaforge/miniforge3:24.9.2-0\nRUN conda run -n ml pip install torch\n' },
  ],
  *check(file, { knowledge, options }) {
    for (const stage of file.stages)
      for (const instruction of stage.instructions) {
        if (instruction.keyword !== 'RUN' || setsUpConda(textOf(instruction))) continue;
        const shell = shellAt(file, stage, instruction);
        // Any other program may set the shell up first: `conda run`, an entrypoint.
        if (!/^(?:ba|da|a|z)?sh$/.test(baseName(shell[0] ?? '')) || shell.some((word) => /^-\w*[il]\w*$|^--login$/.test(word))) continue;
        if (baseName(shell[0] ?? '') === 'bash' && variablesAt(file, stage, instruction, options.buildArgs).has('BASH_ENV')) continue;
        const image = condaShell(knowledge, rootImage(file, stage, options.buildArgs));
        if (image === 'ready') continue;
        for (const command of commandsOf(file, instruction)) {
          const [program, verb, name] = programOf(command);
          if (!program || !/^(?:conda|mamba)$/.test(program.value) || verb?.value !== 'activate') continue;
          yield {
            // A SHELL is inherited: that of an unknown image may be a login shell.
            ...(image === 'unknown' ? { severity: 'warning' } : {}),
            fixes: name && !name.dynamic ? fixes(file, instruction, command, `${program.text} run -n ${name.text}`, name.value) : [],
            span: { start: program.span.start, end: (name ?? verb).span.end },
            message: `${program.value} activate fails in a RUN: the shell is not set up for it, and the next RUN would not know of it. Use ${program.value} run -n ${name?.value ?? 'ENV'} …`,
          };
        }
      }
  },
});

/** `conda run` for the one command that follows, or the SHELL that runs all that follow in the environment. */
function fixes(file: Dockerfile, instruction: Instruction, command: Command, run: string, name: string): readonly Fix[] {
  if (instruction.json || instruction.heredocs.length || instruction.flags.length) return [];
  if (isWholeRun(file, { instruction, command })) {
    const words = [...run.replace(' -n ', ' --no-capture-output -n ').split(' ').slice(0, -1), name, '/bin/bash', '-c'];
    const text = `SHELL [${words.map((word) => JSON.stringify(word)).join(', ')}]`;
    return [{ title: 'Run what follows in it with SHELL', safe: false, edits: [{ span: instruction.span, text }] }];
  }
  const [first, second, ...more] = commandsOf(file, instruction);
  if (first !== command || !second || more.length || second.joint !== '&&' || second.assignments.length || second.depth > 0) return [];
  const span = { start: first.span.start, end: second.span.start };
  return [{ title: `Use ${run}`, safe: false, edits: [{ span, text: `${run} ` }] }];
}
