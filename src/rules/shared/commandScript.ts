import { get, text, type MapNode, type Node } from '../../compose/model.ts';
import type { Command } from '../../dockerfile/shell/model.ts';
import { parseShell } from '../../dockerfile/shell/parse.ts';
import { baseName } from '../../text/paths.ts';
import { remembered } from '../../text/remembered.ts';

/** The script that a service gives a shell: `bash -c "pip install … && uvicorn …"`. */
export interface CommandScript {
  readonly shell: string;
  /** Whether the shell reads its profile first: `bash -lc`. */
  readonly login: boolean;
  readonly text: string;
  /** Their places count from the beginning of the script. */
  readonly commands: readonly Command[];
  /** What it stands in. */
  readonly node: Node;
}

/** The script of a service, where its entrypoint and command are a shell with one. */
export const commandScript = remembered((service: MapNode): CommandScript | undefined => {
  const words = ['entrypoint', 'command'].flatMap((key): readonly { readonly value: string; readonly node: Node }[] => {
    const node = get(service, key);
    if (!node) return [];
    const plain = (each: Node): string => (text(each) ?? '').replaceAll('$$', '$');
    if (node.kind === 'list') return node.items.map((item) => ({ value: plain(item), node: item }));
    return parseShell(plain(node), (index) => index).commands.flatMap((command) => command.words.map(({ value }) => ({ value, node })));
  });
  const shell = baseName(words[0]?.value ?? '');
  const at = words.findIndex(({ value }) => /^-[a-z]*c$/.test(value));
  const script = words[at + 1];
  if (!/^(?:ba|da|z)?sh$/.test(shell) || at < 1 || !script || words.slice(1, at).some(({ value }) => !value.startsWith('-')))
    return undefined;
  const login = words.slice(1, at + 1).some(({ value }) => /^-[a-z]*[li]|^--login$/.test(value));
  return { shell, login, text: script.value, commands: parseShell(script.value, (index) => index).commands, node: script.node };
});

/** The last command of a script, where nothing runs beside it and it is sure to be reached. */
export function lastOf({ commands, text: script }: CommandScript): Command | undefined {
  const last = commands.findLast(({ substituted }) => !substituted);
  return !last ||
    last.depth > 0 ||
    last.under.length ||
    last.joint === '||' ||
    last.joint === '|' ||
    /(?:^|[^&>])&(?:\s|$)(?!&)/m.test(script)
    ? undefined
    : last;
}
