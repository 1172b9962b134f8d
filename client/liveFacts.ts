import type { LiveParams } from '../src/protocol.ts';
import type { EngineClient } from './engine/engine.ts';
import type { Snapshot } from './engine/snapshot.ts';
import { readEngineGpus } from './gpu/read.ts';

/** What the language server may know of the engine, and a call when that changes. */
export interface LiveFacts {
  /** Undefined while there is no engine. */
  readonly now: () => LiveParams | undefined;
  readonly listen: (listener: () => void) => () => void;
}

/** What is asked of the store. */
interface Source {
  readonly snapshot: Snapshot;
  listen(listener: () => void): () => void;
  engine(): Promise<EngineClient>;
}

type Gpus = Pick<LiveParams, 'gpus' | 'driver'> & { readonly absent?: true };

const none: Gpus = { gpus: [] };
const isLocal = (host: string): boolean => !/^(?:tcp|ssh|https?):/.test(host);
const words: Readonly<Record<string, string>> = { x86_64: 'amd64', aarch64: 'arm64' };

/** Images and machine from the store; the GPUs are read once for each engine, as soon as somebody listens. */
export function liveFacts(store: Source, platform: string = process.platform): LiveFacts {
  let gpus = none;
  let read = '';
  const listeners = new Set<() => void>();

  const look = async (): Promise<void> => {
    const { connection } = store.snapshot;
    const host = connection.state === 'connected' ? connection.endpoint.host : '';
    if (host === read) return;
    read = host;
    gpus = none;
    if (host === '') return;
    const found = await gpusOf(store);
    // Another engine may have been chosen in the meantime.
    if (host !== read) return;
    gpus = found;
    for (const listener of listeners) listener();
  };

  return {
    now: () => {
      const { connection, images } = store.snapshot;
      if (connection.state !== 'connected') return undefined;
      const { info, endpoint } = connection;
      const local = isLocal(endpoint.host);
      const { absent, ...known } = gpus;
      return {
        images: images.flatMap(({ reference }) => reference ?? []),
        sizes: Object.fromEntries(images.flatMap(({ reference, size }) => (reference === undefined ? [] : [[reference, size]]))),
        ...known,
        engine: {
          ...(info && {
            architecture: words[info.architecture] ?? info.architecture,
            runtimes: info.runtimes,
            cdiDevices: info.cdiDevices,
          }),
          onMac: local && platform === 'darwin',
          ...(absent && local ? { noDriver: true } : {}),
        },
      };
    },
    listen: (listener) => {
      listeners.add(listener);
      const stop = store.listen(() => {
        void look();
        listener();
      });
      void look();
      return () => {
        listeners.delete(listener);
        stop();
      };
    },
  };
}

async function gpusOf(store: Source): Promise<Gpus> {
  try {
    const report = await readEngineGpus(await store.engine(), AbortSignal.timeout(30_000));
    if (!('gpus' in report)) return report.reason === 'absent' ? { gpus: [], absent: true } : none;
    return {
      gpus: report.gpus.map(({ name, memory, computeCapability }) => ({
        name,
        memory,
        ...(computeCapability !== undefined && { computeCapability }),
      })),
      ...(report.driver !== undefined && { driver: report.driver }),
    };
  } catch {
    // The engine went away, or nvidia-smi did not answer: nothing is known then.
    return none;
  }
}
