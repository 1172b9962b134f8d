import { basename } from 'node:path';
import { composeCommand, type ComposePlan } from '../../src/plan/composePlan.ts';
import { commandLine } from '../../src/plan/invocation.ts';
import type { LogSession } from '../logs/session.ts';
import type { Ui } from '../ui.ts';
import { shellOfThisMachine } from './form.ts';
import { runLines } from './process.ts';

/** What running `docker compose` needs around it. */
export interface ComposeRunSurroundings {
  readonly ui: Ui;
  /** The engine's variables. */
  readonly env: Readonly<Record<string, string>>;
  readonly openLog: (title: string) => LogSession;
}

/** One run of `docker compose`: `what` is its name for people, `Compose up`; `failed` what a person reads when it did not work. */
export interface ComposeRun {
  readonly plan: ComposePlan;
  readonly verb: readonly string[];
  readonly folder: string;
  readonly what: string;
  readonly failed: string;
}

/** Runs `docker compose` into the log panel; the session when it ended well, undefined when it did not or was cancelled. */
export async function runCompose(
  { plan, verb, folder, what, failed }: ComposeRun,
  around: ComposeRunSurroundings,
): Promise<LogSession | undefined> {
  const { ui, openLog } = around;
  const invocation = composeCommand(plan, verb);
  const session = openLog(`${what} in ${basename(folder)}`);
  const source = session.source('compose');
  session.mark(commandLine(invocation, shellOfThisMachine));
  session.state('following', 'starting');
  const env = { ...around.env, COMPOSE_PROGRESS: 'plain', BUILDKIT_PROGRESS: 'plain' };
  const exit = await ui.progress(what, (signal) =>
    runLines(
      invocation,
      { cwd: folder, env },
      (text) => {
        session.write({ source, stream: 'out', text });
      },
      signal,
    ),
  );
  session.flush();
  if (exit.kind === 'ended' && exit.code === 0) return session;
  session.state('ended', exit.kind === 'cancelled' ? 'cancelled' : 'failed');
  if (exit.kind === 'cancelled') return undefined;
  const last = [...session.lines.from(0)].findLast(({ kind }) => kind === 'out')?.text ?? '';
  void ui.error(exit.kind === 'failed' ? exit.message : `${failed} ${last}`);
  return undefined;
}
