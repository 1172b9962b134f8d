import type { JaxRelease, KnowledgeBase } from '../../knowledge/knowledge.ts';
import type { Requirement } from '../../python/model.ts';

/** What to ask for in the place of plain `jax`, when no requirement brings its CUDA part: `jax[cuda12]`. */
export function plainJax(
  requirements: readonly Requirement[],
  { jax }: Pick<KnowledgeBase, 'jax'>,
): { readonly requirement: Requirement; readonly extra: string } | undefined {
  // conda chooses the build by the machine.
  const requirement = requirements.find(({ name, conda }) => name === 'jax' && !conda);
  if (!requirement || requirement.extras.length || requirement.url !== undefined || requirement.marker !== undefined) return undefined;
  if (
    requirements.some(
      ({ name, extras, url, pinned }) =>
        /^jax-(?:cuda|rocm|metal)|^jax-plugin/.test(name) ||
        (name === 'jaxlib' && (url !== undefined || (pinned ?? '').includes('+'))) ||
        (name === 'jax' && extras.length),
    )
  )
    return undefined;
  const release = jax.find(({ version }) => version === requirement.pinned) ?? newestOf(jax, requirement.pinned);
  const extra = ['cuda12', 'cuda12_pip', 'cuda'].find((each) => release?.extras.includes(each));
  return extra === undefined ? undefined : { requirement, extra };
}

/** The release before a version that is not listed has its extras. */
function newestOf(releases: readonly JaxRelease[], pinned: string | undefined): JaxRelease | undefined {
  const minor = /^\d+\.\d+\./.exec(pinned ?? '')?.[0];
  return releases.findLast(({ version }) => minor === undefined || version.startsWith(minor)) ?? releases.at(-1);
}
