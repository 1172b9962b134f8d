import { composeRule } from '../../lint/rule.ts';
import { serviceMounts } from '../shared/published.ts';
import { imageServices } from '../shared/serviceImages.ts';

/** Programs whose purpose is to watch or drive the engine. */
const drivers =
  /portainer|traefik|watchtower|dozzle|cadvisor|autoheal|docker-socket-proxy|socket-proxy|diun|ctop|telegraf|datadog|promtail|alloy|vector|fluent|act_runner|gitlab-runner|buildkite|jenkins|ofelia|nginx-proxy|acme-companion|homepage|docker:/;

export default composeRule({
  id: 'docker-sock-mount',
  severity: 'info',
  quiet: 'Tools that manage containers need it; it is for the owner to decide.',
  title: 'Think twice before mounting the Docker socket',
  why: 'Who can write to the socket is root on the host: it starts a container that mounts the whole disk. Airflow’s DockerOperator, notebooks and agents can use a socket proxy that allows only what they need, or a rootless engine. `:ro` does not help: it is about the file, not about what is asked through it.',
  looksAt: ['image', 'build', 'volumes'],
  examples: [
    {
      bad: 'services:\n  scheduler:\n    image: apache/airflow:3.0.2\n    volumes:\n      - «/var/run/docker.sock:/var/run/docker.sock»\n',
    },
    {
      title: 'its purpose',
      good: 'services:\n  proxy:\n    image: traefik:v3.4\n    volumes: ["/var/run/docker.sock:/var/run/docker.sock:ro"]\n',
    },
  ],
  *check(file) {
    const images = new Map(imageServices(file).map(({ service, image }) => [service, image]));
    for (const service of file.services) {
      if (drivers.test(images.get(service) ?? '')) continue;
      for (const { source, node } of serviceMounts(service.node))
        if (/\/docker\.sock$/.test(source))
          yield {
            span: node.span,
            message: `With the Docker socket, «${service.name}» is root on the host. Put a socket proxy between them that allows only what it needs.`,
          };
    }
  },
});
