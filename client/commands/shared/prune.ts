import type { ResourceKind } from '../../engine/engine.ts';
import { bytes, plural } from '../../views/words.ts';
import type { App } from '../command.ts';

/** Asks, removes what nothing uses, and says how much that was. */
export async function prune(
  { engine, store, ui }: App,
  kind: ResourceKind | 'build',
  {
    question,
    detail,
    yes,
    all = false,
  }: { readonly question: string; readonly detail: string; readonly yes: string; readonly all?: boolean },
): Promise<void> {
  const docker = await engine();
  if (!(await ui.confirm(question, { yes, detail }))) return;
  const { count, bytes: freed } = await ui.progress(question.replace(/\?$/, ''), () => docker.prune(kind, { all }));
  if (kind !== 'build') await store.refresh(kind);
  const what = kind === 'build' ? 'cache entry' : kind;
  const removed = kind === 'build' ? `${count} cache ${count === 1 ? 'entry' : 'entries'}` : plural(count, what);
  void ui.inform(count ? `${removed} removed${kind === 'network' ? '' : `, ${bytes(freed)} freed`}.` : 'There was nothing to remove.');
}
