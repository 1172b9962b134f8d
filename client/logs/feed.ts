import { fold, plain } from '../../src/text/terminal.ts';
import { explainExit } from '../../src/diagnose/exit.ts';
import type { ExitCode } from '../../src/knowledge/knowledge.ts';
import { containerDetails, type ContainerDetails } from '../engine/details.ts';
import type { Container, EngineClient } from '../engine/engine.ts';
import type { FollowTarget, LinesWanted, LogFeed } from './follow.ts';
import { Demultiplexer } from './frames.ts';
import { LineSplitter, type RawLine } from './splitter.ts';

/** Whose lines a log shows. */
export type LogTarget =
  { readonly kind: 'container'; readonly id: string; readonly name: string } | { readonly kind: 'project'; readonly name: string };

/** What a feed needs besides the engine. */
export interface FeedOptions {
  readonly exitCodes: readonly ExitCode[];
  /** The sentence for a person. */
  readonly reason: (error: unknown) => string;
}

const detailsOf = async (engine: EngineClient, id: string): Promise<ContainerDetails> =>
  containerDetails(await engine.inspect('container', id));

/** The engine's logs as following wants them. */
export function logFeed(engine: EngineClient, target: LogTarget, { exitCodes, reason }: FeedOptions): LogFeed {
  const wanted = (container: Container): boolean =>
    target.kind === 'container' ? container.id === target.id : container.project === target.name;
  return {
    async targets() {
      const containers = (await engine.containers()).filter(wanted);
      const targets = await Promise.all(containers.map((container) => followed(engine, container, target.kind)));
      return targets.filter((one) => one !== undefined).sort((a, b) => a.label.localeCompare(b.label));
    },
    lines: (id, options) => linesOf(engine, id, options),
    writing: (id, signal) => writingOf(engine, id, signal),
    async *changes(signal) {
      for await (const { kind, action } of engine.changes(signal, () => undefined)) {
        if (kind === 'container' && /^(?:create|start|die|destroy|rename|pause|unpause)$/.test(action)) yield undefined;
      }
    },
    async ending(id) {
      const details = await detailsOf(engine, id);
      return ended(details) ? sentence(details, exitCodes) : undefined;
    },
    reason,
  };
}

async function followed(engine: EngineClient, container: Container, kind: LogTarget['kind']): Promise<FollowTarget | undefined> {
  const number = container.labels['com.docker.compose.container-number'] ?? '1';
  const label = kind === 'project' && container.service !== undefined ? `${container.service}-${number}` : container.name;
  try {
    const { startedAt, running } = await detailsOf(engine, container.id);
    return { id: container.id, label, running, ...(startedAt !== undefined && { started: startedAt }) };
  } catch {
    // It went between the list and the question.
    return undefined;
  }
}

async function* linesOf(engine: EngineClient, id: string, { since, ...wanted }: LinesWanted): AsyncIterable<RawLine> {
  const { tty, chunks } = await engine.logs(id, { ...wanted, ...(since !== undefined && { since: secondsBefore(since) }) });
  const demultiplexer = new Demultiplexer(tty);
  const splitter = new LineSplitter({ tty });
  for await (const chunk of chunks) for (const frame of demultiplexer.push(chunk)) yield* splitter.push(frame);
  yield* splitter.flush();
}

async function* writingOf(engine: EngineClient, id: string, signal: AbortSignal): AsyncIterable<string> {
  const { tty } = await engine.details(id);
  const demultiplexer = new Demultiplexer(tty);
  const decoders = { out: new TextDecoder(), err: new TextDecoder() };
  for await (const chunk of await engine.attach(id, signal))
    for (const { stream, bytes } of demultiplexer.push(chunk)) yield decoders[stream].decode(bytes, { stream: true });
}

/** Seconds since 1970, a little too early: a number does not hold nanoseconds, and what comes twice is told apart by its time. */
const secondsBefore = (time: string): number => Date.parse(time) / 1000 - 0.002;

const ended = ({ startedAt, finishedAt }: ContainerDetails): boolean =>
  finishedAt !== undefined && (startedAt === undefined || finishedAt >= startedAt);

function sentence(
  { exitCode, oomKilled, error, autoRemove }: ContainerDetails,
  codes: readonly ExitCode[],
): { readonly sentence: string; readonly known?: string } {
  const { label } = explainExit({ code: exitCode, oomKilled, error }, codes);
  if (error) return { sentence: `could not start: ${error}` };
  if (exitCode === 0 && !oomKilled) return { sentence: autoRemove ? 'ended with code 0 and is removed' : 'ended with code 0' };
  const words = label.replace(/^exit (\d+)/, 'code $1');
  return { sentence: `ended with ${words}`, known: endingId(exitCode, oomKilled) };
}

/** How an ending is named where a known error is: the panel explains both. */
const endingId = (code: number, oomKilled: boolean): string => `exit:${code}${oomKilled ? ':oom' : ''}`;

export function endingOf(known: string): { readonly code: number; readonly oomKilled: boolean } | undefined {
  const [, code, oom] = /^exit:(\d+)(:oom)?$/.exec(known) ?? [];
  return code === undefined ? undefined : { code: Number(code), oomKilled: oom !== undefined };
}

/** The last lines of a container as plain text. */
export async function lastOutput(engine: EngineClient, id: string, tail: number): Promise<readonly string[]> {
  const lines: string[] = [];
  const wanted = { tail, follow: false, signal: AbortSignal.timeout(10_000) };
  for await (const { text } of linesOf(engine, id, wanted)) lines.push(plain(fold(text)));
  return lines;
}
