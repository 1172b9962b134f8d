import type { BaseImage, KnowledgeBase } from '../../knowledge/knowledge.ts';
import { imageFacts } from '../../knowledge/lookup.ts';
import type { Live } from '../../lint/rule.ts';
import { cudaTagDeleted, cudaTagFault, isCudaImage } from '../../rules/shared/cudaTag.ts';
import { distroOf, externallyManaged } from '../../rules/shared/distro.ts';
import { officialImages } from '../../rules/shared/officialImages.ts';
import { minimumDriver, stackOf } from '../../rules/shared/imageStack.ts';
import { compareVersions } from '../../rules/shared/pins.ts';
import { imageReference, tableName, type ImageReference } from '../../text/imageReference.ts';
import { imagePage } from '../imagePage.ts';
import { bytes, table } from './markdown.ts';
import { onEngine } from './onEngine.ts';

/** What a card takes into account besides the tables. */
export interface CardWorld {
  readonly knowledge: KnowledgeBase;
  readonly live: Live;
  readonly today: string;
}

/** What is known about a base image, in Markdown; undefined when nothing is. */
export function imageCard(reference: string, world: CardWorld): string | undefined {
  const { knowledge, live, today } = world;
  const parts = imageReference(reference);
  const facts = imageFacts(knowledge, reference);
  const stack = stackOf(parts, knowledge);
  const distro = distroOf(parts);
  if (!facts && !distro && !stack.cuda) return undefined;
  const python = stack.python ?? facts?.python;
  const life = distro && knowledge.endOfLife[distro.product]?.[distro.cycle];
  const distroEnd = distro?.product === 'debian' ? (life?.eoes ?? life?.eol) : life?.eol;
  const pythonEnd = python === undefined ? undefined : knowledge.endOfLife['python']?.[python]?.eol;
  const driver = stack.driver ?? (stack.cuda === undefined ? undefined : minimumDriver(stack.cuda, knowledge));
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['Framework', stack.framework?.replace(/^torch /, 'PyTorch ')],
    ['Python', python === 'none' ? 'none' : python === undefined ? undefined : python + ending(pythonEnd, today)],
    ['CUDA', stack.cuda],
    ['cuDNN', stack.cudnn],
    ['Driver', driver === undefined ? undefined : `at least ${driver}${thisMachine(driver, live)}`],
    ['System', distro ? distro.name + ending(distroEnd, today) : facts?.os],
    ['User', facts?.user],
    ['Package manager', facts?.packages.length ? facts.packages.join(', ') : undefined],
    ['Has', facts && tools(facts, true)],
    ['Lacks', facts && tools(facts, false)],
    ['Size', facts?.size && `about ${bytes(facts.size[0])} to ${bytes(facts.size[1])} unpacked`],
  ];
  return [`**${facts?.name ?? parts.name}** \`${reference}\``, table(rows), ...notes(parts, facts, world)].join('\n\n');
}

/** An image that the tables do not know: its page, and whether the engine has it; undefined when there is neither. */
export function otherImageCard(reference: string, live: Live): string | undefined {
  const parts = imageReference(reference);
  // A bare name that Docker Hub does not have is an image of this machine, or a build context.
  const page =
    parts.registry === 'docker.io' && !parts.name.includes('/') && !officialImages.has(parts.name) ? undefined : imagePage(reference);
  const here = onEngine(reference, live);
  if (!page && here === undefined) return undefined;
  return [
    `**${parts.name}** \`${reference}\``,
    ...(here === undefined ? [] : [`On this engine already${here === '' ? '' : `: ${here}`}.`]),
    ...(page ? [`[${page.url.replace(/^https:\/\//, '')}](${page.url})`] : []),
  ].join('\n\n');
}

function notes(parts: ImageReference, facts: BaseImage | undefined, { knowledge, live }: CardWorld): string[] {
  const found: string[] = [];
  const distro = distroOf(parts);
  if (isCudaImage(parts) && parts.tag !== undefined) {
    const gone = cudaTagDeleted(parts.tag);
    const fault = gone ? undefined : cudaTagFault(parts.tag, knowledge);
    if (gone) found.push(`⚠ ${gone.why}.`);
    if (fault) found.push(`⚠ This tag does not exist: ${fault.why}.${fault.better === undefined ? '' : ` \`${fault.better}\` does.`}`);
    if (/-base-/.test(parts.tag)) found.push('`base` holds libcudart only: enough for pip’s torch, jax[cuda] and tensorflow[and-cuda].');
    if (/-devel-/.test(parts.tag)) found.push('`devel` has nvcc and headers, to compile extensions; ship `base` or `runtime`.');
  }
  if (facts?.libc === 'musl') found.push('musl: there are no wheels of torch, TensorFlow or onnxruntime for it.');
  if (distro && externallyManaged(distro) && parts.name !== 'python')
    found.push('pip of the system installs into virtual environments only (PEP 668).');
  if (facts?.note !== undefined) found.push(facts.note);
  const here = onEngine(tableName(parts), live);
  if (here !== undefined) found.push(`On this engine already${here === '' ? '' : `: ${here}`}.`);
  if (facts && facts.sure !== 'certain') found.push('_Likely; not checked for every tag._');
  return found;
}

function thisMachine(driver: string, live: Live): string {
  if (live.driver === undefined) return '';
  return compareVersions(live.driver, driver) >= 0 ? `; this engine has ${live.driver} ✓` : `; **this engine has ${live.driver}** ✗`;
}

function ending(end: string | undefined, today: string): string {
  if (end === undefined) return '';
  return end < today ? ` — **ended on ${end}**` : ` (until ${end})`;
}

const tools = ({ tools: known }: BaseImage, there: boolean): string | undefined =>
  Object.entries(known)
    .filter(([, has]) => has === there)
    .map(([name]) => name)
    .join(', ') || undefined;
