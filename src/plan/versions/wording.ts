import { compareVersions } from '../../rules/shared/pins.ts';
import type { KnowledgeBase } from '../../knowledge/knowledge.ts';
import type { Combination } from './framework.ts';

/** What this machine has, where that is known. */
export interface Machine {
  readonly driver?: string;
  /** The lowest of its GPUs. */
  readonly capability?: string;
}

/** A row to choose from. */
export interface Words {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
}

/** What is said of a combination. */
export function wording(combination: Combination, knowledge: KnowledgeBase, machine: Machine, today: string): Words {
  const { python, cuda, image, from, size, driver, capability, index, sure, version } = combination;
  const end = python === undefined ? undefined : knowledge.endOfLife['python']?.[python]?.eol;
  const ended = end !== undefined && end < today ? `Python ${python ?? ''} ended on ${end}` : undefined;
  const label = [python === undefined ? 'Python of the image' : `Python ${python}`, ...(cuda === undefined ? [] : [`CUDA ${cuda}`])].join(
    ' · ',
  );
  const parts = [
    ended,
    size && `about ${gigabytes(size[0])} unpacked`,
    driver === undefined ? undefined : `driver ${driver} or newer${has(driver, machine.driver)}`,
    capability === undefined ? undefined : `GPUs from compute capability ${capability}${has(capability, machine.capability)}`,
    index && !index.pypi ? `${combination.framework} ${version}+${index.tag}` : undefined,
    from === 'kept' ? 'the image stays' : undefined,
    sure === 'likely' ? 'likely, not checked for every tag' : undefined,
  ];
  return { label, description: image, detail: parts.filter((part) => part !== undefined).join(' · ') };
}

const gigabytes = (megabytes: number): string => (megabytes < 1000 ? `${megabytes} MB` : `${(megabytes / 1000).toFixed(1)} GB`);

/** Says whether this machine has enough. */
const has = (needed: string, own: string | undefined): string =>
  own === undefined ? '' : compareVersions(own, needed) >= 0 ? ` (here: ${own} ✓)` : ` (here: ${own}, too old ✗)`;
