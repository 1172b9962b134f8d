import { addKey, environmentOf } from '../../compose/insert.ts';
import { entry, items, text } from '../../compose/model.ts';
import { composeRule } from '../../lint/rule.ts';
import { commandWords } from '../shared/serviceCommand.ts';

export default composeRule({
  id: 'host-gateway',
  severity: 'info',
  quiet: 'On Docker Desktop, where most such files are written, the name resolves.',
  title: 'Make host.docker.internal known on Linux',
  why: 'Docker Desktop resolves `host.docker.internal`; an engine on Linux does so only with `extra_hosts: ["host.docker.internal:host-gateway"]`. With it, the file works on both.',
  looksAt: ['command', 'entrypoint', 'environment', 'extra_hosts', 'network_mode'],
  examples: [
    {
      bad: 'services:\n  ui:\n    image: ui:1\n    environment:\n      OLLAMA_BASE_URL: «http://host.docker.internal:11434»\n',
      good: 'services:\n  ui:\n    image: ui:1\n    extra_hosts: ["host.docker.internal:host-gateway"]\n    environment:\n      OLLAMA_BASE_URL: http://host.docker.internal:11434\n',
    },
    {
      title: 'in a command',
      bad: 'services:\n  ui:\n    image: ui:1\n    command: [serve, «"--backend=http://host.docker.internal:8000"»]\n',
    },
    {
      good: 'services:\n  ui:\n    image: ui:1\n    extra_hosts: ["host.docker.internal:host-gateway"]\n    environment:\n      OLLAMA_BASE_URL: http://host.docker.internal:11434\n',
    },
  ],
  *check(file) {
    for (const { node } of file.services) {
      const hosts = entry(node, 'extra_hosts');
      // Other names are no help; what cannot be read may be it.
      const names =
        hosts &&
        (hosts.value.kind === 'map' ? hosts.value.entries.map(({ key }) => key) : items(hosts.value).map((item) => text(item) ?? '$'));
      if (
        names?.some((name) => /host\.docker\.internal|\$/.test(name)) ||
        hosts?.merged ||
        entry(node, 'extends') ||
        entry(node, 'network_mode')
      )
        continue;
      const told = [...environmentOf(node).values(), ...commandWords(node)];
      const found = told.find(({ value = '' }) => value.includes('host.docker.internal'));
      if (!found) continue;
      const edit = hosts ? undefined : addKey(file.source, node, 'extra_hosts', ['host.docker.internal:host-gateway']);
      yield {
        span: found.node.span,
        message: 'host.docker.internal is not known on Linux engines until extra_hosts maps it to host-gateway.',
        fixes: edit ? [{ title: 'Add extra_hosts', safe: true, edits: [edit] }] : [],
      };
    }
  },
});
