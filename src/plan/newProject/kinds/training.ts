import { gpuOverride, projectName, upCommand } from '../compose.ts';
import { devcontainer } from '../devcontainer.ts';
import { dockerignore } from '../ignoreFiles.ts';
import type { ProjectKind } from '../kind.ts';
import { pythonCommand, pythonDockerfile } from '../pythonImage.ts';
import { starterRequirements } from '../starterRequirements.ts';

const starter = `"""Fits a line by gradient descent: put your own training here."""

import os
from pathlib import Path

import torch

OUTPUTS = Path(os.environ.get("OUTPUTS", "/outputs"))


def main() -> None:
    device = "cuda" if torch.cuda.is_available() else "cpu"
    print(f"training on {device}")
    torch.manual_seed(0)
    inputs = torch.rand(1024, 1, device=device)
    wanted = 3 * inputs + 1
    model = torch.nn.Linear(1, 1).to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
    for step in range(200):
        loss = torch.nn.functional.mse_loss(model(inputs), wanted)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if step % 50 == 49:
            print(f"step {step + 1} loss {loss.item():.6f}")
    # Written beside and renamed, so that nobody reads half a file.
    partial = OUTPUTS / "model.partial"
    torch.save(model.state_dict(), partial)
    partial.rename(OUTPUTS / "model.pt")


if __name__ == "__main__":
    main()
`;

const kind: ProjectKind = {
  id: 'training',
  title: 'Training',
  detail: 'A job that trains a model and writes it to a volume',
  python: true,
  gpu: 'optional',
  begins: ['numpy', 'torch'],
  suits({ entries, packages }) {
    const script = entries.find(({ kind: is }) => is === 'script');
    if (script?.kind === 'script' && /train/.test(script.path)) return `${script.path} is here`;
    return ['torch', 'tensorflow', 'jax', 'lightning', 'transformers'].some((name) => packages.has(name))
      ? 'a framework is in the requirements'
      : undefined;
  },
  make(wanted, tables) {
    const { survey, device } = wanted;
    const script = survey.entries.find(({ kind: is }) => is === 'script');
    const path = script?.kind === 'script' ? script.path : 'train.py';
    const gpu = device.kind === 'gpu';
    const data = [...survey.paths].some((each) => each.startsWith('data/') && !each.endsWith('.py'));
    const dockerfile = pythonDockerfile({ command: pythonCommand(path, survey), writes: ['/outputs'] }, kind, wanted, tables);
    const compose = `name: ${projectName(survey)}

services:
  train:
    build: .
    volumes:
      - outputs:/outputs${data ? '\n      - ./data:/data:ro' : ''}
    # Data loader workers hand tensors over through shared memory; Docker gives 64 MB unless told.
    shm_size: 2gb
    # Time to write a checkpoint when it is stopped.
    stop_grace_period: 1m

volumes:
  outputs:
`;
    const run = 'run --build --rm train';
    return {
      files: [
        { path: 'Dockerfile', text: dockerfile },
        dockerignore(survey),
        { path: 'compose.yaml', text: compose },
        ...(gpu ? [gpuOverride('train', upCommand(true, run))] : []),
        devcontainer(survey, device),
        ...starterRequirements(kind, wanted, tables),
        ...(script ? [] : [{ path, text: starter }]),
      ],
      start: upCommand(gpu, run),
    };
  },
};
export default kind;
