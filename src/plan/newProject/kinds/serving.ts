import { gpuOverride, projectName, upCommand } from '../compose.ts';
import { devcontainer } from '../devcontainer.ts';
import { dockerignore, weights } from '../ignoreFiles.ts';
import type { ProjectKind } from '../kind.ts';
import { pythonCommand, pythonDockerfile, type Program } from '../pythonImage.ts';
import { starterRequirements } from '../starterRequirements.ts';
import type { Entry, Survey } from '../survey.ts';

const starter = `"""An API that says how it is: put your model behind /predict."""

from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Numbers(BaseModel):
    values: list[float]


@app.get("/health")
def health() -> dict[str, str]:
    return {"status": "ok"}


@app.post("/predict")
def predict(numbers: Numbers) -> dict[str, float]:
    return {"mean": sum(numbers.values) / max(1, len(numbers.values))}
`;

type Served = Exclude<Entry, { readonly kind: 'script' }>;

/** What of a folder's code answers requests; an application that is made to be served goes before a server by hand. */
const served = (entries: readonly Entry[]): Served | undefined =>
  (['fastapi', 'flask', 'streamlit', 'gradio', 'server'] as const)
    .map((kind) => entries.find((entry): entry is Served => entry.kind === kind))
    .find((entry) => entry !== undefined);

function programOf(found: Served | undefined, survey: Survey): Program & { readonly port: number } {
  const health = (path: string | undefined): { readonly health?: string } => (path === undefined ? {} : { health: path });
  switch (found?.kind) {
    case 'server':
      return { command: pythonCommand(found.path, survey), port: found.port, ...health(found.health) };
    case 'streamlit':
      return {
        command: ['streamlit', 'run', found.path, '--server.address=0.0.0.0', '--server.port=8501'],
        port: 8501,
        health: '/_stcore/health',
        startPeriod: 60,
        needs: ['streamlit'],
      };
    case 'gradio':
      return {
        command: pythonCommand(found.path, survey),
        port: found.port,
        health: '/',
        startPeriod: 60,
        needs: ['gradio'],
        variables: ['GRADIO_SERVER_NAME=0.0.0.0'],
      };
    case 'flask':
      return {
        command: ['gunicorn', '--bind', '0.0.0.0:8000', `${found.module}:${found.object}`],
        port: 8000,
        ...health(found.health),
        startPeriod: 60,
        needs: ['gunicorn'],
      };
    case 'fastapi':
    case undefined:
      return {
        command: ['uvicorn', found?.module ?? 'app:app', '--host', '0.0.0.0', '--port', '8000'],
        port: 8000,
        // Without a route of its own for that, the description that FastAPI serves.
        health: found ? (found.health ?? '/openapi.json') : '/health',
        startPeriod: 60,
        needs: ['fastapi', 'uvicorn'],
      };
  }
}

const kind: ProjectKind = {
  id: 'serving',
  title: 'Serving with FastAPI',
  detail: 'An HTTP API around a model, with a health check; Flask, Streamlit, Gradio and a server of your own are found as well',
  python: true,
  gpu: 'optional',
  begins: ['fastapi', 'uvicorn'],
  suits({ entries, packages }) {
    const found = served(entries);
    switch (found?.kind) {
      case 'fastapi':
        return `${found.module} is a FastAPI application`;
      case 'flask':
        return `${found.module} is a Flask application`;
      case 'streamlit':
        return `${found.path} is a Streamlit application`;
      case 'gradio':
        return `${found.path} is a Gradio application`;
      case 'server':
        return `${found.path} is a server`;
      case undefined:
        return packages.has('fastapi') ? 'FastAPI is in the requirements' : undefined;
    }
  },
  make(wanted, tables) {
    const { survey, device } = wanted;
    const gpu = device.kind === 'gpu';
    const found = served(survey.entries);
    const program = programOf(found, survey);
    const compose = `name: ${projectName(survey)}

services:
  api:
    build: .
    restart: unless-stopped
    ports:
      - "127.0.0.1:${program.port}:${program.port}"
${modelMounts(survey)}${survey.loadsInParallel ? '    # Data loader workers hand tensors over through shared memory.\n    shm_size: 2gb\n' : ''}`;
    return {
      files: [
        { path: 'Dockerfile', text: pythonDockerfile(program, kind, wanted, tables) },
        dockerignore(survey),
        { path: 'compose.yaml', text: compose },
        ...(gpu ? [gpuOverride('api', upCommand(true))] : []),
        devcontainer(survey, device),
        ...starterRequirements({ ...kind, begins: program.needs ?? [] }, wanted, tables),
        ...(found ? [] : [{ path: 'app.py', text: starter }]),
      ],
      start: upCommand(gpu),
    };
  },
};

/** Weights stay out of the image, so those of the folder are mounted where the code finds them. */
function modelMounts(survey: Survey): string {
  const mounts = weights(survey).map((path) => `      - ./${path}:/app/${path}:ro\n`);
  return mounts.length ? `    # The image holds no weights.\n    volumes:\n${mounts.join('')}` : '';
}

export default kind;
