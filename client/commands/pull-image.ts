import { isTag } from '../../src/plan/buildPlan.ts';
import type { TransferProgress } from '../engine/engine.ts';
import { bytes } from '../views/words.ts';
import { plainCommand } from './command.ts';

export default plainCommand({
  id: 'pull-image',
  title: 'Pull an Image…',
  icon: 'cloud-download',
  on: { views: ['images'] },
  async run({ engine, ui }) {
    const asked = await ui.input('Pull an image', {
      placeholder: 'pytorch/pytorch:2.7.0-cuda12.8-cudnn9-runtime',
      prompt: 'Without a tag: latest. Images that need a login: use docker pull in a terminal.',
      problem: (text) => (isTag(text) || /@sha256:[0-9a-f]{64}$/.test(text) ? undefined : 'An image name is lower case: team/model:1.2'),
    });
    if (asked === undefined) return;
    const reference = /[:@]/.test(asked.slice(asked.lastIndexOf('/') + 1)) ? asked : `${asked}:latest`;
    const docker = await engine();
    const cancelled = await ui.progress(`Pulling ${reference}`, async (signal, report) => {
      const layers = new Map<string, TransferProgress>();
      for await (const step of docker.pull(reference, signal)) {
        if (step.layer === undefined || step.total === undefined) continue;
        // Unpacking comes after loading: only the loading is counted, as it is what takes the time.
        if (step.status === 'Downloading') layers.set(step.layer, step);
        const total = sum(layers, 'total');
        const current = sum(layers, 'current');
        if (total) report(`${bytes(current)} of ${bytes(total)}`, (current / total) * 100);
      }
      return signal.aborted;
    });
    if (!cancelled) ui.status(`${reference} is here.`);
  },
});

const sum = (layers: ReadonlyMap<string, TransferProgress>, key: 'current' | 'total'): number =>
  [...layers.values()].reduce((all, layer) => all + (layer[key] ?? 0), 0);
