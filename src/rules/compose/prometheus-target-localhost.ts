import { serviceFacts } from '../../knowledge/lookup.ts';
import { composeRule } from '../../lint/rule.ts';
import { folderOf, join } from '../../text/paths.ts';
import { publishedPorts, serviceMounts } from '../shared/published.ts';
import { imageServices } from '../shared/serviceImages.ts';
import { get, items, text, type ComposeFile, type MapNode, type Node } from '../../compose/model.ts';

export default composeRule({
  id: 'prometheus-target-localhost',
  severity: 'warning',
  title: 'Name services as scrape targets, not localhost',
  why: 'In Prometheus’ container, `localhost` is Prometheus itself. Targets are the services’ names with the ports inside their containers.',
  reach: ['image', 'build', 'network_mode', 'volumes', 'ports', 'configs'],
  examples: [
    {
      title: 'a configuration as a config',
      files: { 'prometheus.yml': 'scrape_configs:\n  - job_name: api\n    static_configs:\n      - targets: ["127.0.0.1:8000"]\n' },
      bad: 'services:\n  p:\n    image: prom/prometheus:v3.0.1\n    configs: [«{source: prom, target: /etc/prometheus/prometheus.yml}»]\nconfigs:\n  prom: {file: ./prometheus.yml}\n',
    },
    {
      files: { 'prometheus.yml': 'scrape_configs:\n  - job_name: api\n    static_configs:\n      - targets: ["localhost:8000"]\n' },
      bad: 'services:\n  prometheus:\n    image: prom/prometheus:v3.4.0\n    volumes:\n      - «./prometheus.yml:/etc/prometheus/prometheus.yml:ro»\n  api:\n    build: .\n    ports: ["8000:8000"]\n',
    },
    {
      title: 'in a folder',
      files: { 'prom/prometheus.yml': 'scrape_configs:\n  - job_name: api\n    static_configs:\n      - targets: ["localhost:8000"]\n' },
      bad: 'services:\n  prometheus:\n    image: prom/prometheus:v3.4.0\n    volumes:\n      - «./prom:/etc/prometheus»\n  api:\n    build: .\n',
    },
    {
      files: {
        'prometheus.yml':
          'scrape_configs:\n  - job_name: prometheus\n    static_configs:\n      - targets: ["localhost:9090"]\n  - job_name: api\n    static_configs:\n      - targets: ["api:8000"]\n',
      },
      good: 'services:\n  prometheus:\n    image: prom/prometheus:v3.4.0\n    volumes:\n      - ./prometheus.yml:/etc/prometheus/prometheus.yml:ro\n  api:\n    build: .\n    ports: ["8000:8000"]\n',
    },
  ],
  *check(file, { knowledge, files }) {
    for (const { service, image } of imageServices(file)) {
      if (serviceFacts(knowledge, image)?.id !== 'prometheus' || text(get(service.node, 'network_mode')) === 'host') continue;
      for (const { source, target, node } of [...serviceMounts(service.node), ...configsOf(file, service.node)]) {
        if (!/^\.{1,2}\//.test(source)) continue;
        const mounted = join(folderOf(file.source.path), source);
        // A folder that is mounted where the configuration is looked for.
        const path = /\.ya?ml$/.test(target)
          ? mounted
          : /^\/etc\/prometheus\/?$/.test(target)
            ? join(mounted, 'prometheus.yml')
            : undefined;
        if (path === undefined) continue;
        const config = (files.read(path) ?? '').replace(/^\s*#.*$/gm, '');
        for (const [, written = '', port = ''] of config.matchAll(/["'\s,[]((?:localhost|127\.0\.0\.1):(\d+))\b/g)) {
          const owner = file.services.find(
            (each) => each !== service && publishedPorts(each.node).some((one) => String(one.target) === port || one.published === port),
          );
          // What shares its network is at localhost, and a sidecar may be anything.
          if (port === '9090' || file.services.some(({ node: other }) => /^service:/.test(text(get(other, 'network_mode')) ?? '')))
            continue;
          const inside = owner && publishedPorts(owner.node).find((one) => one.published === port || String(one.target) === port)?.target;
          yield {
            span: node.span,
            message: `${path} has the target ${written}, which is Prometheus’ own container. ${owner ? `«${owner.name}» is at ${owner.name}:${String(inside ?? port)}` : `Name the service that listens on ${port}`}.`,
          };
          break;
        }
      }
    }
  },
});

/** The files that a service gets as configs, where they are mounted. */
const configsOf = (
  file: ComposeFile,
  service: MapNode,
): readonly { readonly source: string; readonly target: string; readonly node: Node }[] =>
  items(get(service, 'configs')).flatMap((node) => {
    const target = text(get(node, 'target'));
    const path = text(get(file.root, 'configs', text(get(node, 'source')) ?? '', 'file'));
    return target === undefined || path === undefined ? [] : [{ source: path, target, node }];
  });
