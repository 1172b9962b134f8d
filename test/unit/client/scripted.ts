import { Choices } from '../../../client/choices.ts';
import type { App } from '../../../client/commands/command.ts';
import { Contexts } from '../../../client/engine/contexts.ts';
import type { Container, EngineClient, Image, Network, Volume } from '../../../client/engine/engine.ts';
import { Store } from '../../../client/engine/store.ts';
import type { Ui } from '../../../client/ui.ts';
import { defaultSettings, type Settings } from '../../../src/settings.ts';

/** What a test's engine has. */
export interface Has {
  readonly containers?: readonly Container[];
  readonly images?: readonly Image[];
  readonly volumes?: readonly Volume[];
  readonly networks?: readonly Network[];
}

/** Everything that was asked of the engine and of the person, in order. */
export type Said = (readonly [string, ...unknown[]])[];

/** An app whose engine notes what it is told and whose person answers as scripted. */
export async function scripted(has: Has, answers: Partial<Record<keyof Ui, unknown>> = {}): Promise<{ app: App; said: Said }> {
  const said: Said = [];
  const lists = ['containers', 'images', 'volumes', 'networks'];
  const engine = new Proxy(
    { endpoint: { context: 'test', host: 'unix:///test', env: { DOCKER_HOST: 'unix:///test' } } },
    {
      get: (target, name: string) => {
        if (name in target) return target[name as keyof typeof target];
        // A promise's `then` would make of the engine itself something to wait for.
        if (name === 'then') return undefined;
        if (name === 'changes') return silence;
        if (lists.includes(name)) return () => Promise.resolve(has[name as keyof Has] ?? []);
        return (...args: readonly unknown[]) => {
          if (!['info', 'details', 'close'].includes(name)) said.push([name, ...args]);
          return Promise.resolve(name === 'prune' ? { count: 2, bytes: 1000 } : undefined);
        };
      },
    },
  ) as unknown as EngineClient;
  const ui = new Proxy({} as Ui, {
    get: (_, name: string) => {
      if (name === 'progress')
        return (_title: string, work: (signal: AbortSignal, report: () => void) => Promise<unknown>) =>
          work(new AbortController().signal, () => undefined);
      if (name === 'folders') return answers.folders ?? [];
      if (name === 'setting')
        return (key: keyof Settings) => (answers.setting as Partial<Settings> | undefined)?.[key] ?? defaultSettings[key];
      return (...args: readonly unknown[]) => {
        said.push([name, ...args]);
        const answer = answers[name as keyof Ui];
        return Promise.resolve(typeof answer === 'function' ? (answer as (...args: readonly unknown[]) => unknown)(...args) : answer);
      };
    },
  });
  const kept = new Map<string, unknown>();
  const memory = {
    get: (key: string) => kept.get(key),
    set: (key: string, value: unknown) => {
      kept.set(key, value);
      return Promise.resolve();
    },
  };
  const store = new Store({ connect: () => Promise.resolve(engine), endpoint: () => Promise.resolve(engine.endpoint) });
  const contexts = new Contexts(undefined, { env: {}, home: '/nowhere', platform: 'linux', uid: 99_999 });
  await store.engine();
  const app = { store, contexts, ui, memory, choices: new Choices(memory), engine: () => store.engine() };
  return { app: app as unknown as App, said };
}

async function* silence(signal: AbortSignal, onOpen?: () => void): AsyncIterable<never> {
  onOpen?.();
  await new Promise<void>((end) => {
    signal.addEventListener('abort', () => {
      end();
    });
  });
}
