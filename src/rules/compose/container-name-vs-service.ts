import { asRead, entry, get, text } from '../../compose/model.ts';
import { composeRule } from '../../lint/rule.ts';
import { effectiveServices, hasOwnNetwork } from '../shared/composeServices.ts';
import { serviceUrls } from '../shared/serviceUrls.ts';

export default composeRule({
  id: 'container-name-vs-service',
  severity: 'info',
  title: 'Call other services by their service name',
  why: 'A container’s name is one for the whole engine: a second copy of the project fails with «name is already in use», and a service with one cannot be scaled. The service’s name works in every copy of the project, with any number of replicas.',
  reach: ['container_name', 'network_mode', 'environment', 'command', 'entrypoint'],
  examples: [
    {
      bad: 'services:\n  api:\n    image: api:1\n    environment:\n      MLFLOW_TRACKING_URI: «http://team_mlflow:5000»\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.4.0\n    container_name: team_mlflow\n',
      good: 'services:\n  api:\n    image: api:1\n    environment:\n      MLFLOW_TRACKING_URI: http://mlflow:5000\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.4.0\n    container_name: team_mlflow\n',
    },
    {
      title: 'the same name, or nobody uses it',
      good: 'services:\n  api:\n    image: api:1\n    environment:\n      URL: http://mlflow:5000\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.4.0\n    container_name: mlflow\n',
    },
  ],
  *check(file, world) {
    const services = effectiveServices(file, world);
    if (!services.some(({ node }) => entry(asRead(node), 'container_name'))) return;
    const names = new Set(services.map(({ name }) => name));
    const containers = new Map(services.toReversed().map((each) => [text(get(each.node, 'container_name')), each]));
    for (const service of services) {
      if (!hasOwnNetwork(service)) continue;
      for (const { host, node } of serviceUrls(service)) {
        const other = names.has(host) ? undefined : containers.get(host);
        if (!other || node.span.start < 0) continue;
        const at = file.source.text.slice(node.span.start, node.span.end).indexOf(`//${host}`);
        const start = node.span.start + at + 2;
        yield {
          span: node.span,
          message: `«${host}» is the name of one container on the whole engine: a second copy of the project, or a second replica, does not work. The service is «${other.name}».`,
          fixes:
            at < 0
              ? []
              : [{ title: `Write ${other.name}`, safe: false, edits: [{ span: { start, end: start + host.length }, text: other.name }] }],
        };
      }
    }
  },
});
