import { addItem, addKey } from '../../compose/insert.ts';
import { entry, get, items, text } from '../../compose/model.ts';
import { composeRule } from '../../lint/rule.ts';
import { rootImage } from '../../dockerfile/scope.ts';
import { deviceRequests } from '../shared/deviceReservations.ts';
import { serviceBuild, serviceImage } from '../shared/composeImage.ts';

export default composeRule({
  id: 'rocm-devices-missing',
  severity: 'warning',
  quiet: 'The container runs on the CPU, and another file may give it the devices.',
  title: 'Give a ROCm container its devices',
  why: 'ROCm reaches AMD GPUs through `/dev/kfd` and `/dev/dri`. Without them it reports «No HIP GPUs are available».',
  looksAt: ['image', 'build', 'command', 'entrypoint', 'runtime', 'devices', 'deploy', 'gpus', 'privileged'],
  examples: [
    {
      title: 'an image that is built on it',
      files: { Dockerfile: 'FROM rocm/pytorch:rocm6.2_ubuntu22.04_py3.10_pytorch_release_2.3.0\n' },
      bad: 'services:\n  t:\n    build: «.»\n',
      good: 'services:\n  t:\n    build: .\n    devices: ["/dev/kfd", "/dev/dri"]\n',
    },
    {
      bad: 'services:\n  train:\n    image: «rocm/pytorch:rocm7.0_ubuntu24.04_py3.12_pytorch_release_2.8.0»\n',
      good: 'services:\n  train:\n    image: rocm/pytorch:rocm7.0_ubuntu24.04_py3.12_pytorch_release_2.8.0\n    devices: ["/dev/kfd", "/dev/dri"]\n',
    },
    {
      title: 'one of the two',
      bad: 'services:\n  llm:\n    image: «ollama/ollama:rocm»\n    devices:\n      - /dev/kfd\n',
      good: 'services:\n  llm:\n    image: ollama/ollama:rocm\n    devices:\n      - /dev/kfd\n      - /dev/dri\n',
    },
    {
      good: 'services:\n  llm:\n    image: ollama/ollama:rocm\n    devices:\n      - /dev/kfd\n      - /dev/dri\n  cdi:\n    image: rocm/vllm:v1\n    devices: [amd.com/gpu=all]\n  driver:\n    image: rocm/vllm:v1\n    deploy: { resources: { reservations: { devices: [{ driver: rocm, count: all, capabilities: [gpu] }] } } }\n  pull:\n    image: ollama/ollama:rocm\n    entrypoint: [sh, -c, "ollama pull llama3.2"]\n',
    },
  ],
  *check(file, world) {
    for (const { node } of file.services) {
      const built = serviceBuild(file, node, world);
      const image = built ? rootImage(built.dockerfile, built.stage, built.buildArgs) : serviceImage(node);
      const place = built ? get(node, 'build') : get(node, 'image');
      if (
        image === undefined ||
        !place ||
        !/^(?:docker\.io\/)?rocm\/(?!k8s|device-metrics)|^(?:docker\.io\/)?ollama\/ollama:(?:.+-)?rocm$/.test(image)
      )
        continue;
      const list = get(node, 'devices');
      const devices = items(list).map((item) => text(item) ?? text(get(item, 'source')) ?? '');
      const kfd = devices.some((path) => path.startsWith('/dev/kfd'));
      if (
        devices.some((path) => /^(?:\/dev:|amd\.com\/gpu)/.test(path)) ||
        (kfd && devices.some((path) => path.startsWith('/dev/dri') || path.includes('$'))) ||
        text(get(node, 'privileged')) === 'true' ||
        text(get(node, 'runtime')) === 'amd' ||
        // A driver or CDI that the host has set up.
        deviceRequests(node).some((each) => !/^nvidia$/.test(text(get(each, 'driver')) ?? 'nvidia')) ||
        // Another program of the image, such as `ollama pull`: it may need no GPU.
        entry(node, 'entrypoint') ||
        entry(node, 'extends')
      )
        continue;
      const edit = kfd
        ? list?.kind === 'list' && addItem(file.source, list, '/dev/dri')
        : !list && addKey(file.source, node, 'devices', ['/dev/kfd', '/dev/dri']);
      yield {
        span: place.span,
        message: `ROCm needs the devices /dev/kfd and /dev/dri, and this service has ${kfd ? 'only the first' : devices.includes('/dev/dri') ? 'only the second' : 'neither'}.`,
        fixes: edit ? [{ title: 'Add the devices', safe: true, edits: [edit] }] : [],
      };
    }
  },
});
