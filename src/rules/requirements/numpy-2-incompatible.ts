import { requirementsRule, type Fix, type Problem, type World } from '../../lint/rule.ts';
import type { Requirement, Requirements } from '../../python/model.ts';
import { installers } from '../shared/installers.ts';
import { lockBeside, lockedRequirements } from '../shared/locked.ts';
import { numpyAbout, numpyMessage } from '../shared/numpyMessage.ts';
import { numpyTwo } from '../shared/numpyTwo.ts';
import { allowedPythons } from '../shared/projectPython.ts';
import { compareVersions, fileProblems, pinText } from '../shared/pins.ts';
import { stagePython } from '../shared/torchPython.ts';

export default requirementsRule({
  ...numpyAbout,
  examples: [
    {
      bad: 'torch==2.2.2\n«numpy==2.0.2»\n',
      good: 'torch==2.2.2\nnumpy<2\n',
    },
    {
      title: 'pip takes the newest, with the Python of the image',
      files: {
        Dockerfile: 'FROM python:3.11-slim\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n',
        'requirements.txt': 'torch==2.1.0\nnumpy\nfastapi\n',
      },
      bad: 'torch==2.1.0\n«numpy»\nfastapi\n',
      good: 'torch==2.1.0\nnumpy<2\nfastapi\n',
    },
    {
      title: 'another package brings it',
      files: {
        Dockerfile: 'FROM python:3.11-slim\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n',
        'requirements.txt': 'flask==3.1.0\nonnxruntime==1.17.3\n',
      },
      bad: 'flask==3.1.0\n«onnxruntime==1.17.3»\n',
      good: 'flask==3.1.0\nnumpy<2\nonnxruntime==1.17.3\n',
    },
    {
      title: 'the Pythons that a project asks for',
      path: 'pyproject.toml',
      bad: '[project]\nrequires-python = ">=3.10"\ndependencies = ["torch==2.1.2", "«numpy»", "transformers==4.37.2"]\n',
      good: '[project]\nrequires-python = ">=3.10"\ndependencies = ["torch==2.1.2", "numpy<2", "transformers==4.37.2"]\n',
    },
    {
      title: 'nobody says with which Python: the packages are as old as theirs',
      good: 'opencv-python-headless==4.2.0.34\nnumpy\n',
    },
    {
      title: 'pip refuses what is asked for',
      path: 'pyproject.toml',
      bad: '[project]\ndependencies = ["tensorflow==2.15.1", "«numpy>=2»"]\n',
      good: '[project]\ndependencies = ["tensorflow==2.15.1", "numpy<2"]\n',
    },
    {
      title: 'bound; not needed; built for it',
      good: 'torch==2.1.0\nnumpy<2\nopencv-python==4.8.1.78\n',
    },
    { good: 'torch==2.1.0\n' },
    { good: 'torch==2.3.1\nnumpy==2.0.2\npandas==2.2.2\nopencv-python==4.10.0.84\n' },
    { title: 'one of the packages asks pip for NumPy 1', good: 'torch==2.1.0\nnumpy\ntensorflow==2.15.1\nscipy==1.11.4\n' },
    {
      title: 'a Python that NumPy 2 is not made for',
      files: {
        Dockerfile: 'FROM python:3.8-slim\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n',
        'requirements.txt': 'torch==2.1.0\nnumpy\n',
      },
      good: 'torch==2.1.0\nnumpy\n',
    },
    {
      title: 'an image that has its own NumPy',
      files: {
        Dockerfile: 'FROM pytorch/pytorch:2.2.0-cuda12.1-cudnn8-runtime\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n',
        'requirements.txt': 'torch==2.2.0\nnumpy\n',
      },
      good: 'torch==2.2.0\nnumpy\n',
    },
    {
      title: 'what the lock file pins',
      path: 'pyproject.toml',
      files: {
        'pyproject.toml': '[project]\ndependencies = ["torch==2.1.0", "numpy"]\n',
        'uv.lock': '[[package]]\nname = "torch"\nversion = "2.1.0"\n\n[[package]]\nname = "numpy"\nversion = "1.26.4"\n',
      },
      good: '[project]\ndependencies = ["torch==2.1.0", "numpy"]\n',
    },
    {
      title: 'a lock that says what is installed, and not why',
      path: 'Pipfile',
      files: {
        Dockerfile: 'FROM python:3.9-slim\nCOPY Pipfile Pipfile.lock ./\nRUN pip install pipenv && pipenv install --system --deploy\n',
        Pipfile: '[packages]\nscikit-learn = "==1.0.2"\nflask = "*"\n',
        'Pipfile.lock':
          '{\n    "default": {\n        "numpy": {\n            "version": "==1.22.4"\n        },\n        "scikit-learn": {\n            "version": "==1.0.2"\n        }\n    }\n}\n',
      },
      good: '[packages]\nscikit-learn = "==1.0.2"\nflask = "*"\n',
    },
    { title: 'conda chooses what fits', path: 'environment.yml', good: 'dependencies:\n  - pytorch=2.1.0\n  - numpy\n' },
  ],
  check: (file, world) =>
    fileProblems(
      {
        about: numpyAbout,
        problems: (pins) =>
          problems(
            file,
            // What stands in another file has its places there.
            pins.flatMap(({ requirement, exact }) => (exact ? [requirement] : [])),
            world,
          ),
      },
      { ...file, requirements: lockedRequirements(file, world.files) },
      world,
    ),
});

function* problems(file: Requirements, requirements: readonly Requirement[], world: World): Iterable<Problem> {
  const found = numpyTwo(requirements, world.knowledge);
  if (!found) return;
  const { old, numpy, asked, alone } = found;
  const pythons = asked ? [] : pythonsOf(file, world);
  // conda's own numpy, or what a constraint or a lock says, is not seen here.
  if (!pythons || (!asked && (file.format === 'conda' || file.options.some(({ name }) => name === 'constraint' || name === 'requirement'))))
    return;
  // A lock says it, also where it does not say what needs what.
  if (!asked && lockBeside(file, world.files)?.packages.has('numpy')) return;
  // NumPy 2 is for Python 3.9 and newer, and what is pinned may be as old as its Python.
  if (!asked && (!pythons.length || pythons.some((python) => compareVersions(python, '3.9') < 0))) return;
  const place = numpy ?? old;
  yield {
    span: place.span,
    ...(asked || alone ? {} : { severity: 'info' as const }),
    message: numpyMessage(found),
    fixes: place.via === undefined && !place.hashed ? fixes(file, place, numpy !== undefined) : [],
  };
}

/** The Pythons of the images that install a file, and the oldest that it asks for; undefined when an image may bring a NumPy of its own. */
function pythonsOf(file: Requirements, world: World): readonly string[] | undefined {
  const found = installers(file.source.path, world).map(({ dockerfile, stage }) =>
    stagePython(world.knowledge, dockerfile, stage, world.options.buildArgs),
  );
  if (!found.every((python) => python && plain.test(python.image))) return undefined;
  const oldest = allowedPythons(file.python?.specifier)?.[0];
  return [...found.flatMap((python) => python?.version ?? []), ...(oldest === undefined ? [] : [oldest])];
}
const plain = /^(?:docker\.io\/)?(?:library\/)?(?:python|ubuntu|debian|nvidia\/cuda):/;

function fixes({ source, format }: Requirements, place: Requirement, named: boolean): readonly Fix[] {
  const title = 'Use NumPy 1';
  const { nameSpan, specifierSpan, span } = place;
  if (named) {
    const text = place.entry ? pinText({ requirement: place }, '<2').replace(/^=*/, '') : '<2';
    if (place.entry && !specifierSpan) return [];
    return [{ title, safe: false, edits: [{ span: specifierSpan ?? { start: nameSpan.end, end: nameSpan.end }, text }] }];
  }
  const alone = format === 'pip' && /(?:^|\n)$/.test(source.text.slice(0, span.start));
  return alone ? [{ title, safe: false, edits: [{ span: { start: span.start, end: span.start }, text: 'numpy<2\n' }] }] : [];
}
