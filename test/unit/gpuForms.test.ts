import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gpuForms, type GpuForm } from '../../src/compose/gpuForms.ts';
import { parseCompose } from '../../src/compose/parse.ts';
import { applyEdits } from '../../src/text/text.ts';

// Every form of a GPU request becomes every other, and the way back gives the same request.

const service = (lines: string): string => `services:\n  a:\n    image: a:1 # pinned\n${lines}`;
const reservation = (how: string): string =>
  service(
    `    deploy:\n      resources:\n        reservations:\n          devices:\n            - driver: nvidia\n              ${how}\n              capabilities: [gpu]\n`,
  );

function as(form: GpuForm, text: string): string | undefined {
  const { source, services } = parseCompose('compose.yaml', text);
  const [first] = services;
  const found = first && gpuForms(source, first.node).find((each) => each.form === form);
  return found && applyEdits(text, found.edits);
}

test('all GPUs in every form', () => {
  const gpus = service('    gpus: all\n');
  const cdi = service('    devices:\n      - nvidia.com/gpu=all\n');
  assert.equal(as('reservation', gpus), reservation('count: all'));
  assert.equal(as('gpus', reservation('count: all')), gpus);
  assert.equal(as('cdi', gpus), cdi);
  assert.equal(as('gpus', cdi), gpus);
  assert.equal(as('reservation', service('    runtime: nvidia\n')), reservation('count: all'));
  assert.equal(as('runtime', gpus), service('    environment:\n      NVIDIA_VISIBLE_DEVICES: all\n    runtime: nvidia\n'));
});

test('some GPUs keep their number or their names', () => {
  const gpus = service('    gpus:\n      - driver: nvidia\n        device_ids: ["1", "2"]\n');
  assert.equal(as('gpus', reservation('device_ids: ["1", "2"]')), gpus);
  assert.equal(as('reservation', gpus), reservation('device_ids: ["1", "2"]'));
  assert.equal(as('cdi', reservation('count: 2')), service('    devices:\n      - nvidia.com/gpu=0\n      - nvidia.com/gpu=1\n'));
});

test('what else stands under deploy and devices stays', () => {
  const limited = service(
    '    deploy:\n      resources:\n        limits:\n          memory: 8g # enough\n        reservations:\n          devices:\n            - driver: nvidia\n              count: 1\n              capabilities: [gpu]\n    restart: always\n',
  );
  const rest = '    deploy:\n      resources:\n        limits:\n          memory: 8g # enough\n    restart: always\n';
  // Beside the key that keeps the rest.
  const one = '    gpus:\n      - driver: nvidia\n        count: 1\n';
  assert.equal(as('gpus', limited), service(one + rest));
  assert.equal(as('gpus', limited), service(one + rest));
  const back = as('reservation', service(`    gpus: all\n${rest}`));
  assert.match(
    back ?? '',
    /resources:\n {8}reservations:\n {10}devices:\n {12}- driver: nvidia\n {14}count: all\n {14}capabilities: \[gpu\]\n {8}limits:/,
  );
  assert.equal(
    as('gpus', service('    devices:\n      - /dev/snd\n      - nvidia.com/gpu=0\n')),
    service('    gpus:\n      - driver: nvidia\n        device_ids: ["0"]\n    devices:\n      - /dev/snd\n'),
  );
});

test('line ends are kept, and what cannot be said otherwise is left', () => {
  const crlf = reservation('count: all').replaceAll('\n', '\r\n');
  assert.equal(as('gpus', crlf), service('    gpus: all\n').replaceAll('\n', '\r\n'));
  assert.equal(as('cdi', reservation('count: all').replace('[gpu]', '[gpu, video]')), undefined);
  assert.equal(as('gpus', reservation('count: ${GPUS}')), undefined);
  assert.equal(as('gpus', service('    <<: {deploy: {}}\n')), undefined);
  assert.equal(as('gpus', reservation('count: all # every one')), undefined);
});
