import { commandsOf, programOf } from '../../dockerfile/shell/scripts.ts';
import type { Dockerfile, Instruction, Stage } from '../../dockerfile/model.ts';
import type { Command } from '../../dockerfile/shell/model.ts';
import { dockerfileRule, type Fix } from '../../lint/rule.ts';
import { condaShell, leavesShell, setsUpConda } from '../shared/condaShell.ts';
import { beside, calls } from '../shared/looksAt.ts';
import { textOf } from '../shared/stageText.ts';
import { rootImage, variablesAt } from '../../dockerfile/scope.ts';
import { baseName } from '../../text/paths.ts';
import { shellAt } from '../../dockerfile/stageShell.ts';
import { isWholeRun } from '../shared/edits.ts';

export default dockerfileRule({
  id: 'conda-env-not-activated',
  severity: 'error',
  title: 'Run programs of a conda environment with conda run, or put it on PATH',
  why: '`conda activate` needs the shell set up by `conda init`, which RUN, CMD and ENTRYPOINT do not have: «CommandNotFoundError: Your shell has not been properly configured». And every RUN is a new shell: what one activates is gone in the next. `conda run -n ENV …`, or `ENV PATH=/opt/conda/envs/ENV/bin:$PATH`, lasts.',
  looksAt: [...calls('activate'), ...beside('CMD', 'ENTRYPOINT', 'ENV BASH_ENV')],
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
    {
      title: 'at the start',
      bad: 'FROM condaforge/miniforge3:24.9.2-0\nENTRYPOINT ["tini", "--"]\nCMD ["bash", "-c", "«conda activate ml» && python train.py"]\n',
      good: 'FROM condaforge/miniforge3:24.9.2-0\nENTRYPOINT ["tini", "--"]\nCMD ["bash", "-c", "conda run --no-capture-output -n ml python train.py"]\n',
    },
    {
      title: 'by a shell that is not named, and by none',
      bad: 'FROM continuumio/miniconda3:24.9.2-0 AS train\nCMD «conda activate ml» && exec python train.py\nFROM continuumio/miniconda3:24.9.2-0\nENTRYPOINT [«"conda", "activate", "ml"»]\n',
    },
    {
      title:
        'a start that is set up or may be: a login shell, BASH_ENV, a script before it, an image that is not known, a CMD that is not the last',
      good: 'FROM condaforge/miniforge3:24.9.2-0 AS base\nFROM base AS login\nCMD ["/bin/bash", "-lc", "conda activate ml && python train.py"]\nFROM base AS given\nENV BASH_ENV=/opt/conda.bash\nCMD ["bash", "-c", "conda activate ml && python train.py"]\nFROM base AS entered\nENTRYPOINT ["tini", "--", "/entry.sh"]\nCMD ["bash", "-c", "conda activate ml && python train.py"]\nFROM example/base:1.0 AS other\nCMD ["bash", "-c", "conda activate ml && python train.py"]\nFROM base AS inside\nSHELL ["conda", "run", "-n", "ml", "/bin/bash", "-c"]\nCMD conda activate ml && python train.py\nFROM base AS last\nCMD conda activate ml && python train.py\nCMD ["python", "train.py"]\n',
    },
  ],
  *check(file, { knowledge, options }) {
    for (const stage of file.stages)
      for (const instruction of stage.instructions) {
        if (instruction.keyword !== 'RUN' && !starts(stage, instruction)) continue;
        if (setsUpConda(textOf(instruction))) continue;
        const shell = instruction.json?.map(({ value }) => value) ?? shellAt(file, stage, instruction);
        const image = condaShell(knowledge, rootImage(file, stage, options.buildArgs));
        // A SHELL is inherited: that of an unknown image may be a login shell. What it starts with may set up anything.
        if (image === 'ready' || (image === 'unknown' && instruction.keyword !== 'RUN')) continue;
        if (isShell(shell[0])) {
          if (shell.some((word) => /^-\w*[il]\w*$|^--login$/.test(word))) continue;
          if (baseName(shell[0] ?? '') === 'bash' && variablesAt(file, stage, instruction, options.buildArgs).has('BASH_ENV')) continue;
        } else if (!instruction.json) continue; // Any other program may set the shell up first: `conda run`, an entrypoint.
        for (const command of commandsOf(file, instruction)) {
          const [program, verb, name] = programOf(command);
          if (!program || !/^(?:conda|mamba)$/.test(program.value) || verb?.value !== 'activate') continue;
          yield {
            ...(image === 'unknown' ? { severity: 'warning' } : {}),
            fixes: name && !name.dynamic ? fixes(file, instruction, command, `${program.text} run -n ${name.text}`, name.value) : [],
            span: { start: program.span.start, end: (name ?? verb).span.end },
            message: `${program.value} activate fails ${instruction.keyword === 'RUN' ? 'in a RUN: the shell is not set up for it, and the next RUN would not know of it' : 'here: no shell is set up for it'}. Use ${program.value} ${instruction.keyword === 'RUN' ? 'run' : 'run --no-capture-output'} -n ${name?.value ?? 'ENV'} …`,
          };
        }
      }
  },
});

const isShell = (program: string | undefined): boolean => /^(?:ba|da|a|z)?sh$/.test(baseName(program ?? ''));

/** Whether a container of a stage is started by an instruction: by the last of its kind, and not as words for a program of its own. */
function starts(stage: Stage, { keyword, span }: Instruction): boolean {
  if (keyword !== 'CMD' && keyword !== 'ENTRYPOINT') return false;
  if (stage.instructions.some((each) => each.keyword === keyword && each.span.start > span.start)) return false;
  return keyword === 'ENTRYPOINT' || leavesShell(stage);
}

/** `conda run` for the one command that follows, or the SHELL that runs all that follow in the environment. */
function fixes(file: Dockerfile, instruction: Instruction, command: Command, run: string, name: string): readonly Fix[] {
  const isRun = instruction.keyword === 'RUN';
  if (instruction.heredocs.length || instruction.flags.length || (instruction.json && (isRun || !/^[\w.-]+$/.test(name)))) return [];
  if (isRun && isWholeRun(file, { instruction, command })) {
    const words = [...run.replace(' -n ', ' --no-capture-output -n ').split(' ').slice(0, -1), name, '/bin/bash', '-c'];
    const text = `SHELL [${words.map((word) => JSON.stringify(word)).join(', ')}]`;
    return [{ title: 'Run what follows in it with SHELL', safe: false, edits: [{ span: instruction.span, text }] }];
  }
  const [first, second, ...more] = commandsOf(file, instruction);
  if (first !== command || !second || more.length || second.joint !== '&&' || second.assignments.length || second.depth > 0) return [];
  if (builtIn.test(second.name)) return [];
  const span = { start: first.span.start, end: second.span.start };
  // What a start prints is for its log, not for its end.
  const text = isRun ? run : run.replace(' -n ', ' --no-capture-output -n ');
  return [{ title: `Use ${text}`, safe: false, edits: [{ span, text: `${text} ` }] }];
}

/** What only a shell knows: `conda run` starts programs. */
const builtIn = /^(?:exec|cd|source|\.|export|set|eval|ulimit|umask|trap|if|for|while|case)$/;
