import { explainExit } from '../../src/diagnose/exit.ts';
import { explainAll } from '../../src/diagnose/explain.ts';
import { lastOutput } from '../logs/feed.ts';
import { command } from './command.ts';

export default command({
  id: 'explain-ending',
  title: 'Why Did It End?',
  icon: 'question',
  on: { kind: 'container', anyOf: ['exited', 'dead', 'created', 'restarting'], single: true, group: '2_use@3' },
  async run([container], { engine, knowledge, ui }) {
    if (!container) return;
    const docker = await engine();
    const [{ exitCode: code, oomKilled, error }, output] = await Promise.all([
      docker.details(container.id),
      lastOutput(docker, container.id, 200),
    ]);
    const { label, meaning, tryThis } = explainExit({ code, oomKilled, error }, knowledge.exitCodes);
    const causes = explainAll([...output, error].join('\n'), knowledge.errors);
    const list = (items: readonly string[]): string[] => items.map((item) => `- ${item}`);
    const sections = [
      [`# ${container.name}: ${label}`, '', meaning, '', ...list(tryThis)],
      ...causes.map(({ found, cause, fixes }) => [`## ${found}`, '', cause, '', ...list(fixes)]),
      ['## Its last lines', '', '```', ...output.slice(-30), '```'],
    ];
    await ui.show(`Why ${container.name} ended.md`, `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`);
  },
});
