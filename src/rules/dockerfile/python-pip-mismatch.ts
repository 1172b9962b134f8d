import { systemInstalls } from '../../dockerfile/packages/system.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { bases } from '../shared/bases.ts';
import { distroOf, systemPython } from '../shared/distro.ts';
import { stageText } from '../shared/stageText.ts';
import { beside, setting } from '../shared/looksAt.ts';

export default dockerfileRule({
  id: 'python-pip-mismatch',
  severity: 'warning',
  title: 'Install packages into the Python that runs',
  why: '`python3-pip` belongs to the distribution’s own Python. Another one, such as `python3.11` on Ubuntu 22.04, is installed beside it and gets none of what `pip3` installs.',
  looksAt: [
    ...['RUN python3-pip', ...beside('RUN', 'COPY', 'ADD')],
    ...beside(...setting('update-alternatives', 'ln -s', 'venv', 'get-pip', 'ensurepip', 'conda', 'alias ', 'uv ', ' -m')),
  ],
  examples: [
    {
      bad: 'FROM nvidia/cuda:12.4.1-runtime-ubuntu22.04\nRUN apt-get update && apt-get install -y «python3.11» python3-pip\nRUN pip3 install torch\nCMD ["python3", "train.py"]\n',
    },
    {
      good: 'FROM nvidia/cuda:12.4.1-runtime-ubuntu22.04\nRUN apt-get update && apt-get install -y python3.11 python3.11-venv\nRUN python3.11 -m venv /venv && /venv/bin/pip install torch\n',
    },
    {
      good: 'FROM nvidia/cuda:12.4.1-runtime-ubuntu22.04\nRUN apt-get update && apt-get install -y python3.10 python3-pip\nRUN pip3 install torch\n',
    },
    {
      title: 'its own pip',
      good: 'FROM ubuntu:22.04\nRUN apt-get update && apt-get install -y python3.11 python3-pip\nRUN python3.11 -m pip install torch\n',
    },
  ],
  *check(file, world) {
    for (const { parts, stage } of bases(file, world)) {
      const distro = distroOf(parts);
      const own = distro && systemPython(distro);
      if (own === undefined || !/^(?:ubuntu|debian|nvidia\/cuda)$/.test(parts.name)) continue;
      const packages = stage.instructions.flatMap((instruction) =>
        systemInstalls(file, instruction).flatMap((install) => install.packages),
      );
      const pip = packages.some(({ value }) => value === 'python3-pip');
      const other = packages.find(({ value }) => /^python3\.\d+$/.test(value) && value !== `python${own}`);
      if (!pip || !other) continue;
      const text = stageText(stage);
      // Made the default, or given packages of its own.
      if (new RegExp(`update-alternatives|ln -s|venv|get-pip|ensurepip|conda|alias |uv |${other.value.replace('.', '\\.')} -m`).test(text))
        continue;
      yield {
        span: other.span,
        message: `pip3 of ${distro?.name ?? ''} installs for Python ${own}: ${other.value} gets none of it, and python3 does not start it. Leave it out, or make a virtual environment of it.`,
      };
    }
  },
});
