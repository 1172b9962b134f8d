import { unsetIn } from '../../compose/complaint.ts';
import { get, text } from '../../compose/model.ts';
import { composeRule } from '../../lint/rule.ts';
import { examined, isKept } from '../shared/composeComplaints.ts';
import { effectiveServices, runsNow, together } from '../shared/composeServices.ts';

export default composeRule({
  id: 'no-duplicate-container-names',
  severity: 'warning',
  title: 'Give each container a name of its own',
  why: 'Two containers cannot have one name: the second does not start.',
  also: ['dclint:no-duplicate-container-names'],
  reach: ['container_name', 'profiles'],
  examples: [
    {
      bad: 'services:\n  api:\n    image: api:1\n    container_name: app\n  web:\n    image: web:1\n    container_name: «app»\n',
      good: 'services:\n  api:\n    image: api:1\n    container_name: app-api\n  web:\n    image: web:1\n    container_name: app-web\n',
    },
    {
      title: 'a variable that is not set yet, in a project that is kept: a remark only',
      files: { 'README.md': '# App\n' },
      bad: 'services:\n  api:\n    image: api:1\n    container_name: app-${TAG}\n  web:\n    image: web:1\n    container_name: «app-${TAG}»\n',
    },
  ],
  *check(file, world) {
    const project = examined(file, world);
    const { profiles } = project;
    const services = effectiveServices(file, world);
    for (const [index, service] of services.entries()) {
      const node = get(service.node, 'container_name');
      const name = text(node);
      const other = name
        ? services.slice(0, index).find((each) => text(get(each.node, 'container_name')) === name && together(each, service, profiles))
        : undefined;
      if (!node || !other || node.span.start < 0 || project.isFragment()) continue;
      // Compose refuses the file; what waits for a profile it looks at only then.
      const refused = runsNow(service, profiles) && runsNow(other, profiles);
      const message = `«${other.name}» has the container name «${name ?? ''}», too: only one of them starts.`;
      const unset = node.kind === 'scalar' ? unsetIn(node) : '';
      const severity = unset !== '' && isKept(file, world) ? 'info' : refused ? 'error' : 'warning';
      yield { span: node.span, message: unset + message, severity };
    }
  },
});
