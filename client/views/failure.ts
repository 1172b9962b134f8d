import type { Endpoint } from '../engine/engine.ts';
import type { Connection } from '../engine/snapshot.ts';
import type { ViewNode } from './node.ts';

/** Why an engine cannot be used, in words for a person: what is wrong, and what to do. */
export interface Explained {
  readonly title: string;
  readonly sentence: string;
  /** What mends it, most likely first. */
  readonly cures: readonly Cure[];
}

/** A command of ours, or a command line that a person runs. */
export type Cure =
  | { readonly kind: 'command'; readonly command: string; readonly title: string; readonly icon: string }
  | { readonly kind: 'type'; readonly line: string; readonly title: string };

/** The one place where a failed connection becomes a sentence. */
export function explainFailure({ reason, message, endpoint }: Extract<Connection, { state: 'failed' }>, platform: string): Explained {
  const host = endpoint?.host ?? 'its usual place';
  const local = endpoint === undefined || /^(unix|npipe):/.test(endpoint.host);
  const context = endpoint && endpoint.context !== 'default' ? ` (context ${endpoint.context})` : '';
  const again: Cure = { kind: 'command', command: 'refresh', title: 'Look Again', icon: 'refresh' };
  const other: Cure = { kind: 'command', command: 'choose-context', title: 'Choose Another Context…', icon: 'plug' };
  const said = message ? ` (${message.replace(/\.$/, '')})` : '';
  switch (reason) {
    case 'denied':
      return local
        ? {
            title: 'No permission to use Docker',
            sentence: `You may not use the engine at ${host}${context}${said}. Add yourself to the docker group, then log in again.`,
            cures: [...(platform === 'linux' ? [typed('Join the docker Group…', 'sudo usermod -aG docker "$USER"')] : []), again, other],
          }
        : { title: 'The engine refused you', sentence: `The engine at ${host}${context} refused${said}.`, cures: [again, other] };
    case 'unreachable':
      return {
        title: 'Cannot connect to Docker',
        sentence: local
          ? `No engine answers at ${host}${context}${said}. ${startHint(platform)} The views fill by themselves as soon as it answers.`
          : `No engine answers at ${host}${context}${said}. Check that the machine is on and that you can reach it. The views fill by themselves as soon as it answers.`,
        cures: [...(local && platform === 'linux' ? [typed('Start Docker…', startLine(endpoint))] : []), again, other],
      };
    default:
      return {
        title: 'Docker does not work',
        sentence: `The engine at ${host}${context} answered with an error${said}.`,
        cures: [again, other],
      };
  }
}

const typed = (title: string, line: string): Cure => ({ kind: 'type', title, line });

function startLine(endpoint: Endpoint | undefined): string {
  if (endpoint?.host.includes('podman')) return 'systemctl --user start podman.socket';
  return endpoint?.host.startsWith('unix:///run/user/') ? 'systemctl --user start docker' : 'sudo systemctl start docker';
}

function startHint(platform: string): string {
  return platform === 'linux' ? 'Start it, or install it if it is not there.' : 'Start Docker Desktop, or install it if it is not there.';
}

/** The rows that a view shows instead of its own. */
export function failureView(view: string, explained: Explained): readonly ViewNode[] {
  return explained.cures.map((cure, index): ViewNode => {
    const id = `failure/${view}/${cure.kind}/${index}`;
    return cure.kind === 'command'
      ? { id, label: cure.title, icon: { name: cure.icon }, click: { command: cure.command, title: cure.title } }
      : {
          id,
          label: cure.title,
          icon: { name: 'terminal' },
          description: cure.line,
          tooltip: `Opens a terminal with \`${cure.line}\` typed in, for you to run.`,
          click: { command: 'type-command', title: cure.title, args: [cure.line] },
        };
  });
}
