import { requirementsRule } from '../../lint/rule.ts';

export default requirementsRule({
  id: 'syntax',
  severity: 'error',
  title: 'Write TOML or YAML that can be read',
  why: 'pip, uv, poetry and conda refuse the file at this place, before they install anything.',
  examples: [
    { path: 'pyproject.toml', bad: '[project]\n«dependencies = ["torch»\n', good: '[project]\ndependencies = ["torch"]\n' },
    { path: 'pyproject.toml', bad: '[project]\nname = "a"\n«name = "b"»\n' },
    { path: 'environment.yml', bad: 'dependencies:\n  - python=3.12\n«\t»- pip\n' },
    { title: 'what another program makes of a file of this name', path: 'environment.yml', good: 'env:\n  - {{ name }}: x\n' },
  ],
  *check({ faults }) {
    yield* faults;
  },
});
