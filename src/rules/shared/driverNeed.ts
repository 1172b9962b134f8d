import type { KnowledgeBase } from '../../knowledge/knowledge.ts';
import { torchFacts } from '../../knowledge/lookup.ts';
import type { Live, World } from '../../lint/rule.ts';
import { imageReference } from '../../text/imageReference.ts';
import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import { minimumDriver, stackOf } from './imageStack.ts';
import { compareVersions } from './pins.ts';
import { stagePackages } from './stagePackages.ts';
import { torchSource } from './torchSource.ts';

/** A CUDA that asks more than the driver of a machine has. */
export interface DriverNeed {
  /** What brings it: `torch 2.11.0+cu130`. */
  readonly what: string;
  readonly cuda: string;
  readonly driver: string;
  /** Whether what says so is not certain. */
  readonly unsure?: true;
}

/** GPUs that CUDA’s compatibility package, which NVIDIA’s images hold, does not serve. */
const consumer = /GeForce|TITAN|GTX|RTX \d0\d0(?!\d)|^(?:NVIDIA )?RTX [2345]0/;

/** What the CUDA of an image asks, when the engine’s driver is certainly too old for it. */
export function imageDriverNeed(image: string, live: Live, knowledge: KnowledgeBase): DriverNeed | undefined {
  if (live.driver === undefined) return undefined;
  const parts = imageReference(image);
  const { cuda, unsure } = stackOf(parts, knowledge);
  const driver = cuda === undefined ? undefined : minimumDriver(cuda, knowledge);
  if (cuda === undefined || driver === undefined || compareVersions(live.driver, driver) >= 0) return undefined;
  const compatible = !(parts.registry === 'docker.io' && parts.name === 'pytorch/pytorch');
  // With that package, GPUs of data centres run a newer CUDA on an older driver.
  if (compatible && !(live.gpus.length && live.gpus.every(({ name }) => consumer.test(name)))) return undefined;
  return { what: `«${image}»`, cuda, driver, ...(unsure ? { unsure } : {}) };
}

/** What a torch pinned to a build of PyTorch’s index asks, when the engine’s driver is too old for it. */
export function torchDriverNeed(file: Dockerfile, stage: Stage, world: World): DriverNeed | undefined {
  const { live, knowledge } = world;
  if (live.driver === undefined) return undefined;
  for (const { requirement, install, stage: own } of stagePackages(file, stage, world)) {
    if (requirement.name !== 'torch' || requirement.pinned === undefined) continue;
    const source = torchSource(file, own, install, world);
    const tag = source.kind === 'index' ? source.tag : undefined;
    const wheel = torchFacts(knowledge, requirement.pinned)?.wheels.find((each) => each.tag === tag);
    if (wheel?.cuda === undefined || wheel.minDriver === undefined || compareVersions(live.driver, wheel.minDriver) >= 0) continue;
    return { what: `torch ${requirement.pinned.replace(/\+.*$/, '')}+${wheel.tag}`, cuda: wheel.cuda, driver: wheel.minDriver };
  }
  return undefined;
}
