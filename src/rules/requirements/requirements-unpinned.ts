import { requirementsRule, type Files } from '../../lint/rule.ts';
import type { Requirements } from '../../python/model.ts';
import { readRequirements } from '../../python/read.ts';
import { folderOf, join } from '../../text/paths.ts';
import { fileProblems } from '../shared/pins.ts';
import { unpinned } from '../shared/pins/unpinned.ts';

export default requirementsRule({
  ...unpinned.about,
  examples: [
    { bad: '«mlflow»\nrequests\n' },
    { good: 'mlflow>=3,<4\ntorch==2.5.1\n' },
    { title: 'constraints say the version', files: { 'constraints.txt': 'mlflow==2.18.0\n' }, good: '-c constraints.txt\nmlflow\n' },
  ],
  *check(file, world) {
    const bound = constrained(file, world.files);
    for (const problem of fileProblems(unpinned, file, world))
      if (!file.requirements.some(({ name, span }) => span.start === problem.span.start && bound.has(name))) yield problem;
  },
});

/** The packages whose versions the constraints of a file fix. */
const constrained = ({ source, options }: Requirements, files: Files): ReadonlySet<string> =>
  new Set(
    options.flatMap(({ name, value }) => {
      const path = join(folderOf(source.path), value);
      const text = name === 'constraint' ? files.read(path) : undefined;
      return text === undefined ? [] : readRequirements(path, text).requirements.flatMap((each) => (each.specifier ? [each.name] : []));
    }),
  );
