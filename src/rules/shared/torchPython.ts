import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import { systemInstalls } from '../../dockerfile/packages/system.ts';
import { allInstructions, lineage, rootImage } from '../../dockerfile/scope.ts';
import type { KnowledgeBase, TensorflowRelease, TorchRelease } from '../../knowledge/knowledge.ts';
import { imageFacts, torchFacts } from '../../knowledge/lookup.ts';
import { holdsOnLinux } from '../../python/marker.ts';
import type { Requirement } from '../../python/model.ts';
import { imageReference } from '../../text/imageReference.ts';
import { distroOf, systemPython } from './distro.ts';
import { compareVersions, minor } from './pins.ts';
import { textOf } from './stageText.ts';
import { torchIn } from './torchRange.ts';
import { Attached } from '../../text/attached.ts';

/** Anything by which another Python may get into an image: uv, conda, pyenv, deadsnakes, a package of its own. */
const another =
  /\b(?:conda|mamba|micromamba|miniconda|pyenv|uv venv|uv python|deadsnakes|pixi|get-pip|python3\.\d+(?:-venv)?|Python-3\.)\b/i;

interface StagePython {
  readonly version: string;
  readonly image: string;
}

interface Asked {
  readonly knowledge: KnowledgeBase;
  readonly buildArgs: BuildArgs;
  readonly python: StagePython | undefined;
}

type BuildArgs = Readonly<Record<string, string>>;

const cache = new Attached<Stage, Asked>();

/** The Python of a stage: that of its base image, or that of the distribution once it is installed; only where that is certain. */
export function stagePython(knowledge: KnowledgeBase, file: Dockerfile, stage: Stage, buildArgs: BuildArgs): StagePython | undefined {
  let asked = cache.get(stage);
  if (asked?.knowledge !== knowledge || asked.buildArgs !== buildArgs)
    cache.set(stage, (asked = { knowledge, buildArgs, python: pythonOf(knowledge, file, stage, buildArgs) }));
  return asked.python;
}

function pythonOf(knowledge: KnowledgeBase, file: Dockerfile, stage: Stage, buildArgs: BuildArgs): StagePython | undefined {
  const image = rootImage(file, stage, buildArgs);
  const facts = image === undefined ? undefined : imageFacts(knowledge, image);
  if (image === undefined || facts?.sure !== 'certain' || facts.python === undefined) return undefined;
  const runs = lineage(stage).flatMap(({ instructions }) => instructions.filter(({ keyword }) => keyword === 'RUN'));
  if (facts.python === 'none') {
    // Reading what every RUN installs comes last: most have another Python, or none.
    if (!runs.some(({ body }) => body.text.includes('python')) || runs.some(({ body }) => another.test(body.text))) return undefined;
    const version = distributionPython(file, stage, image);
    return version === undefined ? undefined : { version, image };
  }
  // Another Python may have been put in: uv, conda, pyenv, deadsnakes.
  const other = runs.some(
    ({ body }) =>
      /\b(?:conda|mamba|pyenv|uv python|deadsnakes|python3\.\d+-venv)\b/.test(body.text) ||
      [...body.text.matchAll(/\bpython(3\.\d+)\b/g)].some(([, version]) => version !== facts.python),
  );
  return other || choosesVenv(stage) ? undefined : { version: facts.python, image };
}

/** Whether `uv venv` may take another Python than that of the image: by an option, a variable, or a file of the project that is there by then. */
function choosesVenv(stage: Stage): boolean {
  let files = false;
  for (const { keyword, body, flags } of allInstructions(stage)) {
    if ((keyword === 'COPY' || keyword === 'ADD') && !flags.some(({ name }) => name === 'from')) files = true;
    if ((keyword === 'ENV' || keyword === 'ARG') && body.text.includes('UV_PYTHON')) return true;
    const call = keyword === 'RUN' ? /\buv venv\b[^&|;\n]*/.exec(body.text)?.[0] : undefined;
    if (call !== undefined && (files || /\s(?:-p|--python)|UV_PYTHON|--mount/.test(body.text))) return true;
  }
  return false;
}

const distributions = /^(?:python3|python3-(?:pip|venv|dev|minimal)|python-is-python3)(?:$|[=<>~:/])/;

/** The Python that apt brings to an image that has none. */
function distributionPython(file: Dockerfile, stage: Stage, image: string): string | undefined {
  const distro = distroOf(imageReference(image));
  if (!distro) return undefined;
  const installed = allInstructions(stage).some(
    (instruction) =>
      textOf(instruction).includes('python') &&
      systemInstalls(file, instruction).some(({ packages }) => packages.some(({ value }) => distributions.test(value))),
  );
  if (!installed) return undefined;
  // What another stage hands over may hold a Python too; programs such as uv do not.
  const handed = lineage(stage).some(({ instructions }) =>
    instructions.some(
      ({ keyword, flags, args }) =>
        keyword === 'COPY' && flags.some(({ name }) => name === 'from') && args.slice(0, -1).some(({ value }) => !/\/uvx?$/.test(value)),
    ),
  );
  return handed ? undefined : systemPython(distro);
}

/** The torch release that a requirement names, when no wheel of it fits a Python; of a range the one that comes nearest. */
export function unsupportedTorch(
  knowledge: KnowledgeBase,
  { name, pinned, marker, specifier, url }: Requirement,
  python: string,
): TorchRelease | undefined {
  if (name !== 'torch' || url !== undefined || holdsOnLinux(marker, { python }) !== true) return undefined;
  if (pinned === undefined) return unsupportedRange(knowledge, specifier, python);
  const release = torchFacts(knowledge, pinned);
  return release && !release.python.includes(python) ? release : undefined;
}

const tensorflows: readonly string[] = ['tensorflow', 'tensorflow-cpu', 'tensorflow-gpu'];

/** The TensorFlow release that a requirement pins, when it has no wheel for a Python: those have never been added later. */
export function unsupportedTensorflow(
  { tensorflow }: KnowledgeBase,
  { name, pinned, marker, url }: Requirement,
  python: string,
): TensorflowRelease | undefined {
  if (!tensorflows.includes(name) || pinned === undefined || url !== undefined || holdsOnLinux(marker, { python }) !== true)
    return undefined;
  const release = tensorflow.find((each) => /^2\./.test(pinned) && minor(each.version) === minor(pinned));
  return release && !release.python.includes(python) ? release : undefined;
}

/** Releases that are not in the table may fit too: older ones an older Python, newer ones a newer one. */
function unsupportedRange({ torch }: KnowledgeBase, specifier: string, python: string): TorchRelease | undefined {
  const allowed = torchIn(torch, specifier);
  const [oldest] = allowed;
  const newest = allowed.at(-1);
  if (!oldest || !newest || allowed.some((release) => release.python.includes(python))) return undefined;
  if (oldest !== torch[0] && compareVersions(python, oldest.python[0] ?? '') < 0) return oldest;
  return newest !== torch.at(-1) && compareVersions(python, newest.python.at(-1) ?? '') > 0 ? newest : undefined;
}

/** The version that a requirement asks for, as a message says it: `2.1.0`, or `<2.2`. */
export const askedVersion = ({ pinned, specifier }: Requirement): string => pinned ?? specifier;

/** `3.8 to 3.11`. */
export const pythonRange = ({ python }: Pick<TorchRelease, 'python'>): string =>
  python.length > 1 ? `${python[0] ?? ''} to ${python.at(-1) ?? ''}` : (python[0] ?? '');

/** The oldest release for a Python that is not older than the pinned one; else the newest that has a wheel. */
export function nearestTorch(knowledge: KnowledgeBase, release: TorchRelease, python: string): TorchRelease | undefined {
  const at = knowledge.torch.indexOf(release);
  return (
    knowledge.torch.slice(at + 1).find((each) => each.python.includes(python)) ??
    knowledge.torch.slice(0, at).findLast((each) => each.python.includes(python))
  );
}
