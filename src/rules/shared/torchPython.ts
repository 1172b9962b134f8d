import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import { lineage, rootImage } from '../../dockerfile/scope.ts';
import type { KnowledgeBase, TorchRelease } from '../../knowledge/knowledge.ts';
import { imageFacts, torchFacts } from '../../knowledge/lookup.ts';
import { holdsOnLinux } from '../../python/marker.ts';
import type { Requirement } from '../../python/model.ts';
import { compareVersions } from './pins.ts';
import { torchIn } from './torchRange.ts';

/** The Python of a stage's base image, where that is certain. */
export function stagePython(
  knowledge: KnowledgeBase,
  file: Dockerfile,
  stage: Stage,
  buildArgs: Readonly<Record<string, string>>,
): { readonly version: string; readonly image: string } | undefined {
  const image = rootImage(file, stage, buildArgs);
  const facts = image === undefined ? undefined : imageFacts(knowledge, image);
  if (image === undefined || facts?.sure !== 'certain' || facts.python === undefined || facts.python === 'none') return undefined;
  // Another Python may have been put in: uv, conda, pyenv, deadsnakes.
  const other = lineage(stage).some(({ instructions }) =>
    instructions.some(
      ({ keyword, body }) =>
        keyword === 'RUN' && /\b(?:conda|mamba|pyenv|uv venv|uv python|deadsnakes|python3\.\d+-venv)\b/.test(body.text),
    ),
  );
  return other ? undefined : { version: facts.python, image };
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
export const pythonRange = ({ python }: TorchRelease): string =>
  python.length > 1 ? `${python[0] ?? ''} to ${python.at(-1) ?? ''}` : (python[0] ?? '');

/** The oldest release for a Python that is not older than the pinned one; else the newest that has a wheel. */
export function nearestTorch(knowledge: KnowledgeBase, release: TorchRelease, python: string): TorchRelease | undefined {
  const at = knowledge.torch.indexOf(release);
  return (
    knowledge.torch.slice(at + 1).find((each) => each.python.includes(python)) ??
    knowledge.torch.slice(0, at).findLast((each) => each.python.includes(python))
  );
}
