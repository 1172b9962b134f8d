import { unsetIn, type Complaint } from '../complaint.ts';
import { entry, get, text, type MapNode, type ScalarNode } from '../model.ts';
import { mountOf, type Mount } from '../short/mount.ts';

/** What Compose and the engine read at the end of a mount, and what is of no consequence here. */
const options = /^(?:r[ow]|nocopy|[zZUO]|r?(?:shared|slave|private)|consistent|cached|delegated|r?bind|(?:no)?(?:exec|suid|dev)|idmap.*)$/;

/** What Compose takes without a word, and nobody reads as it was meant. */
function* lost({ span, text: written, unset, quoted }: ScalarNode, { source, target, options: given }: Mount): Generator<Complaint> {
  const odd = given.find((each) => !options.test(each));
  if (odd !== undefined) {
    const only = /^(?:read[-_]?only|ro?)$/i.test(odd);
    const end = span.end - (quoted ? 1 : 0);
    // With variables in it the text stands otherwise in the file.
    const asWritten = span.end - span.start === written.length + (quoted ? 2 : 0);
    const edits = [{ span: { start: end - odd.length, end }, text: 'ro' }];
    yield {
      kind: 'mount',
      span,
      ignored: true,
      message: `Compose knows no option «${odd}» of a mount and passes over it${only ? ': the container may write. Write ro' : ''}.`,
      ...(only && given.length === 1 && asWritten ? { fix: { title: 'Write ro', safe: false, edits } } : {}),
    };
  }
  if (/^[.~\w-]/.test(target) && ![target, source ?? ''].some((each) => /^\p{L}:/u.test(each)) && !unset?.length)
    yield {
      kind: 'mount',
      span,
      ignored: true,
      message: `«${target}» is the path in the container${source === undefined ? ', which stands alone here' : ''}, and it is not absolute: the engine refuses it. Write ${source ?? target}:/PATH.`,
    };
}

/** The mounts of a service: what Compose cannot take apart. */
export function* checkMounts(service: MapNode): Generator<Complaint> {
  const mounts = get(service, 'volumes');
  if (mounts?.kind !== 'list') return;
  for (const item of mounts.items) {
    if (item.kind === 'scalar' && !item.unknown && typeof item.value === 'string') {
      const read = mountOf(item.value);
      if (!read.ok) yield { kind: 'mount', span: item.span, message: unsetIn(item) + read.reason };
      else yield* lost(item, read.mount);
    } else if (item.kind === 'map' && get(item, 'type') && !get(item, 'target')) {
      const type = get(item, 'type');
      if (type) yield { kind: 'mount', span: type.span, message: 'A mount needs «target»: the path in the container.' };
    } else if (item.kind === 'map' && text(get(item, 'type')) === 'bind' && text(get(item, 'source')) === undefined) {
      const type = entry(item, 'type');
      const source = get(item, 'source');
      if (type && !(source?.kind === 'scalar' && source.unknown))
        yield { kind: 'mount', span: source?.span ?? type.value.span, message: 'A bind mount needs «source»: the path on the host.' };
    }
  }
}
