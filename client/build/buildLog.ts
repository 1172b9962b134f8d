import type { LogSession } from '../logs/session.ts';
import type { BuildWatcher } from './build.ts';
import type { BuildProgress, BuildStep } from './progress.ts';

/** Writes a build into a log: a line for each step as it begins and ends, and what the steps print. */
export function buildLog(session: LogSession): BuildWatcher & { finish(sentence: string, known?: string): void } {
  const said = new Map<string, BuildStep['state']>();
  const halves = new Map<string, string>();
  let before: BuildProgress | undefined;
  const build = session.source('build');
  return {
    progress(progress) {
      if (progress.steps === before?.steps) return;
      before = progress;
      for (const step of progress.steps.values()) {
        if (!step.name || step.name.startsWith('[internal]') || said.get(step.digest) === step.state) continue;
        const first = !said.has(step.digest) || said.get(step.digest) === 'waiting';
        said.set(step.digest, step.state);
        const source = build;
        if (step.state === 'running' || (first && step.state !== 'waiting'))
          session.write({ source, stream: 'out', quoted: true, text: `\u001b[1m${step.name.replace(/\s+/g, ' ')}\u001b[0m` });
        if (step.state === 'cached') session.write({ source, stream: 'out', text: '\u001b[2mcached\u001b[0m' });
        if (step.state === 'done' && step.took !== undefined && step.took >= 100)
          session.write({ source, stream: 'out', text: `\u001b[2mdone in ${seconds(step.took)}\u001b[0m` });
        if (step.state === 'failed')
          session.write({ source, stream: 'err', quoted: true, text: `\u001b[31m${step.error ?? 'failed'}\u001b[0m` });
      }
    },
    printed(digest, text, progress) {
      const source = session.source(label(progress.steps.get(digest)?.name));
      const lines = ((halves.get(digest) ?? '') + text).split('\n');
      const rest = lines.pop() ?? '';
      halves.set(digest, rest);
      for (const line of lines) session.write({ source, stream: 'out', text: line });
      session.writing(source, rest || undefined);
    },
    words(line) {
      // A line of the Dockerfile, or a command that is told to have failed: what it says is no message.
      const quoted = /^\s*\d+ \| |^ERROR: .*process "/.test(line);
      session.write({ source: build, stream: line.startsWith('ERROR') ? 'err' : 'out', text: line, quoted });
    },
    finish(sentence, known) {
      for (const [digest, rest] of halves) {
        const source = session.source(label(before?.steps.get(digest)?.name));
        if (rest) session.write({ source, stream: 'out', text: rest });
        session.writing(source, undefined);
      }
      session.mark(sentence, known === undefined ? {} : { known });
      session.flush();
      session.state('ended');
    },
  };
}

/** `[train 2/5] RUN …` → `train 2/5`. */
const label = (name: string | undefined): string => /^\[([^\]]+)\]/.exec(name ?? '')?.[1] ?? 'build';

export function seconds(milliseconds: number): string {
  const whole = milliseconds / 1000;
  return whole < 60 ? `${whole.toFixed(1)} s` : `${Math.floor(whole / 60)} min ${Math.round(whole % 60)} s`;
}
