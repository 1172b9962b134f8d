import { either, formatted, key, list, map, pairs, text, texts, word, type Keys, type Shape } from './key.ts';

const request: Keys = {
  capabilities: key(texts, 'What the device must be able to do: `gpu` for a GPU, with `nvidia`, `compute`, `utility` where it matters.', {
    ml: 'Compose refuses a reservation without it: `capabilities: [gpu]`.',
  }),
  count: key(either({ kind: 'integer' }, formatted('count')), 'How many devices, or `all`. Not together with `device_ids`.', {
    ml: 'The engine chooses which; use `device_ids` to keep two services off the same GPU.',
  }),
  device_ids: key(texts, 'Which devices: indexes or UUIDs that `nvidia-smi -L` prints. Not together with `count`.', {
    ml: 'Inside the container they are numbered from 0 again, so CUDA_VISIBLE_DEVICES starts at 0.',
  }),
  driver: key(text, 'Who provides the device: `nvidia`, `amd`, or `cdi`.'),
  options: key(pairs('driver option'), 'Options for the driver.'),
};

/** `deploy.resources.reservations.devices`. */
export const reservations: Shape = list(map(request, { required: ['capabilities'] }));

/** `services.NAME.gpus`. */
export const gpus: Shape = either(word('all'), list(map(request, { lenient: true })));
