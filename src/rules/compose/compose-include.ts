import { entry } from '../../compose/model.ts';
import { composeRule } from '../../lint/rule.ts';
import { complaintsOf } from '../shared/composeComplaints.ts';

export default composeRule({
  id: 'compose-include',
  severity: 'error',
  title: 'Include files that are there and do not clash',
  why: 'Compose reads included files first; it stops where one is missing, includes itself, or brings a service that is here already.',
  reach: 'file',
  examples: [
    { bad: 'include:\n  - «monitoring.yaml»\nservices:\n  api:\n    image: api:1\n' },
    {
      title: 'there',
      files: { 'monitoring.yaml': 'services:\n  grafana:\n    image: grafana/grafana:12.0.0\n' },
      good: 'include:\n  - monitoring.yaml\nservices:\n  api:\n    image: api:1\n    depends_on: [grafana]\n',
    },
  ],
  *check(file, world) {
    if (file.documents.some((document) => entry(document, 'include'))) yield* complaintsOf('include', file, world);
  },
});
