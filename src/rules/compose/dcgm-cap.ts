import { addKey } from '../../compose/insert.ts';
import { entry, get, items, text } from '../../compose/model.ts';
import { composeRule } from '../../lint/rule.ts';
import { imageServices } from '../shared/serviceImages.ts';

export default composeRule({
  id: 'dcgm-cap',
  severity: 'info',
  quiet: 'Only the profiling metrics need it; the others work without.',
  title: 'Give dcgm-exporter the capability SYS_ADMIN',
  why: 'dcgm-exporter reads the profiling counters (SM activity, tensor-core use, memory bandwidth) only with `SYS_ADMIN`. Without it these metrics are missing, and the log says so once.',
  looksAt: ['image', 'build', 'cap_add', 'privileged'],
  examples: [
    {
      bad: 'services:\n  dcgm:\n    image: «nvcr.io/nvidia/k8s/dcgm-exporter:4.2.0-4.1.0-ubuntu22.04»\n    gpus: all\n',
      good: 'services:\n  dcgm:\n    image: nvcr.io/nvidia/k8s/dcgm-exporter:4.2.0-4.1.0-ubuntu22.04\n    cap_add: ["SYS_ADMIN"]\n    gpus: all\n',
    },
    { good: 'services:\n  dcgm:\n    image: nvidia/dcgm-exporter:4.2.0\n    gpus: all\n    cap_add:\n      - SYS_ADMIN\n' },
  ],
  *check(file) {
    for (const { service, parts, node } of imageServices(file)) {
      if (!/dcgm-exporter$/.test(parts.name) || text(get(service.node, 'privileged')) === 'true' || entry(service.node, 'extends'))
        continue;
      if (items(get(service.node, 'cap_add')).some((item) => /SYS_ADMIN|^ALL$/i.test(text(item) ?? ''))) continue;
      const edit = entry(service.node, 'cap_add') ? undefined : addKey(file.source, service.node, 'cap_add', ['SYS_ADMIN']);
      yield {
        span: node.span,
        message:
          'Without the capability SYS_ADMIN, dcgm-exporter leaves the profiling metrics out (SM activity, tensor cores, memory bandwidth).',
        fixes: edit ? [{ title: 'Add cap_add: [SYS_ADMIN]', safe: false, edits: [edit] }] : [],
      };
    }
  },
});
