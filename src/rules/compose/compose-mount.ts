import { composeRule } from '../../lint/rule.ts';
import { complaintsOf } from '../shared/composeComplaints.ts';

export default composeRule({
  id: 'compose-mount',
  severity: 'error',
  title: 'Write mounts as Compose reads them',
  why: 'A mount is `SOURCE:TARGET`, with `:ro` or other options at the end; Compose refuses what it cannot take apart.',
  examples: [
    { bad: 'services:\n  api:\n    image: api:1\n    volumes: [«":/models"»]\n' },
    {
      title: 'what Compose takes, and nobody reads as it is meant',
      bad: 'services:\n  api:\n    image: api:1\n    volumes:\n      - «./data:/data:uid=1000»\n      - «./notebooks»\n      - «./src:app»\n      - «./src:/src:${MODE:-readonly}»\n',
    },
    {
      title: 'which the container may write',
      bad: 'services:\n  api:\n    image: api:1\n    volumes: [«"./data:/data:readonly"», «./models:/models:RO»]\n',
      good: 'services:\n  api:\n    image: api:1\n    volumes: ["./data:/data:ro", ./models:/models:ro]\n',
    },
    {
      title: 'all forms',
      good: 'services:\n  api:\n    image: api:1\n    volumes: ["./data:/data:ro", "/cache", "models:/models"]\nvolumes:\n  models:\n',
    },
  ],
  *check(file, world) {
    yield* complaintsOf('mount', file, world);
  },
});
