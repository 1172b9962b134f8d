import { dockerfileRule } from '../../lint/rule.ts';
import { needyPackages } from '../shared/packageNeeds.ts';
import { named } from '../shared/stagePackages.ts';
import { systemBrings } from '../shared/systemBrings.ts';
import { installSystem } from '../shared/installSystem.ts';
import { beside, pythonPackages } from '../shared/looksAt.ts';
import { pythonInstallsOf } from '../shared/pythonInstalls.ts';

export default dockerfileRule({
  id: 'apt-lib-missing',
  severity: 'warning',
  title: 'Install the system libraries that Python packages load',
  why: 'Some packages load a library or call a program that pip does not bring: LightGBM needs libgomp, pyodbc unixODBC, pdf2image poppler, PySpark Java. In a slim image the build succeeds and the import fails.',
  reach: 'file',
  looksAt: [...pythonPackages, ...beside('RUN', 'COPY --from')],
  needs: pythonInstallsOf(({ packageNeeds }) => packageNeeds.flatMap(({ names, libraries }) => (libraries ? names : []))),
  examples: [
    {
      bad: 'FROM python:3.11-slim\nRUN pip install «lightgbm==4.5.0»\n',
      good: 'FROM python:3.11-slim\nRUN apt-get update && apt-get install -y --no-install-recommends libgomp1 && rm -rf /var/lib/apt/lists/*\nRUN pip install lightgbm==4.5.0\n',
    },
    {
      title: 'the builder has it, the last stage does not',
      bad: 'FROM python:3.11-slim AS build\nRUN apt-get update && apt-get install -y libgomp1\nRUN python -m venv /venv && /venv/bin/pip install «lightgbm»\nFROM python:3.11-slim\nCOPY --from=build /venv /venv\n',
    },
    { good: 'FROM python:3.11-slim\nRUN apt-get update && apt-get install -y libgomp1 && pip install lightgbm\n' },
    { good: 'FROM python:3.11\nRUN pip install lightgbm\n' },
  ],
  *check(file, world) {
    const reported = new Set<string>();
    for (const { found, need, stage, image } of needyPackages(file, world)) {
      const [first] = need.libraries ?? [];
      const { name } = found.requirement;
      if (first === undefined || need.sure !== 'certain' || name.startsWith('opencv-') || reported.has(name)) continue;
      if (systemBrings(file, stage, need.libraries ?? [])) continue;
      reported.add(name);
      yield {
        span: found.word.span,
        message: `${named(found)} needs ${first}, which «${image}» does not have: at run time it ends with «${need.failsWith}». Install ${first} with apt-get in the last stage.`,
        fixes: installSystem(file, stage, [first]),
      };
    }
  },
});
