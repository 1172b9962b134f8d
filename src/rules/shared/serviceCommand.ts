import { get, text, type MapNode, type Node } from '../../compose/model.ts';
import { remembered } from '../../text/remembered.ts';
import { parseShell } from '../../dockerfile/shell/parse.ts';

/** A word of a service's entrypoint or command, with the node it stands in. */
export interface CommandWord {
  readonly value: string;
  readonly node: Node;
}

/** The words that a service runs: its entrypoint, then its command; `sh -c "…"` opened. */
export const commandWords = remembered((service: MapNode): readonly CommandWord[] =>
  ['entrypoint', 'command'].flatMap((key) => {
    const node = get(service, key);
    if (!node) return [];
    if (node.kind !== 'list') return opened((text(node) ?? '').replaceAll('$$', '$'), node);
    const words = node.items.map((item) => ({ value: (text(item) ?? '').replaceAll('$$', '$'), node: item }));
    return words.flatMap((word, at) => (/^-[a-z]*c$/.test(words[at - 1]?.value ?? '') ? opened(word.value, word.node) : [word]));
  }),
);

const opened = (script: string, node: Node): readonly CommandWord[] =>
  parseShell(script, () => node.span.start).commands.flatMap(({ words }) =>
    words.flatMap(({ value }, at) => (/^-[a-z]*c$/.test(words[at - 1]?.value ?? '') ? opened(value, node) : [{ value, node }])),
  );

/** The value of the last of some options: `--port 8000`, `--port=8000`. */
export function optionValue(words: readonly CommandWord[], ...names: readonly string[]): CommandWord | undefined {
  for (let at = words.length - 1; at >= 0; at--) {
    const word = words[at];
    if (!word) continue;
    const equals = word.value.indexOf('=');
    if (equals > 0 && names.includes(word.value.slice(0, equals))) return { value: word.value.slice(equals + 1), node: word.node };
    const next = words[at + 1];
    if (names.includes(word.value) && next) return next;
  }
  return undefined;
}

/** Whether the command trains a model: a script called train or finetune, torchrun, accelerate. */
export function trains(service: MapNode): boolean {
  const words = commandWords(service).map(({ value }) => value);
  return (
    words.some(
      (value) =>
        /(?:^|[/_.-])(?:train|training|finetune|fine[_-]tune|pretrain)(?:[_-]\w+)*(?:\.py|\.sh)?$/.test(value) ||
        /^(?:torchrun|accelerate|deepspeed|horovodrun)$/.test(value),
    ) && !words.includes('serve')
  );
}
