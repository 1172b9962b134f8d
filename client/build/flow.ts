import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Dockerfile } from '../../src/dockerfile/model.ts';
import { parseDockerfile } from '../../src/dockerfile/parse.ts';
import type { KnownError } from '../../src/knowledge/knowledge.ts';
import { buildCommand, type BuildPlan } from '../../src/plan/buildPlan.ts';
import { commandLine } from '../../src/plan/invocation.ts';
import type { LogSession } from '../logs/session.ts';
import type { Memory, Ui } from '../ui.ts';
import { runBuild } from './build.ts';
import { askArgument, buildForm, memoryOf, openArguments, shownPlan, startPlan, type BuildMemory } from './buildForm.ts';
import { buildLog, seconds } from './buildLog.ts';
import { fill, shellOfThisMachine } from './form.ts';
import { problemsOf, type BuildProblems } from './problems.ts';
import { share } from './progress.ts';

/** What building needs around it. */
export interface BuildSurroundings {
  readonly ui: Ui;
  readonly memory: Memory;
  readonly problems: BuildProblems;
  readonly openLog: (title: string) => LogSession;
  /** The variables that make `docker` talk to the engine the views show. */
  readonly env: Readonly<Record<string, string>>;
  readonly errors: readonly KnownError[];
}

/** Asks how, builds, and says how it went; answers the image's name when it was built. */
export async function buildFlow(path: string, target: string | undefined, around: BuildSurroundings): Promise<string | undefined> {
  const { ui, memory } = around;
  const dockerfile = parseDockerfile(path, await readFile(path, 'utf8'));
  const cwd = ui.folders.find((folder) => path.startsWith(folder)) ?? dirname(path);
  const key = `build:${path}`;
  const kept = await usable(memory.get(key) ?? {});
  let plan = await fill(ui, buildForm(dockerfile, cwd), startPlan(dockerfile, kept, target));
  for (const name of plan ? openArguments(dockerfile).filter((open) => plan?.args?.[open] === undefined) : []) {
    // Left empty, the build goes on without it, as docker does.
    plan = plan && (await askArgument(plan, name, ui));
  }
  if (!plan) return undefined;
  await memory.set(key, { ...kept, ...memoryOf(plan) });
  return build(plan, dockerfile, cwd, around);
}

async function build(plan: BuildPlan, dockerfile: Dockerfile, cwd: string, around: BuildSurroundings): Promise<string | undefined> {
  const { ui, problems, errors, env } = around;
  const { path } = dockerfile.source;
  const [tag = ''] = plan.tags;
  problems.set(path, []);
  const session = around.openLog(`Build ${tag}`);
  session.mark(commandLine(buildCommand(shownPlan(plan, cwd)), shellOfThisMachine));
  session.state('following', 'building');
  const log = buildLog(session);
  const begun = Date.now();
  const outcome = await ui.progress(`Building ${tag}`, (signal, report) => {
    const watcher = {
      ...log,
      progress: (progress: Parameters<typeof log.progress>[0]) => {
        log.progress(progress);
        const { done, of, now } = share(progress);
        if (of)
          report(`${done} of ${of}${now ? `: ${now.name.replace(/^\[[^\]]*\] /, '').slice(0, 60)}` : ''}`, Math.round((100 * done) / of));
      },
    };
    // How it reports is said by a variable, so that the command line is the one that was shown.
    const reporting = { ...env, BUILDKIT_PROGRESS: 'rawjson' };
    return runBuild(buildCommand(shownPlan(plan, cwd)), { cwd, env: reporting }, dockerfile, errors, watcher, signal);
  });
  const took = seconds(Date.now() - begun);
  switch (outcome.kind) {
    case 'cancelled':
      log.finish(`Cancelled after ${took}`);
      return undefined;
    case 'built':
      problems.set(path, problemsOf(dockerfile, outcome.progress.warnings));
      log.finish(`Built ${tag} in ${took}`);
      return tag;
    case 'failed': {
      const { failure } = outcome;
      problems.set(path, problemsOf(dockerfile, outcome.progress.warnings, failure));
      log.finish(`Failed after ${took}: ${failure.message}`, failure.explanation?.id);
      void said(around, path, dockerfile, failure);
      return undefined;
    }
  }
}

async function said(
  { ui }: BuildSurroundings,
  path: string,
  { source }: Dockerfile,
  failure: Parameters<typeof problemsOf>[2] & object,
): Promise<void> {
  const show = 'Go to the Line';
  const reason = failure.explanation ? ` ${failure.explanation.cause}` : '';
  const answer = await ui.error(`The build failed. ${failure.message}${reason}`, ...(failure.span ? [show] : []));
  if (answer !== show || !failure.span) return;
  const { start } = failure.span;
  await ui.open(path, { line: source.lineStarts.filter((line) => line <= start).length });
}

/** A folder that is gone is not offered again. */
async function usable(kept: BuildMemory): Promise<BuildMemory> {
  const { context, ...rest } = kept;
  const there =
    context !== undefined &&
    (await stat(context)
      .then((found) => found.isDirectory())
      .catch(() => false));
  return there ? kept : rest;
}
