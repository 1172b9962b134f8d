import { dockerfileRule } from '../../lint/rule.ts';
import { bareStage } from '../shared/packageNeeds.ts';
import { named, ownPackages } from '../shared/stagePackages.ts';
import { systemBrings } from '../shared/systemBrings.ts';
import { installSystem } from '../shared/installSystem.ts';
import { pythonPackages } from '../shared/looksAt.ts';

export default dockerfileRule({
  id: 'compile-without-compiler',
  severity: 'error',
  title: 'Install a compiler for packages that come as source, or take their binary',
  why: 'psycopg2, mysqlclient and PyAudio have no wheel for Linux: pip compiles them, and a slim image has no compiler and no headers. `psycopg2-binary` has wheels.',
  looksAt: [...pythonPackages, 'RUN'],
  examples: [
    {
      bad: 'FROM python:3.11-slim\nRUN pip install «psycopg2==2.9.10»\n',
      good: 'FROM python:3.11-slim\nRUN pip install psycopg2-binary==2.9.10\n',
    },
    {
      files: { 'requirements.txt': 'mlflow\nmysqlclient\n' },
      bad: 'FROM python:3.11-slim\nCOPY requirements.txt .\nRUN pip install -r «requirements.txt»\n',
    },
    { good: 'FROM python:3.11-slim\nRUN apt-get update && apt-get install -y gcc libpq-dev && pip install psycopg2\n' },
    { good: 'FROM python:3.11\nRUN pip install psycopg2\n' },
  ],
  *check(file, world) {
    for (const stage of file.stages) {
      const bare = bareStage(file, stage, world);
      if (!bare) continue;
      for (const found of ownPackages(file, stage, world)) {
        const need = world.knowledge.packageNeeds.find(({ names }) => names.includes(found.requirement.name));
        if (!need?.build || need.sure !== 'certain' || found.requirement.url !== undefined || systemBrings(file, stage, need.build))
          continue;
        const packages = need.build.filter((name) => name !== 'gcc' && name !== 'build-essential');
        yield {
          span: found.word.span,
          message: `${named(found)} is compiled by pip, and «${bare.image}» has no compiler: «${need.failsWith}». ${need.instead === undefined ? `Install gcc and ${packages[0] ?? ''} first` : `Use ${need.instead}, or install gcc and ${packages[0] ?? ''}`}.`,
          fixes:
            need.instead !== undefined && found.path === undefined
              ? [{ title: `Use ${need.instead}`, safe: false, edits: [{ span: found.requirement.nameSpan, text: need.instead }] }]
              : found.path === undefined || need.instead === undefined
                ? installSystem(file, stage, ['gcc', 'libc6-dev', ...packages.slice(0, 1)])
                : [],
        };
      }
    }
  },
});
