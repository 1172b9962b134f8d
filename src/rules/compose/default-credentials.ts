import { environmentOf } from '../../compose/insert.ts';
import { serviceFacts } from '../../knowledge/lookup.ts';
import { composeRule } from '../../lint/rule.ts';
import { isPublic, publishedPorts } from '../shared/published.ts';
import { imageServices } from '../shared/serviceImages.ts';

/** Passwords that scanners try first, by the variable that sets them. */
const known: Readonly<Record<string, RegExp>> = {
  MINIO_ROOT_PASSWORD: /^(?:minioadmin|minio123|minio|password)$/,
  MINIO_SECRET_KEY: /^(?:minioadmin|minio123)$/,
  GF_SECURITY_ADMIN_PASSWORD: /^(?:admin|grafana|password)$/,
  RABBITMQ_DEFAULT_PASS: /^guest$/,
  NEO4J_AUTH: /^neo4j\/(?:neo4j|password)$/,
  RUSTFS_SECRET_KEY: /^rustfsadmin$/,
  _AIRFLOW_WWW_USER_PASSWORD: /^airflow$/,
  PGADMIN_DEFAULT_PASSWORD: /^(?:admin|password|root)$/,
};

export default composeRule({
  id: 'default-credentials',
  severity: 'info',
  quiet: 'On a laptop these passwords are common and harmless; whether the port is reachable from outside is for the network to say.',
  title: 'Change well-known passwords of services that others can reach',
  why: 'Scanners try `minioadmin`, `admin` and `guest` first. A port without an address is open on every network of the host, past `ufw`. The rule speaks only when the service publishes a port that way.',
  examples: [
    {
      bad: 'services:\n  store:\n    image: quay.io/minio/minio:RELEASE.2025-09-07T16-13-09Z\n    ports: ["9000:9000"]\n    environment:\n      MINIO_ROOT_USER: minioadmin\n      MINIO_ROOT_PASSWORD: «minioadmin»\n',
    },
    {
      title: 'reachable from this machine only',
      good: 'services:\n  store:\n    image: quay.io/minio/minio:RELEASE.2025-09-07T16-13-09Z\n    ports: ["127.0.0.1:9000:9000"]\n    environment:\n      MINIO_ROOT_PASSWORD: minioadmin\n',
    },
    {
      good: 'services:\n  store:\n    image: quay.io/minio/minio:RELEASE.2025-09-07T16-13-09Z\n    ports: ["9000:9000"]\n    environment:\n      MINIO_ROOT_PASSWORD: ${MINIO_ROOT_PASSWORD:?}\n',
    },
  ],
  *check(file, { knowledge }) {
    for (const { service, image } of imageServices(file)) {
      const facts = serviceFacts(knowledge, image);
      if (!facts || !publishedPorts(service.node).some(isPublic)) continue;
      for (const [name, { value, node }] of environmentOf(service.node))
        if (value !== undefined && Object.hasOwn(known, name) && known[name]?.test(value))
          yield {
            span: node.span,
            message: `«${value}» is the password that scanners try first, and ${facts.name} is open on every network of the host. Take one of your own from .env.`,
          };
    }
  },
});
