import { composeCommand } from '../../src/plan/composePlan.ts';
import { command } from './command.ts';
import { planOf } from './shared/composeProject.ts';

export default command({
  id: 'project-up',
  title: 'Compose Up',
  icon: 'run-all',
  trusted: true,
  on: { kind: 'project', single: true, group: '2_compose@1' },
  async run([project], { engine, ui }) {
    const plan = project && planOf(project);
    if (!plan) return;
    const { env } = (await engine()).endpoint;
    ui.terminal(`up ${project.name}`, {
      ...composeCommand(plan, ['up', '--detach']),
      env,
      ...(plan.directory && { cwd: plan.directory }),
      icon: 'layers',
      hold: true,
    });
  },
});
