import { environmentOf } from '../../compose/insert.ts';
import { get, type Node } from '../../compose/model.ts';
import { serviceFacts } from '../../knowledge/lookup.ts';
import { composeRule, type Fix } from '../../lint/rule.ts';
import { slice, type Source } from '../../text/text.ts';
import { isPublic, publishedPorts } from '../shared/published.ts';
import { publishLocally } from '../shared/publishLocally.ts';
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
  looksAt: ['image', 'build', 'environment', 'ports'],
  examples: [
    {
      bad: 'services:\n  store:\n    image: quay.io/minio/minio:RELEASE.2025-09-07T16-13-09Z\n    ports: ["9000:9000"]\n    environment:\n      MINIO_ROOT_USER: minioadmin\n      MINIO_ROOT_PASSWORD: «minioadmin»\n',
      good: 'services:\n  store:\n    image: quay.io/minio/minio:RELEASE.2025-09-07T16-13-09Z\n    ports: ["127.0.0.1:9000:9000"]\n    environment:\n      MINIO_ROOT_USER: minioadmin\n      MINIO_ROOT_PASSWORD: minioadmin\n',
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
      const open = publishedPorts(service.node).filter(isPublic);
      if (!facts || !open.length) continue;
      const local = open.map(publishLocally);
      for (const [name, { value, node }] of environmentOf(service.node))
        if (value !== undefined && Object.hasOwn(known, name) && known[name]?.test(value))
          yield {
            span: node.span,
            message: `«${value}» is the password that scanners try first, and ${facts.name} is open on every network of the host. Take one of your own from .env.`,
            fixes: [
              ...(local.every((fixes) => fixes.length)
                ? [{ title: 'Publish on 127.0.0.1', safe: false, edits: local.flatMap((fixes) => fixes.flatMap(({ edits }) => edits)) }]
                : []),
              ...fromEnv(file.source, get(service.node, 'environment'), node, name, value),
            ],
          };
    }
  },
});

/** A fix that takes the value from `.env`, where it then has to be. */
function fromEnv(file: Source, environment: Node | undefined, node: Node, name: string, value: string): readonly Fix[] {
  const written = slice(file, node.span);
  const at = written.lastIndexOf(value);
  if (node.kind !== 'scalar' || !environment || node.span.start < 0 || at < 0) return [];
  const use = `\${${name}:?set it in .env}`;
  // Between brackets a brace ends the value, unless it is in quotes.
  const bare = !node.quoted && /[[{]/.test(file.text[environment.span.start] ?? '');
  const edit = bare
    ? { span: node.span, text: JSON.stringify(written.slice(0, at) + use) }
    : { span: { start: node.span.start + at, end: node.span.start + at + value.length }, text: use };
  return [{ title: `Take ${name} from .env`, safe: false, edits: [edit] }];
}
