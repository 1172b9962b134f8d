import { baseName } from '../../text/paths.ts';

/** What is wrong with a call of Compose. */
export interface ComposeCall {
  readonly kind: 'v1' | 'unknown';
  /** The index of the word that is wrong. */
  readonly at: number;
  readonly word: string;
}

const verbs = new Set(
  'alpha attach bridge build commit config convert cp create down events exec export help images kill logs ls pause port ps publish pull push restart rm run scale start stats stop top unpause up version volumes wait watch'.split(
    ' ',
  ),
);
const valued = /^(?:-f|--file|-p|--project-name|--profile|--env-file|--project-directory|--ansi|--parallel|--progress)$/;

/** Finds a call of Compose v1, or of a command that Compose does not have, in the words of a command. */
export function composeCall(words: readonly { readonly value: string }[]): ComposeCall | undefined {
  const first = baseName(words[0]?.value ?? '');
  if (/^docker-compose(?:\.exe)?$/.test(first)) return { kind: 'v1', at: 0, word: first };
  if (first !== 'docker' || words[1]?.value !== 'compose') return undefined;
  let at = 2;
  while (at < words.length && (words[at]?.value ?? '').startsWith('-')) at += valued.test(words[at]?.value ?? '') ? 2 : 1;
  const word = words[at]?.value;
  return word === undefined || word.includes('$') || verbs.has(word) ? undefined : { kind: 'unknown', at, word };
}

/** What to call instead of a command that Compose does not have. */
export const insteadOf = (word: string): string =>
  ({
    inspect: 'docker inspect CONTAINER shows a container, docker compose config the resolved file',
    stack: 'docker stack is a command of its own',
    network: 'docker network is a command of its own',
    volume: 'docker volume is a command of its own',
    prune: 'docker compose down removes what the project has, docker system prune the rest',
    status: 'docker compose ps shows the state of the services',
    shell: 'docker compose exec SERVICE sh opens a shell',
    ssh: 'docker compose exec SERVICE sh opens a shell',
  })[word] ?? 'docker compose --help lists what there is';
