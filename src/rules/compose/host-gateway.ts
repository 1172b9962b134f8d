import { addKey, environmentOf } from '../../compose/insert.ts';
import { entry } from '../../compose/model.ts';
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
      if (entry(node, 'extra_hosts') || entry(node, 'extends') || entry(node, 'network_mode')) continue;
      const told = [...environmentOf(node).values(), ...commandWords(node)];
      const found = told.find(({ value = '' }) => value.includes('host.docker.internal'));
      if (!found) continue;
      const edit = addKey(file.source, node, 'extra_hosts', ['host.docker.internal:host-gateway']);
      yield {
        span: found.node.span,
        message: 'host.docker.internal is not known on Linux engines until extra_hosts maps it to host-gateway.',
        fixes: edit ? [{ title: 'Add extra_hosts', safe: true, edits: [edit] }] : [],
      };
    }
  },
});
