import { entry, get, items, text, type ListNode, type MapNode, type Node, type ScalarNode } from '../../compose/model.ts';
import { splitCommand } from '../../compose/short/words.ts';
import { composeRule, type Fix, type Problem } from '../../lint/rule.ts';
import { baseName } from '../../text/paths.ts';
import { slice, type Source } from '../../text/text.ts';

export default composeRule({
  id: 'command-without-shell',
  severity: 'warning',
  title: 'Give a command with operators a shell',
  why: 'Compose splits a command that is one text into words and starts the first: there is no shell. At the first `&&`, `||`, `|`, `;`, `<` or `>` outside quotes it stops reading, and the rest is dropped without a word. In a list they are arguments of the program.',
  looksAt: ['command', 'entrypoint', 'post_start', 'pre_stop'],
  examples: [
    {
      bad: 'services:\n  api:\n    image: api:1\n    command: «python migrate.py && python serve.py»\n',
      good: 'services:\n  api:\n    image: api:1\n    command: ["sh", "-c", "python migrate.py && python serve.py"]\n',
    },
    {
      title: 'the entrypoint is a shell that waits for its script',
      bad: 'services:\n  api:\n    image: api:1\n    entrypoint: ["/bin/bash", "-c"]\n    command: «pip list > /tmp/packages; python serve.py»\n',
      good: 'services:\n  api:\n    image: api:1\n    entrypoint: ["/bin/bash", "-c"]\n    command: ["pip list > /tmp/packages; python serve.py"]\n',
    },
    {
      title: 'a script without its quotes',
      bad: 'services:\n  api:\n    image: api:1\n    command: «bash -c cd /app && python serve.py»\n',
      good: 'services:\n  api:\n    image: api:1\n    command: ["bash", "-c", "cd /app && python serve.py"]\n',
    },
    {
      title: 'an address',
      bad: 'services:\n  api:\n    image: api:1\n    command: «serve --url=http://store/get?a=1&b=2»\n',
    },
    {
      title: 'an operator in a list',
      bad: 'services:\n  job:\n    image: job:1\n    command: ["python", "train.py", «">"», "train.log"]\n',
      good: 'services:\n  job:\n    image: job:1\n    command: ["sh", "-c", "python train.py > train.log"]\n',
    },
    {
      title: 'told to a program that reads it',
      good: 'services:\n  job:\n    image: job:1\n    command: ["find", "/data", "-exec", "ls", "{}", ";"]\n  sh:\n    image: sh:1\n    command: ["sh", "-c", "a && b", "&&"]\n',
    },
    {
      title: 'in quotes, in a list, or of a health check, which has a shell',
      good: `services:\n  api:\n    image: api:1\n    command: sh -c "python migrate.py && python serve.py"\n    healthcheck:\n      test: curl -f http://localhost:8000 || exit 1\n  web:\n    image: nginx:1.29\n    command: ["nginx", "-g", "daemon off;"]\n  job:\n    image: job:1\n    command: \${COMMAND:-a && b}\n`,
    },
  ],
  *check(file) {
    for (const { node } of file.services) {
      const hooks = [...items(get(node, 'post_start')), ...items(get(node, 'pre_stop'))];
      for (const command of [get(node, 'command'), get(node, 'entrypoint'), ...hooks.map((hook) => get(hook, 'command'))]) {
        if (command?.kind === 'list') yield* lonely(command);
        if (command?.kind !== 'scalar' || typeof command.value !== 'string') continue;
        const split = splitCommand(command.value);
        const cut = split?.cut;
        const rest = command.value.slice(cut);
        // A quote without its other half: the text is a template, or half written.
        if (
          cut === undefined ||
          inVariable(command.value, cut) ||
          /^[;&\s]*$/.test(rest) ||
          splitCommand(rest.replace(/[;&|<>]/g, ' ')) === undefined
        )
          continue;
        const kept = command.value.slice(0, cut).trim();
        const operator = /^(?:&&|\|\||>>|[;&|<>])/.exec(rest)?.[0] ?? '';
        yield {
          span: command.span,
          message: `Compose starts this without a shell and stops reading at «${operator}»: ${kept === '' ? 'nothing of it is run' : `only «${short(kept)}» is run`}, and the rest is dropped.${isJoined(command.value, cut) ? ' Put the word in quotes.' : ' Give it a shell.'}`,
          fixes: isJoined(command.value, cut) ? [] : withShell(file.source, command, node),
        };
      }
    }
  },
});

/** Programs that are told something by these characters. */
const readers = /^(?:find|test|\[+|expr|xargs|parallel|jq|awk|gawk|watch|printf|echo)$/;

/** An operator that is an item of its own: the program gets it as an argument. */
function* lonely({ items: all, span }: ListNode): Generator<Problem> {
  const words = all.map((item) => text(item));
  const at = words.findIndex((word) => word !== undefined && /^(?:&&|\|\|?|>>?|<|2>&1|;)$/.test(word));
  const program = baseName(words[0] ?? '');
  const operator = all[at];
  if (at < 1 || !operator || readers.test(program) || words.slice(0, at).some((word) => /^-\w*[ce]$/.test(word ?? ''))) return;
  const script = words.every((word) => word !== undefined && !/["'$\\`\n]/.test(word))
    ? words.map((word = '') => (/^(?:&&|\|\|?|>>?|<|2>&1|;)$/.test(word) || /^[\w./:=,@%+-]+$/.test(word) ? word : `'${word}'`)).join(' ')
    : undefined;
  yield {
    span: operator.span,
    message: `No shell reads a list: «${words[at] ?? ''}» and what follows are arguments of «${short(program)}». Give it a shell.`,
    fixes:
      script === undefined
        ? []
        : [{ title: 'Run it in a shell', safe: false, edits: [{ span, text: `["sh", "-c", ${JSON.stringify(script)}]` }] }],
  };
}

/** Whether a place lies in `${…}`: what stands there is not known. */
const inVariable = (line: string, at: number): boolean => line.lastIndexOf('${', at) > line.lastIndexOf('}', at);

/** Whether it is a part of a word, as in an address, and hardly an operator. */
const isJoined = (line: string, at: number): boolean =>
  line.charAt(at) === '&' && /\S/.test(line.charAt(at - 1)) && /[^\s&]/.test(line.charAt(at + 1));

const short = (line: string): string => (line.length > 60 ? `${line.slice(0, 59)}…` : line);

/** The command as a list whose last item the shell reads. Only what stands on one line. */
function withShell(file: Source, command: ScalarNode, service: MapNode): readonly Fix[] {
  const script = String(command.value).trim();
  const written = slice(file, command.span).trimEnd();
  if (script.includes('\n') || /^[|>&!*]/.test(written) || written.includes('\n')) return [];
  const own = /^(\S*sh)\s+(-[a-z]*c)\s+([^'"\s].*)$/.exec(script);
  const list = waitsForScript(service, command) ? [script] : own ? own.slice(1) : ['sh', '-c', script];
  const span = { start: command.span.start, end: command.span.start + written.length };
  return [{ title: 'Run it in a shell', safe: false, edits: [{ span, text: `[${list.map((word) => JSON.stringify(word)).join(', ')}]` }] }];
}

/** Whether the command is what an entrypoint like `["sh", "-c"]` reads. */
function waitsForScript(service: MapNode, command: Node): boolean {
  const entrypoint = entry(service, 'entrypoint')?.value;
  return entrypoint !== undefined && entrypoint !== command && /^-[a-z]*c$/.test(text(items(entrypoint).at(-1)) ?? '');
}
