import { readServices } from '../build/composeFlow.ts';
import { profilesFor } from '../build/composeForm.ts';
import { composeCommand } from '../../src/plan/composePlan.ts';
import { command } from './command.ts';
import { planOf } from './shared/composeProject.ts';

export default command({
  id: 'project-up',
  title: 'Compose Up',
  icon: 'run-all',
  trusted: true,
  on: { kind: 'project', single: true, group: '2_compose@1', hidden: true },
  async run([project], { engine, ui }) {
    const plan = project && planOf(project);
    if (!plan) return;
    // The labels do not say which profiles were on; the services that have containers do.
    const here = project.containers.flatMap(({ service }) => service ?? []);
    const profiles = profilesFor(here, await readServices(plan.files).catch(() => []));
    const { env } = (await engine()).endpoint;
    ui.terminal(`up ${project.name}`, {
      ...composeCommand({ ...plan, profiles }, ['up', '--detach']),
      env,
      ...(plan.directory && { cwd: plan.directory }),
      icon: 'layers',
      hold: true,
    });
  },
});
