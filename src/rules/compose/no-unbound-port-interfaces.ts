import { composeRule } from '../../lint/rule.ts';
import { publishedPorts } from '../shared/published.ts';

export default composeRule({
  id: 'no-unbound-port-interfaces',
  severity: 'hint',
  enabled: false,
  title: 'Say on which address of the host a port is published',
  why: 'A port without an address is open on every network of the host, past most firewalls. `127.0.0.1` keeps it to this machine; `0.0.0.0` says that it is meant to be open.',
  also: ['dclint:no-unbound-port-interfaces'],
  looksAt: ['ports'],
  examples: [
    {
      bad: 'services:\n  api:\n    image: api:1\n    ports:\n      - «"8000:8000"»\n',
    },
    {
      title: 'an address is said',
      good: 'services:\n  api:\n    image: api:1\n    ports:\n      - "127.0.0.1:8000:8000"\n      - "0.0.0.0:8001:8001"\n',
    },
  ],
  *check(file) {
    for (const { name, node } of file.services) {
      const told = new Set<unknown>();
      for (const { node: item, hostIp, target } of publishedPorts(node)) {
        if (hostIp !== '' || told.has(item)) continue;
        told.add(item);
        yield {
          span: item.span,
          message: `Port ${String(target)} of «${name}» is published on every address of the host: begin with «127.0.0.1:» or the address that is meant.`,
        };
      }
    }
  },
});
