import { gpuOverride, projectName, upCommand } from '../compose.ts';
import { devcontainer } from '../devcontainer.ts';
import { dockerignore, weights } from '../ignoreFiles.ts';
import type { ProjectKind } from '../kind.ts';
import { pythonCommand, pythonDockerfile, type Program } from '../pythonImage.ts';
import { starterRequirements } from '../starterRequirements.ts';
import type { Survey } from '../survey.ts';

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

const kind: ProjectKind = {
  id: 'serving',
  title: 'Serving with FastAPI',
  detail: 'An HTTP API around a model, with a health check; your own server is found as well',
  python: true,
  gpu: 'optional',
  begins: ['fastapi', 'uvicorn'],
  suits({ entries, packages }) {
    const [found] = entries;
    if (found?.kind === 'fastapi') return `${found.module} is a FastAPI application`;
    if (found?.kind === 'server') return `${found.path} is a server`;
    return packages.has('fastapi') ? 'FastAPI is in the requirements' : undefined;
  },
  make(wanted, tables) {
    const { survey, device } = wanted;
    const gpu = device.kind === 'gpu';
    const found = survey.entries.find(({ kind: is }) => is === 'fastapi') ?? survey.entries.find(({ kind: is }) => is === 'server');
    const program: Program & { readonly port: number } =
      found?.kind === 'server'
        ? { command: pythonCommand(found.path, survey), port: found.port, ...(found.health === undefined ? {} : { health: found.health }) }
        : {
            command: ['uvicorn', found?.kind === 'fastapi' ? found.module : 'app:app', '--host', '0.0.0.0', '--port', '8000'],
            port: 8000,
            // Without a route of its own for that, the description that FastAPI serves.
            health: found?.kind === 'fastapi' ? (found.health ?? '/openapi.json') : '/health',
            startPeriod: 60,
          };
    const compose = `name: ${projectName(survey)}

services:
  api:
    build: .
    restart: unless-stopped
    ports:
      - "127.0.0.1:${program.port}:${program.port}"
${modelMounts(survey)}`;
    return {
      files: [
        { path: 'Dockerfile', text: pythonDockerfile(program, kind, wanted, tables) },
        dockerignore(survey),
        { path: 'compose.yaml', text: compose },
        ...(gpu ? [gpuOverride('api', upCommand(true))] : []),
        devcontainer(survey, device),
        ...starterRequirements(kind, wanted, tables),
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
