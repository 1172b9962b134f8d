import { platform, upCommand } from '../compose.ts';
import type { ProjectKind } from '../kind.ts';

const kind: ProjectKind = {
  id: 'monitoring',
  title: 'Monitoring',
  detail: 'Prometheus and Grafana; with a GPU, its figures too (DCGM)',
  python: false,
  gpu: 'optional',
  suits: ({ packages }) => (packages.has('prometheus-client') ? 'the code exports metrics' : undefined),
  make: ({ survey, device }, tables) => ({
    ...platform(survey, [...(device.kind === 'gpu' ? ['dcgm-exporter'] : ['node-exporter']), 'prometheus', 'grafana'], tables),
    start: upCommand(false, 'up -d'),
  }),
};
export default kind;
