import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import { installsAt } from '../../dockerfile/packages/resolved.ts';
import type { ShellWord } from '../../dockerfile/shell/model.ts';
import { dockerfileRule, type World } from '../../lint/rule.ts';
import { bareStage } from '../shared/packageNeeds.ts';
import { fromOwnWheels, named, ownPackages } from '../shared/stagePackages.ts';
import { stageText } from '../shared/stageText.ts';
import { systemBrings } from '../shared/systemBrings.ts';
import { installSystem } from '../shared/installSystem.ts';
import { beside, pythonPackages } from '../shared/looksAt.ts';
import { pythonInstallsOf } from '../shared/pythonInstalls.ts';

export default dockerfileRule({
  id: 'compile-without-compiler',
  severity: 'error',
  title: 'Install a compiler for packages that come as source, or take their binary',
  why: 'psycopg2, mysqlclient and PyAudio have no wheel for Linux: pip compiles them, and a slim image has no compiler and no headers. `psycopg2-binary` has wheels. What stands as `git+https://…` is fetched by git, which such an image has not either.',
  looksAt: [...pythonPackages, ...beside('RUN', '* git')],
  needs: pythonInstallsOf(({ packageNeeds }) => ['git+', ...packageNeeds.flatMap(({ names, build }) => (build ? names : []))]),
  examples: [
    {
      title: 'wheels that another stage made',
      good: 'FROM python:3.12 AS build\nRUN pip wheel -w /wheels mysqlclient==2.2.4\nFROM python:3.12-slim\nCOPY --from=build /wheels /wheels\nRUN pip install --no-index --find-links=/wheels mysqlclient\n',
    },
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
    {
      title: 'a package that git fetches',
      bad: 'FROM python:3.11-slim\nRUN pip install «git+https://github.com/huggingface/transformers@v4.40.0»\n',
      good: 'FROM python:3.11-slim\nRUN apt-get update && apt-get install -y --no-install-recommends git && rm -rf /var/lib/apt/lists/*\nRUN pip install git+https://github.com/huggingface/transformers@v4.40.0\n',
    },
    {
      title: 'git from elsewhere',
      good: 'FROM python:3.11-slim\nRUN ./setup.sh\nRUN pip install "a @ git+https://github.com/a/a"\nFROM python:3.11-slim\nRUN apt-get update && apt-get install -y "git=1:2.39.*"\nRUN pip install git+https://github.com/a/a\n',
    },
  ],
  *check(file, world) {
    for (const stage of file.stages) {
      const bare = bareStage(file, stage, world);
      if (!bare) continue;
      const fetched = gitWord(file, stage, world);
      if (fetched)
        yield {
          span: fetched.span,
          message: `pip fetches this with git, and «${bare.image}» has none: «Cannot find command 'git'». Install git first, or name an archive: https://…/archive/v1.0.tar.gz.`,
          fixes: installSystem(file, stage, ['git']),
        };
      for (const found of ownPackages(file, stage, world)) {
        const need = world.knowledge.packageNeeds.find(({ names }) => names.includes(found.requirement.name));
        if (
          !need?.build ||
          need.sure !== 'certain' ||
          found.requirement.url !== undefined ||
          fromOwnWheels(found) ||
          systemBrings(file, stage, need.build)
        )
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

/** The first package of a stage that pip fetches with git, where nothing may have brought that. */
function gitWord(file: Dockerfile, stage: Stage, { options: { buildArgs } }: World): ShellWord | undefined {
  for (const instruction of stage.instructions)
    for (const { operands } of installsAt(file, stage, instruction, buildArgs)) {
      const word = operands.find(({ value }) => /^(?:[\w.[\],-]+\s*@\s*)?git\+/.test(value));
      if (word) return systemBrings(file, stage, []) || /\bgit\b/.test(stageText(stage).replace(addresses, '')) ? undefined : word;
    }
  return undefined;
}

const addresses = /git\+\S*|\w+:\/\/\S*|\S*\.git\S*/g;
