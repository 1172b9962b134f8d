import { satisfies } from '@renovatebot/pep440';
import type { KnowledgeBase, TorchRelease } from '../../knowledge/knowledge.ts';
import { torchFacts } from '../../knowledge/lookup.ts';
import type { Device, ProjectKind, Tables } from './kind.ts';
import type { Survey } from './survey.ts';

/** A device to choose, and what there is to say of it. */
export interface DeviceChoice {
  readonly device: Device;
  readonly label: string;
  readonly detail: string;
}

/** The torch that a project gets: the one it pins, else the newest known; undefined when it has no torch. */
export function torchOf(
  { packages, imports }: Survey,
  kind: Pick<ProjectKind, 'begins'>,
  knowledge: KnowledgeBase,
): TorchRelease | undefined {
  const named = packages.size ? packages.has('torch') : imports.has('torch') || (kind.begins ?? []).includes('torch');
  if (!named) return undefined;
  const pinned = packages.get('torch');
  return pinned === undefined ? knowledge.torch.at(-1) : torchFacts(knowledge, pinned);
}

/** The minor version of Python: one that the folder's own words, its torch and the calendar allow. */
export function pythonFor({ python }: Survey, torch: TorchRelease | undefined, { starters }: Tables): string {
  const allowed = (minor: string): boolean =>
    python === undefined ||
    (/^\d+\.\d+$/.test(python) ? python === minor : satisfies(`${minor}.99`, python) || satisfies(`${minor}.0`, python));
  const usable = (minor: string): boolean => torch === undefined || torch.python.includes(minor);
  const exact = python !== undefined && /^\d+\.\d+$/.test(python) ? python : undefined;
  return (
    starters.python.find((minor) => allowed(minor) && usable(minor)) ??
    exact ??
    torch?.python.at(-1) ??
    starters.python.find(allowed) ??
    '3.12'
  );
}

/** Packages that import torch while they are built, and are compiled for CUDA. */
const buildOnTorch: readonly string[] = ['flash-attn', 'causal-conv1d', 'mamba-ssm'];

/** Those of a project. */
export const builtOnTorch = ({ packages }: Survey): readonly string[] => buildOnTorch.filter((name) => packages.has(name));

/** The devices worth offering: the CPU, and one row for each CUDA build of the torch in question. */
export function devicesFor(survey: Survey, kind: ProjectKind, { knowledge }: Tables): readonly DeviceChoice[] {
  const cpu: DeviceChoice = { device: { kind: 'cpu' }, label: 'CPU', detail: 'Runs everywhere' };
  if (kind.gpu === 'no') return [cpu];
  const torch = kind.python ? torchOf(survey, kind, knowledge) : undefined;
  const cuda = torch?.wheels.filter((wheel) => wheel.cuda !== undefined) ?? [];
  const first = cuda.find((wheel) => wheel.cuda === torch?.pypiCuda);
  // A lock file has chosen already, and poetry takes what its project says: the index that its project names, else the build on PyPI.
  const locked =
    torch && kind.python && /^(?:uv\.lock|poetry)$/.test(survey.dependencies)
      ? survey.torchTags.length
        ? survey.torchTags
        : [first?.tag]
      : undefined;
  const wheels = locked ? cuda.filter(({ tag }) => locked.includes(tag)) : cuda;
  if (locked && !wheels.length) return [cpu];
  const gpus: readonly DeviceChoice[] = wheels.length
    ? [...(first && wheels.includes(first) ? [first] : []), ...wheels.toReversed().filter((wheel) => wheel !== first)].map((build) => ({
        device: { kind: 'gpu', build },
        label: `NVIDIA GPU, CUDA ${build.cuda ?? ''}`,
        detail: `torch ${torch?.version ?? ''}+${build.tag}: driver from ${build.minDriver ?? 'any'}, GPUs from compute capability ${build.minComputeCapability ?? 'any'}`,
      }))
    : [{ device: { kind: 'gpu' }, label: 'NVIDIA GPU', detail: 'The host needs a driver and the NVIDIA container toolkit' }];
  const gpuOnly = kind.gpu === 'required' || (kind.python && builtOnTorch(survey).length > 0);
  return gpuOnly || (locked && !locked.includes('cpu')) ? gpus : [cpu, ...gpus];
}
