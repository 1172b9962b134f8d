import { environmentOf } from '../../compose/insert.ts';
import { get, items, text } from '../../compose/model.ts';
import { composeRule } from '../../lint/rule.ts';
import { commandWords, optionValue } from '../shared/serviceCommand.ts';

export default composeRule({
  id: 'healthcheck-wrong-port',
  severity: 'warning',
  quiet: 'The container runs; which port its program listens on is read from an option of its command.',
  title: 'Check the port that is served',
  why: 'The check runs inside the container and asks a port on which nothing listens: it fails every time.',
  looksAt: ['command', 'entrypoint', 'environment', 'healthcheck', 'ports'],
  examples: [
    {
      bad: 'services:\n  api:\n    image: api:1\n    command: uvicorn app:app --host 0.0.0.0 --port 5000\n    healthcheck:\n      test: «curl -f http://localhost:8000/health»\n',
      good: 'services:\n  api:\n    image: api:1\n    command: uvicorn app:app --host 0.0.0.0 --port 5000\n    healthcheck:\n      test: curl -f http://localhost:5000/health\n',
    },
    {
      title: 'a second port of the same container',
      good: 'services:\n  api:\n    image: api:1\n    command: serve --port 5000 --metrics-port 8000\n    healthcheck:\n      test: ["CMD", "curl", "-f", "http://localhost:8000/"]\n  b:\n    image: b:1\n    command: serve --port 5000\n    ports: ["8000:8000"]\n    healthcheck:\n      test: curl -f http://localhost:8000/\n',
    },
  ],
  *check(file) {
    for (const { node } of file.services) {
      const test = get(node, 'healthcheck', 'test');
      const words = commandWords(node);
      const served = optionValue(words, '--port', '-p', '--http-port', '--server-port')?.value;
      if (!test || served === undefined || !/^\d+$/.test(served)) continue;
      for (const item of items(test)) {
        const asked = /(?:localhost|127\.0\.0\.1|0\.0\.0\.0):(\d+)/.exec(text(item) ?? '')?.[1];
        if (asked === undefined || asked === served) continue;
        const others = [
          ...words.filter(({ value }) => !/^(?:curl|wget)$/.test(value)).map(({ value }) => value),
          ...[...environmentOf(node).values()].map(({ value }) => value ?? ''),
          ...items(get(node, 'ports')).map((port) => text(port) ?? text(get(port, 'target')) ?? ''),
        ];
        if (others.some((value) => new RegExp(`(?:^|\\D)${asked}(?:\\D|$)`).test(value))) continue;
        const raw = file.source.text.slice(item.span.start, item.span.end);
        const at = item.span.start + raw.search(new RegExp(`:${asked}(?!\\d)`)) + 1;
        yield {
          span: item.span,
          message: `The service listens on ${served}, and the check asks ${asked}.`,
          fixes: [{ title: `Check port ${served}`, safe: true, edits: [{ span: { start: at, end: at + asked.length }, text: served }] }],
        };
      }
    }
  },
});
