import { gpuOverride, projectName, upCommand } from '../compose.ts';
import { dockerignore } from '../ignoreFiles.ts';
import type { ProjectKind } from '../kind.ts';
import { copyLines, leaveOut } from '../requirementFiles.ts';
import { builtOnTorch } from '../stack.ts';

const kind: ProjectKind = {
  id: 'notebook',
  title: 'Notebooks',
  detail: 'JupyterLab with PyTorch, a token, and the folder «notebooks»',
  python: false,
  installs: true,
  gpu: 'optional',
  suits: ({ paths }) => ([...paths].some((path) => path.endsWith('.ipynb')) ? 'there are notebooks' : undefined),
  make({ survey, device }, { starters }) {
    const gpu = device.kind === 'gpu';
    const requirements = survey.dependencies === 'requirements.txt' && !survey.installsFolder ? survey.file : undefined;
    const folder = [...survey.paths].find((path) => path.endsWith('.ipynb'))?.includes('/') === false ? '.' : './notebooks';
    const image = gpu ? starters.images.jupyterCuda : starters.images.jupyter;
    const compiled = builtOnTorch(survey);
    const files = survey.files.map((path) => `/tmp/${path}`);
    const without = compiled.length
      ? `# Without ${compiled.join(' and ')}: its code is compiled, and this image has no compiler for CUDA.\n${leaveOut(compiled, files, '/tmp/notebooks.txt')}\n`
      : '';
    const install =
      requirements === undefined
        ? ''
        : `
${copyLines(survey.files, '/tmp/')}
${without}RUN pip install --no-cache-dir -r /tmp/${compiled.length ? 'notebooks.txt' : requirements}
`;
    const compose = `name: ${projectName(survey)}

services:
  jupyter:
    ${requirements === undefined ? `image: ${image}` : 'build: .'}
    restart: unless-stopped
    environment:
      JUPYTER_TOKEN: \${JUPYTER_TOKEN:?set it in .env}
    ports:
      - "127.0.0.1:8888:8888"
    volumes:
      - ${folder}:/home/jovyan/work
    shm_size: 2gb
`;
    return {
      files: [
        ...(requirements === undefined ? [] : [{ path: 'Dockerfile', text: `FROM ${image}\n${install}` }, dockerignore(survey)]),
        { path: 'compose.yaml', text: compose },
        ...(gpu ? [gpuOverride('jupyter', upCommand(true, requirements === undefined ? 'up' : 'up --build'))] : []),
      ],
      secrets: ['JUPYTER_TOKEN'],
      start: upCommand(gpu, requirements === undefined ? 'up' : 'up --build'),
    };
  },
};
export default kind;
