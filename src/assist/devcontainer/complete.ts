import type { Devcontainer } from '../../devcontainer/model.ts';
import type { Completion } from '../model.ts';

/** What containers for ML are started with, each as the one word that it has to be. */
const runArguments: readonly (readonly [text: string, about: string])[] = [
  ['--gpus=all', 'all NVIDIA GPUs of the host'],
  ['--ipc=host', 'the shared memory of the host, for data loaders with workers'],
  ['--shm-size=8g', 'shared memory of its own, for data loaders with workers'],
  ['--device=nvidia.com/gpu=all', 'all NVIDIA GPUs, by CDI (Podman, rootless Docker)'],
  ['--device=/dev/kfd', 'AMD GPUs, with /dev/dri'],
  ['--device=/dev/dri', 'AMD and Intel GPUs'],
  ['--env-file=.env', 'variables of a file that is there'],
  ['--network=host', 'the network of the host'],
];

/** Arguments in `runArgs`. */
export function completeDevcontainer({ source: { text } }: Devcontainer, offset: number): readonly Completion[] {
  const typed = /"runArgs"\s*:\s*\[(?:\s*"(?:[^"\\]|\\.)*"\s*,)*\s*"([^"\\]*)$/.exec(text.slice(0, offset))?.[1];
  if (typed === undefined) return [];
  const end = offset + (/^[^"\n]*/.exec(text.slice(offset))?.[0].length ?? 0);
  return runArguments
    .filter(([word]) => word.startsWith(typed))
    .map(([word, about], at) => ({
      label: word,
      kind: 'value',
      span: { start: offset - typed.length, end },
      text: word,
      detail: about,
      sort: String(at),
    }));
}
