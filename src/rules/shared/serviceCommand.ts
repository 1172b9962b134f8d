import { get, text, type MapNode, type Node } from '../../compose/model.ts';
import { remembered } from '../../text/remembered.ts';
import { parseShell } from '../../dockerfile/shell/parse.ts';

/** A word of a service's entrypoint or command, with the node it stands in. */
export interface CommandWord {
  readonly value: string;
  readonly node: Node;
}

/** The words that a service runs: its entrypoint, then its command; `sh -c "…"` opened. */
export const commandWords = remembered((service: MapNode): readonly CommandWord[] => {
  // The last word before those of the key: `entrypoint: [sh, -c]` makes the first of the command a script.
  let before = '';
  return ['entrypoint', 'command'].flatMap((key) => {
    const node = get(service, key);
    if (!node) return [];
    if (node.kind !== 'list') return opened((text(node) ?? '').replaceAll('$$', '$'), node);
    return node.items.flatMap((item) => {
      const word = { value: (text(item) ?? '').replaceAll('$$', '$'), node: item };
      const isScript = /^-[a-z]*c$/.test(before);
      before = word.value;
      return isScript ? opened(word.value, word.node) : [word];
    });
  });
});

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
export const trains = (service: MapNode): boolean => isTraining(commandWords(service).map(({ value }) => value));

/** Programs that have training in their name and do not end: `training_processor`, `train_api.py`. */
const stays =
  /train(?:ing)?(?:[_-]\w+)*[_-](?:processor|server|service|api|app|ui|worker|manager|monitor|dashboard|consumer|scheduler|listener|daemon|watcher|queue)(?:\.py|\.sh)?$/;

/** Whether words of a command train a model. */
export const isTraining = (words: readonly string[]): boolean =>
  words.some(
    (value) =>
      /(?:^|[/_.-])(?:train|training|finetune|fine[_-]tune|pretrain)(?:[_-]\w+)*(?:\.py|\.sh)?$/.test(value) ||
      /^(?:torchrun|accelerate|deepspeed|horovodrun)$/.test(value),
  ) && !words.some((value) => value === 'serve' || stays.test(value));

/** Whether a service does nothing but bring a database up to date. */
export function migrates(service: MapNode): boolean {
  const said = commandWords(service)
    .map(({ value }) => value)
    .join(' ')
    .replace(/^(?:\S*\/)?(?:ba|da|a)?sh -\w*c /, '');
  return /^(?:(?:uv|poetry|pipenv) run )?(?:(?:python3? -m )?alembic(?: -\S+)* upgrade \S+|python3? manage\.py migrate|flask db upgrade|airflow db (?:migrate|upgrade|init)|prisma migrate deploy)(?: -\S+)*$/.test(
    said,
  );
}
