/** Repeats `read` while somebody looks, and not otherwise. */
export interface Watch {
  look(visible: boolean): void;
  /** Reads at once, when somebody looks. */
  refresh(): void;
  dispose(): void;
}

/** `show` gets each result; a reading that takes longer than the interval delays the next one. */
export function watch<T>(read: (signal: AbortSignal) => Promise<T>, show: (result: T) => void, interval: () => number): Watch {
  let looking: AbortController | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const round = async (eye: AbortController): Promise<void> => {
    clearTimeout(timer);
    try {
      const result = await read(eye.signal);
      if (!eye.signal.aborted) show(result);
    } catch {
      // A reading that was given up, or that failed in a way `read` does not tell: the next one may do.
    }
    if (!eye.signal.aborted) timer = setTimeout(() => void round(eye), interval());
  };
  const look = (visible: boolean): void => {
    if (visible === (looking !== undefined)) return;
    looking?.abort();
    clearTimeout(timer);
    looking = visible ? new AbortController() : undefined;
    if (looking) void round(looking);
  };
  return {
    look,
    refresh: () => {
      if (!looking) return;
      look(false);
      look(true);
    },
    dispose: () => {
      look(false);
    },
  };
}
