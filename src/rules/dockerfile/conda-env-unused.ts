import type { Stage } from '../../dockerfile/model.ts';
import { allInstructions, rootImage } from '../../dockerfile/scope.ts';
import { callsInSection } from '../../dockerfile/shell/commands.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { baseName } from '../../text/paths.ts';
import { beside } from '../shared/looksAt.ts';
import { shippedStages } from '../shared/shipped.ts';
import { stageText } from '../shared/stageText.ts';
import { startCommands } from '../shared/startCommand.ts';

export default dockerfileRule({
  id: 'conda-env-unused',
  severity: 'warning',
  title: 'Start the program in the conda environment that was made for it',
  why: 'Packages of a conda environment are found by that environment’s Python alone. A container starts with the one of the base environment, whatever a RUN activated: «ModuleNotFoundError». `conda run --no-capture-output -n NAME python …` starts the right one, `ENV PATH=/opt/conda/envs/NAME/bin:$PATH` makes it the first to be found, and `conda env update -n base -f environment.yml` needs no other environment at all.',
  reach: 'shipped',
  looksAt: ['RUN conda', 'RUN mamba', ...beside('RUN', 'COPY', 'ENV', 'CMD', 'ENTRYPOINT', 'SHELL', 'lines')],
  examples: [
    {
      bad: 'FROM continuumio/miniconda3:24.9.2-0\nWORKDIR /app\nCOPY . .\nRUN conda env create -f environment.yml && conda clean -afy\nCMD [«"python"», "train.py"]\n',
    },
    {
      title: 'SHELL and .bashrc are for what a shell starts',
      bad: 'FROM continuumio/miniconda3\nCOPY environment.yml .\nRUN conda env create -f environment.yml && echo "conda activate ml" >> ~/.bashrc\nSHELL ["conda", "run", "-n", "ml", "/bin/bash", "-c"]\nRUN pip install flask\nCMD [«"python"», "app.py"]\n',
    },
    {
      title: 'in shell form it is for the start, too',
      good: 'FROM continuumio/miniconda3\nRUN conda env create -f environment.yml\nSHELL ["conda", "run", "-n", "ml", "/bin/bash", "-c"]\nCMD python app.py\n',
    },
    {
      title: 'run in it, on PATH, by a script, in the base environment, or packages in that, too',
      good: 'FROM continuumio/miniconda3:24.9.2-0 AS a\nRUN conda env create -n ml -f environment.yml\nCMD ["conda", "run", "-n", "ml", "python", "train.py"]\nFROM continuumio/miniconda3:24.9.2-0 AS b\nRUN conda env create -n ml -f environment.yml\nENV PATH=/opt/conda/envs/ml/bin:$PATH\nCMD ["python", "train.py"]\nFROM continuumio/miniconda3:24.9.2-0 AS c\nRUN conda env create -n ml -f environment.yml\nRUN pip install -r requirements.txt\nCMD ["python", "train.py"]\nFROM continuumio/miniconda3:24.9.2-0 AS d\nRUN conda env update -n base -f environment.yml\nCMD ["python", "train.py"]\n',
    },
  ],
  *check(file, world) {
    const [stage] = shippedStages(file);
    if (!stage || !conda.test(rootImage(file, stage, world.options.buildArgs) ?? '')) return;
    const made = callsInSection(file, stage, 'conda', 'mamba').some(({ args }) => {
      const words = args.map(({ value }) => value);
      const [first, second] = words;
      const creates = first === 'create' || (first === 'env' && second === 'create');
      return creates && !words.some((word) => /^(?:-p|--prefix|base|root)$/.test(word));
    });
    const [start, ...others] = startCommands(file, stage);
    const [program] = start?.words ?? [];
    if (
      !made ||
      !start ||
      others.length ||
      !program ||
      !/^(?:python[\d.]*|uvicorn|gunicorn|streamlit|flask|jupyter)$/.test(baseName(program.value))
    )
      return;
    if (program.value.includes('/') || leadsThere(stage, start.instruction.json !== undefined)) return;
    yield {
      span: program.span,
      message: `«${program.value}» is that of the base environment: what the environment of conda brings is not found here. Start it with conda run --no-capture-output -n NAME, or put the environment’s bin on PATH.`,
    };
  },
});

/** Images whose base environment comes first on PATH. */
const conda = /^(?:docker\.io\/)?(?:continuumio\/(?:mini|ana)conda3|condaforge\/(?:miniforge3|mambaforge|miniforge-pypy3))(?::|@|$)/;

/**
 * Whether anything may make the environment the one that is found: a path of it, an activation in a shell, packages in the base. A list is
 * started without a shell: what SHELL, `.bashrc` and RUN activate is nothing to it.
 */
function leadsThere(stage: Stage, list: boolean): boolean {
  const shells = allInstructions(stage).filter(({ keyword }) => keyword === 'SHELL');
  if (shells.length && !list) return true;
  // What these install goes into an environment by name.
  const text = stageText(stage).replaceAll(/\b(?:conda|mamba) (?:run|install) (?:--?[\w-]+ )*(?:-n|--name)\b[^&|;\n]*/g, '');
  const inside = shells.some(({ body }) => /conda|mamba/.test(body.text));
  return (
    /\benvs\b|CONDA_DEFAULT_ENV|conda-pack|\bln -s|(?:conda|mamba) (?:env )?(?:install|update)/.test(text) ||
    (!inside && /\bpip3? install/.test(text)) ||
    (!list && /activate|conda run|conda init|bashrc|profile/.test(text))
  );
}
