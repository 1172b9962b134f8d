import type { ComposeSurroundings } from '../../build/composeFlow.ts';
import type { BuildSurroundings } from '../../build/flow.ts';
import type { RunSurroundings } from '../../build/runFlow.ts';
import { sentence } from '../../engine/sentences.ts';
import { readEngineGpus } from '../../gpu/read.ts';
import type { App } from '../command.ts';

/** What building needs, of an app. A build has the engine that the views show, or the usual one while none answers. */
export async function forBuilding({ ui, memory, problems, logs, knowledge, contexts }: App): Promise<BuildSurroundings> {
  const { env } = await Promise.resolve(contexts.endpoint());
  return { ui, memory, problems, env, errors: knowledge.errors, openLog: (title) => logs.open(title) };
}

/** What running needs, of an app. */
export async function forRunning({ ui, memory, logs, knowledge, engine }: App): Promise<RunSurroundings> {
  const docker = await engine();
  return {
    ui,
    memory,
    engine: docker,
    errors: knowledge.errors,
    gpus: () => readEngineGpus(docker, AbortSignal.timeout(5000)).catch(() => ({ reason: 'absent' })),
    follow: ({ id, name }) => {
      logs.follow(docker, { kind: 'container', id, name }, sentence);
    },
  };
}

/** What bringing a Compose project up needs, of an app. */
export async function forCompose(app: App): Promise<ComposeSurroundings> {
  const { ui, memory, engine, gpus } = await forRunning(app);
  return {
    ui,
    memory,
    engine,
    gpus,
    openLog: (title) => app.logs.open(title),
    follow: (name) => {
      app.logs.follow(engine, { kind: 'project', name }, sentence);
    },
  };
}
