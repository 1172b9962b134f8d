import type { ComposeFile } from '../../../compose/model.ts';
import type { World } from '../../../lint/rule.ts';
import { imageReference } from '../../../text/imageReference.ts';
import { versionsOf } from '../../../rules/shared/imageVersions.ts';
import type { Refactoring } from '../../model.ts';
import type { Step } from './trail.ts';

/** Names a version where an image has none, or `latest`: those this machine or workspace has, then those that are known. */
export function pinTag(_file: ComposeFile, trail: readonly Step[], world: World): readonly Refactoring[] {
  const step = trail[2];
  if (step?.kind !== 'entry' || step.path[0] !== 'services' || step.entry.key !== 'image' || step.entry.value.kind !== 'scalar') return [];
  const { text, span, quoted } = step.entry.value;
  if (!text || /[$\s]/.test(text)) return [];
  const { tag, digest } = imageReference(text);
  if (digest !== undefined || (tag !== undefined && tag !== 'latest')) return [];
  const bare = tag === undefined ? text : text.slice(0, text.lastIndexOf(':'));
  const start = span.start + (quoted ? 1 : 0);
  // `alpine` is as little a version as no tag is.
  return versionsOf(bare, world)
    .filter((version) => /\d/.test(version.tag))
    .slice(0, 5)
    .map(({ tag: version, detail }) => ({
      title: `Use ${bare}:${version} (${detail})`,
      kind: 'rewrite',
      edits: [{ span: { start, end: start + text.length }, text: `${bare}:${version}` }],
    }));
}
