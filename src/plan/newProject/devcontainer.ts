import type { Device, NewFile } from './kind.ts';
import { projectName } from './compose.ts';
import type { Survey } from './survey.ts';

/** A development container made from the project's own Dockerfile. */
export function devcontainer(survey: Survey, device: Device): NewFile {
  const written = {
    name: projectName(survey),
    build: { dockerfile: '../Dockerfile', context: '..' },
    remoteUser: 'app',
    runArgs: ['--shm-size=2g'],
    ...(device.kind === 'gpu' && { hostRequirements: { gpu: 'optional' } }),
    features: { 'ghcr.io/devcontainers/features/git:1': {} },
    customizations: { vscode: { extensions: ['ms-python.python', 'ml-containers.ml-containers'] } },
  };
  return { path: '.devcontainer/devcontainer.json', text: `${JSON.stringify(written, undefined, 2)}\n` };
}
