import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import { mountsOf } from '../../dockerfile/mounts.ts';
import type { Fix } from '../../lint/rule.ts';
import type { Edit, Span } from '../../text/text.ts';

/** Gives a stage another name, in FROM, `COPY --from` and `--mount=from=` below it too. None where one of them cannot be edited. */
export function renameStage(file: Dockerfile, stage: Stage, name: string): readonly Fix[] {
  if (!stage.name) return [];
  const old = stage.name.value.toLowerCase();
  const edits: Edit[] = [{ span: stage.name.span, text: name }];
  let open = file.stages.some((each) => each.name?.value.toLowerCase() === name.toLowerCase());
  const use = (value: string | undefined, span: Span | undefined): void => {
    if (value?.toLowerCase() !== old || !span) return;
    if (span.end - span.start === value.length) edits.push({ span, text: name });
    else open = true;
  };
  for (const { image, index } of file.stages) if (index > stage.index) use(image?.value, image?.span);
  for (const outer of file.instructions) {
    if (outer.stage === undefined || outer.stage <= stage.index) continue;
    const instruction = outer.trigger ?? outer;
    const from = instruction.flags.find((flag) => flag.name === 'from')?.value;
    use(from?.value, from?.span);
    for (const { fields } of mountsOf(instruction))
      for (const { name: key, value, span } of fields) if (key === 'from') use(value, { start: span.end - value.length, end: span.end });
  }
  return open ? [] : [{ title: `Call it ${name}`, safe: false, edits }];
}
