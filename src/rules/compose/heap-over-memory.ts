import { get, text, type MapNode } from '../../compose/model.ts';
import { composeRule } from '../../lint/rule.ts';
import { imageServices } from '../shared/serviceImages.ts';
import { givenVariables, standsIn } from '../shared/serviceSettings.ts';

export default composeRule({
  id: 'heap-over-memory',
  severity: 'error',
  title: 'Leave the memory of a container room beside Java’s heap',
  why: 'Elasticsearch and OpenSearch touch all of their heap when they start. Where `-Xmx` is as much as the container may have, or more, the kernel kills it at once: exit status 137. Half of the memory is what Elastic recommends for the heap.',
  looksAt: ['image', 'build', 'environment', 'env_file', 'mem_limit', 'deploy'],
  examples: [
    {
      bad: 'services:\n  search:\n    image: elasticsearch:8.15.0\n    environment:\n      ES_JAVA_OPTS: «-Xms4g -Xmx4g»\n    mem_limit: 2g\n',
    },
    {
      title: 'OpenSearch, in an env file',
      files: { 'search.env': 'OPENSEARCH_JAVA_OPTS=-Xms1024m -Xmx1024m\n' },
      bad: 'services:\n  search:\n    image: opensearchproject/opensearch:2.17.0\n    env_file: «search.env»\n    deploy: {resources: {limits: {memory: 1G}}}\n',
    },
    {
      title: 'room is left, no limit, a limit that the shell knows, a heap that grows',
      good: 'services:\n  a:\n    image: elasticsearch:8.15.0\n    environment: ["ES_JAVA_OPTS=-Xms1g -Xmx1g"]\n    mem_limit: 2g\n  b:\n    image: elasticsearch:8.15.0\n    environment: ["ES_JAVA_OPTS=-Xms8g -Xmx8g"]\n  c:\n    image: elasticsearch:8.15.0\n    environment: ["ES_JAVA_OPTS=-Xms8g -Xmx8g"]\n    mem_limit: ${MEM}\n  d:\n    image: elasticsearch:8.15.0\n    environment: ["ES_JAVA_OPTS=-Xms512m -Xmx4g"]\n    mem_limit: 2g\n',
    },
  ],
  *check(file, world) {
    for (const { service, parts } of imageServices(file)) {
      const name = /(?:^|\/)elasticsearch$/.test(parts.name)
        ? 'ES_JAVA_OPTS'
        : /(?:^|\/)opensearch$/.test(parts.name)
          ? 'OPENSEARCH_JAVA_OPTS'
          : '';
      const limit = name === '' ? undefined : limitOf(service.node);
      if (limit === undefined) continue;
      const options = givenVariables(file, service.node, world).get(name);
      // What it takes at its start is touched; it may never grow to -Xmx.
      const heap = bytes(/(?:^|\s)-Xms(\d+[kmgt]?)(?=\s|$)/i.exec(options?.value ?? '')?.[1]);
      if (!options || heap === undefined || heap < limit) continue;
      yield {
        span: options.node.span,
        message: `The heap of ${name}${standsIn(options)} is as large as all the memory that the container may have, or larger: it is killed at its start (exit status 137). Give the heap half of the limit.`,
      };
    }
  },
});

/** What a service may take of the memory, in bytes. */
const limitOf = (service: MapNode): number | undefined =>
  bytes((text(get(service, 'mem_limit')) ?? text(get(service, 'deploy', 'resources', 'limits', 'memory')))?.replace(/b$/i, ''));

/** `512m`, `4G`, as Java and Compose write it. */
function bytes(written: string | undefined): number | undefined {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)([kmgt]?)$/i.exec(written ?? '') ?? [];
  return number === undefined ? undefined : Number(number) * 1024 ** ['', 'k', 'm', 'g', 't'].indexOf(unit.toLowerCase());
}
