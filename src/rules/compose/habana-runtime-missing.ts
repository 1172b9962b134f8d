import { addKey, environmentOf } from '../../compose/insert.ts';
import { entry, get, items, text } from '../../compose/model.ts';
import { composeRule } from '../../lint/rule.ts';

export default composeRule({
  id: 'habana-runtime-missing',
  severity: 'warning',
  title: 'Run Gaudi services with the habana runtime',
  why: '`HABANA_VISIBLE_DEVICES` is read by the runtime `habana` only. Without it the container has no accelerator, and the framework finds none.',
  looksAt: ['image', 'build', 'environment', 'runtime', 'devices', 'privileged'],
  examples: [
    {
      bad: 'services:\n  llm:\n    image: llm:1\n    environment:\n      HABANA_VISIBLE_DEVICES: «all»\n',
      good: 'services:\n  llm:\n    image: llm:1\n    runtime: habana\n    environment:\n      HABANA_VISIBLE_DEVICES: all\n',
    },
    {
      good: 'services:\n  a:\n    image: a:1\n    runtime: habana\n    environment: [HABANA_VISIBLE_DEVICES=all]\n  b:\n    image: b:1\n    devices: [/dev/accel/accel0]\n    environment: {HABANA_VISIBLE_DEVICES: "0"}\n  c:\n    image: c:1\n    environment: {HABANA_VISIBLE_DEVICES: void}\n',
    },
  ],
  *check(file) {
    for (const { node } of file.services) {
      const variable = environmentOf(node).get('HABANA_VISIBLE_DEVICES');
      if (!variable?.value || /\$|^(?:void|none)$/.test(variable.value)) continue;
      const devices = items(get(node, 'devices')).map((item) => text(item) ?? text(get(item, 'source')) ?? '');
      if (entry(node, 'runtime') || entry(node, 'extends') || devices.some((path) => /accel|habana/.test(path))) continue;
      if ((!entry(node, 'image') && !entry(node, 'build')) || text(get(node, 'privileged')) === 'true') continue;
      const edit = addKey(file.source, node, 'runtime', 'habana');
      yield {
        span: variable.node.span,
        message: 'Only the runtime habana reads this, and the service does not ask for it: it gets no accelerator.',
        fixes: edit ? [{ title: 'Add runtime: habana', safe: true, edits: [edit] }] : [],
      };
    }
  },
});
