import { composeRule } from '../../lint/rule.ts';
import { complaintsOf } from '../shared/composeComplaints.ts';

export default composeRule({
  id: 'compose-required-variable',
  severity: 'error',
  title: 'Set the variables that must be set',
  why: '`${NAME:?message}` stops Compose when the variable has no value. Neither the shell nor `.env` sets this one.',
  examples: [
    { bad: 'services:\n  api:\n    image: api:1\n    environment:\n      TOKEN: «${HF_TOKEN:?set it}»\n' },
    {
      title: 'in a project that is kept, whoever starts it sets it: a remark only',
      files: { '.gitignore': '.env\n' },
      bad: 'services:\n  api:\n    image: api:1\n    environment:\n      TOKEN: «${HF_TOKEN:?set it}»\n',
    },
    {
      title: '.env sets it',
      files: { '.env': 'HF_TOKEN=x\n' },
      good: 'services:\n  api:\n    image: api:1\n    environment:\n      TOKEN: ${HF_TOKEN:?set it}\n',
    },
    {
      title: 'an example file asks for it',
      files: { '.env.example': 'HF_TOKEN=\n' },
      good: 'services:\n  api:\n    image: api:1\n    environment:\n      TOKEN: ${HF_TOKEN:?set it}\n',
    },
  ],
  *check(file, world) {
    yield* complaintsOf('required-variable', file, world);
  },
});
