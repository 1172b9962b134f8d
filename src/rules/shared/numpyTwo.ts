import { satisfies, validRange } from '@renovatebot/pep440';
import type { KnowledgeBase, NumpyBuild } from '../../knowledge/knowledge.ts';
import type { Requirement } from '../../python/model.ts';
import { compareVersions, publicVersion } from './pins.ts';

/** A package that was compiled for NumPy 1, and the NumPy 2 that comes beside it. */
export interface NumpyTwo<T extends Requirement> {
  readonly build: NumpyBuild;
  readonly old: T;
  /** What names numpy, where anything does. */
  readonly numpy?: T;
  /** Whether NumPy 2 is asked for: otherwise pip takes it because nothing speaks against it. */
  readonly asked: boolean;
  /** Whether no other package here may speak against it. */
  readonly alone: boolean;
}

/** Releases of NumPy: the last of every minor version that is still installed, the second ones from 2 on. */
const ones = ['1.17.5', '1.19.5', '1.21.6', '1.22.4', '1.23.5', '1.24.4', '1.25.2', '1.26.4'];
const twos = ['2.0.2', '2.1.3', '2.2.6', '2.3.5', '2.4.0'];

/** The package of a set installed together that fails with the NumPy that it gets. */
export function numpyTwo<T extends Requirement>(requirements: readonly T[], { numpyBuilds }: KnowledgeBase): NumpyTwo<T> | undefined {
  const found = requirements.flatMap((old) => {
    const build = numpyBuilds.find(({ name }) => name === old.name);
    return build && isBefore(old, build.since) ? [{ build, old }] : [];
  });
  const [first] = found;
  if (!first) return undefined;
  // The last one counts: installed again, it takes the place of the one before.
  const numpy = requirements.findLast(({ name }) => name === 'numpy');
  if (numpy?.url !== undefined) return undefined;
  const range = numpy?.pinned === undefined ? (numpy?.specifier ?? '') : `==${publicVersion(numpy.pinned)}`;
  if (range && !validRange(range)) return undefined;
  const allows = (version: string): boolean => range === '' || satisfies(version, range);
  const asked =
    numpy !== undefined &&
    range !== '' &&
    (numpy.pinned === undefined ? twos.some(allows) && !ones.some(allows) : compareVersions(numpy.pinned, '2') >= 0);
  if (asked) return { ...first, numpy, asked, alone: true };
  if (numpy?.pinned !== undefined || !twos.some(allows)) return undefined;
  // pip looks for versions that suit all: one that asks for NumPy 1 decides.
  if (found.some(({ build, old }) => asks(build, old) === 'older')) return undefined;
  const open = found.find(({ build, old }) => numpy || asks(build, old) === 'any');
  const brought = open ?? (requirements.some(({ name }) => name === 'torchvision') ? first : undefined);
  if (!brought) return undefined;
  const known = new Set([...found.map(({ old }) => old), ...(numpy ? [numpy] : [])]);
  return {
    ...brought,
    ...(numpy ? { numpy } : {}),
    asked,
    alone: requirements.every((each) => known.has(each) || indifferent.has(each.name)),
  };
}

/** Packages that leave the version of numpy open, or do not use it. */
const indifferent = new Set(
  `torch torchvision torchaudio pillow tqdm requests httpx fastapi uvicorn flask gunicorn pydantic pydantic-settings starlette python-multipart python-dotenv pyyaml jinja2 click rich typer boto3
  redis celery sqlalchemy psycopg2 psycopg2-binary pymysql aiohttp aiofiles websockets einops safetensors tokenizers huggingface-hub protobuf grpcio psutil prometheus-client loguru packaging setuptools wheel pip
  jupyter jupyterlab notebook ipykernel ipython pytest black ruff flake8 mypy imageio timm wandb tensorboard hydra-core omegaconf gdown joblib typing-extensions filelock fsspec cython ninja regex sentencepiece`.split(
    /\s+/,
  ),
);

function asks({ asks: said }: NumpyBuild, { pinned }: Requirement): 'any' | 'older' | undefined {
  if (said === undefined || typeof said === 'string') return said;
  return pinned !== undefined && compareVersions(pinned, said.from) >= 0 && compareVersions(pinned, said.to) < 0 ? 'any' : 'older';
}

/** Whether a requirement allows only versions before one. */
function isBefore({ pinned, specifier, url, conda }: Requirement, since: string): boolean {
  if (url !== undefined || conda) return false;
  // A build that somebody made for himself goes with what he built beside it.
  if (pinned !== undefined) return !/\+(?!cpu|cu\d|rocm|xpu)/.test(pinned) && compareVersions(pinned, since) < 0;
  const below = /<\s*(\d[\d.]*)/.exec(specifier)?.[1];
  if (below !== undefined) return compareVersions(below, since) <= 0;
  const within = /<=\s*(\d[\d.]*)/.exec(specifier)?.[1] ?? /(?:~=|==)\s*(\d+\.\d+)\.(?:\d+|\*)/.exec(specifier)?.[1];
  return within !== undefined && compareVersions(`${within}.999`, since) < 0;
}
