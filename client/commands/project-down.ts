import { composeCommand } from '../../src/plan/composePlan.ts';
import { command } from './command.ts';
import { planOf } from './shared/composeProject.ts';

export default command({
  id: 'project-down',
  title: 'Compose Down…',
  icon: 'close-all',
  on: { kind: 'project', single: true, group: '2_compose@2', hidden: true },
  async run([project], { engine, ui }) {
    const plan = project && planOf(project);
    if (!plan) return;
    const sure = await ui.confirm(`Take ${project.name} down?`, {
      yes: 'Take Down',
      detail: 'Its containers and networks are removed; volumes, images and files stay, and Compose Up brings it back.',
    });
    if (!sure) return;
    const { env } = (await engine()).endpoint;
    // Down needs no files: the labels say what belongs to the project, also when its folder has gone.
    const { project: name = project.name } = plan;
    ui.terminal(`down ${name}`, { ...composeCommand({ files: [], project: name }, ['down']), env, icon: 'layers', hold: true });
  },
});
