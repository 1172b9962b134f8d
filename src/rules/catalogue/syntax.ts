import { catalogueRule } from '../../lint/rule.ts';

export default catalogueRule({
  id: 'syntax',
  severity: 'error',
  title: 'Write rows that can be used',
  why: 'A row with a mistake is left out: the checks, hovers and completions that it is for do not know it.',
  examples: [
    {
      title: 'a word that is none, a version that is a number',
      bad: 'images:\n  - image: registry.example.com/ml/base\n    python: «3.10»\n    packages: [apt, «pipp»]\n    «usr»: app\n',
      good: 'images:\n  - image: registry.example.com/ml/base\n    python: "3.10"\n    packages: [apt, pip]\n    user: app\n',
    },
    { title: 'what is missing', bad: 'services:\n  - «name»: Feature store\n    images: [registry.example.com/features]\n' },
    { bad: 'indexes:\n  - url: «pypi.example.com»\n    of: pypi\n', good: 'indexes:\n  - url: https://pypi.example.com/\n    of: pypi\n' },
    { bad: 'gpus: «NVIDIA L4»\n', good: 'gpus:\n  - name: NVIDIA L4\n    computeCapability: "8.9"\n    memory: 24\n' },
    { bad: 'images:\n  - match: «"ml-(base"»\n' },
  ],
  *check({ faults }) {
    for (const { better, ...fault } of faults)
      yield better === undefined
        ? fault
        : { ...fault, fixes: [{ title: `Write ${better}`, safe: true, edits: [{ span: fault.span, text: better }] }] };
  },
});
