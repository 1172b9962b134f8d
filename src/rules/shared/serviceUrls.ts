import { get, text, type Node } from '../../compose/model.ts';
import type { EffectiveService } from './composeServices.ts';

/** An address in a variable of a service. */
export interface ServiceUrl {
  readonly variable: string;
  readonly scheme: string;
  readonly host: string;
  readonly port?: string;
  readonly node: Node;
}

const schemes =
  /^((?:https?|grpcs?|wss?|tcp|rediss?|valkey|postgres(?:ql)?|mysql|mariadb|mongodb|amqps?|bolt|neo4j|nats|kafka|clickhouse|memcached|mqtt|milvus|cassandra)(?:\+\w+)?):\/\/(?:[^@/\s]*@)?([A-Za-z0-9][\w.-]*)(?::(\d+))?(?=[/?,;\s]|$)/;

/** Addresses that a browser or a person uses, not another service. */
const outward =
  /PUBLIC|EXTERNAL|BROWSER|CORS|ORIGIN|ALLOW|REDIRECT|CALLBACK|NEXTAUTH|^VITE_|REACT_APP|FRONT|ROOT_URL|(?<!DATA)BASE_?URL|HOST_URL|SITE|DOMAIN|ADVERTISED|CLIENT|WEB_?URL|_UI_|^UI_|APP_URL|SERVER_URL|ISSUER|PROXY|WEBHOOK|LINK/;

/** The addresses of other services in a service's environment; those meant for browsers are left out. */
export function serviceUrls({ node }: EffectiveService): readonly ServiceUrl[] {
  const environment = get(node, 'environment');
  const pairs: readonly (readonly [string, string, Node])[] =
    environment?.kind === 'map'
      ? environment.entries.map(({ key, value }) => [key, text(value) ?? '', value])
      : environment?.kind === 'list'
        ? environment.items.map((item) => {
            const [, name = '', value = ''] = /^([^=]*)=([^]*)$/.exec(text(item) ?? '') ?? [];
            return [name, value, item];
          })
        : [];
  return pairs.flatMap(([variable, value, at]): readonly ServiceUrl[] => {
    if (at.kind !== 'scalar' || at.unknown || at.span.start < 0 || outward.test(variable.toUpperCase())) return [];
    const match = schemes.exec(value);
    if (!match) return [];
    const [, scheme = '', host = '', port] = match;
    return [{ variable, scheme, host, node: at, ...(port === undefined ? {} : { port }) }];
  });
}

/** The ports that a service listens on for others, as far as the file says. */
export function listensOn({ node }: EffectiveService): ReadonlySet<string> {
  const found = new Set<string>();
  for (const key of ['ports', 'expose']) {
    const list = get(node, key);
    if (list?.kind !== 'list') continue;
    for (const item of list.items) {
      const target = text(get(item, 'target')) ?? /(\d+)(?:-\d+)?(?:\/\w+)?$/.exec(text(item) ?? '')?.[1];
      if (target !== undefined) found.add(target);
    }
  }
  return found;
}
