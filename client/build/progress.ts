/** What BuildKit said so far of one step of a build. */
export interface BuildStep {
  readonly digest: string;
  /** As BuildKit names it: `[train 2/5] RUN pip install …`. */
  readonly name: string;
  readonly state: 'waiting' | 'running' | 'done' | 'cached' | 'failed';
  /** Milliseconds, once it has ended. */
  readonly took?: number;
  readonly error?: string;
  /** The last of what it printed. */
  readonly output: string;
  /** Bytes moved, for steps that copy the context or pull an image. */
  readonly current?: number;
  readonly total?: number;
}

/** A finding of BuildKit's own checks. Lines count from 1. */
export interface BuildWarning {
  readonly rule?: string;
  readonly message: string;
  readonly url?: string;
  readonly file?: string;
  readonly line?: number;
  readonly endLine?: number;
}

/** What a build has said up to now. */
export interface BuildProgress {
  readonly steps: ReadonlyMap<string, BuildStep>;
  readonly warnings: readonly BuildWarning[];
  /** Lines that were not JSON: the summary and the error at the end. */
  readonly words: readonly string[];
}

export const noProgress: BuildProgress = { steps: new Map(), warnings: [], words: [] };

interface Vertex {
  readonly digest: string;
  readonly name?: string;
  readonly started?: string;
  readonly completed?: string;
  readonly cached?: boolean;
  readonly error?: string;
}
interface Status {
  readonly vertex: string;
  readonly current?: number;
  readonly total?: number;
}
interface Log {
  readonly vertex: string;
  /** Base64. */
  readonly data?: string;
}
interface Warning {
  readonly short?: string;
  readonly detail?: readonly string[];
  readonly url?: string;
  readonly sourceInfo?: { readonly filename?: string };
  readonly range?: readonly { readonly start?: { readonly line?: number }; readonly end?: { readonly line?: number } }[];
}
interface Message {
  readonly vertexes?: readonly Vertex[];
  readonly statuses?: readonly Status[];
  readonly logs?: readonly Log[];
  readonly warnings?: readonly Warning[];
}

const keptOutput = 20_000;

/** One line of `docker build --progress=rawjson` more; a line that is no JSON is kept as words. */
export function progressed(before: BuildProgress, line: string): BuildProgress {
  const message = read(line);
  if (!message) return line ? { ...before, words: [...before.words, line] } : before;
  const steps = new Map(before.steps);
  const change = (digest: string, next: Partial<BuildStep>): void => {
    const known = steps.get(digest) ?? { digest, name: '', state: 'waiting', output: '' };
    steps.set(digest, { ...known, ...next });
  };
  for (const vertex of message.vertexes ?? []) change(vertex.digest, ofVertex(vertex, steps.get(vertex.digest)));
  for (const { vertex, current, total } of message.statuses ?? [])
    change(vertex, { ...(current !== undefined && { current }), ...(total !== undefined && { total }) });
  for (const { vertex, data } of message.logs ?? []) {
    const output = (steps.get(vertex)?.output ?? '') + (data === undefined ? '' : decode(data));
    change(vertex, { output: output.slice(-keptOutput) });
  }
  const warnings = message.warnings?.map(ofWarning) ?? [];
  return { steps, warnings: warnings.length ? [...before.warnings, ...warnings] : before.warnings, words: before.words };
}

/** What the step said last prints, in the words BuildKit itself would use. */
export function printed(line: string): { readonly step: string; readonly text: string }[] {
  return (read(line)?.logs ?? []).flatMap(({ vertex, data }) => (data === undefined ? [] : [{ step: vertex, text: decode(data) }]));
}

/** How far a build is: steps of the Dockerfile that have ended, of those that are known. */
export function share({ steps }: BuildProgress): { readonly done: number; readonly of: number; readonly now?: BuildStep } {
  const counted = [...steps.values()].filter(({ name }) => name && !name.startsWith('[internal]'));
  const ended = counted.filter(({ state }) => state === 'done' || state === 'cached');
  const now = counted.filter(({ state }) => state === 'running').at(-1);
  return { done: ended.length, of: counted.length, ...(now && { now }) };
}

function read(line: string): Message | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A vertex may be told of several times: it begins again after a cache look-up, so only the last word counts. */
function ofVertex(vertex: Vertex, known: BuildStep | undefined): Partial<BuildStep> {
  const { name, started, completed, cached, error } = vertex;
  const state = error ? 'failed' : cached ? 'cached' : completed ? 'done' : started ? 'running' : (known?.state ?? 'waiting');
  const took = started && completed ? Math.max(0, Date.parse(completed) - Date.parse(started)) : undefined;
  return { ...(name && { name }), state, ...(took !== undefined && { took }), ...(error && { error }) };
}

function ofWarning({ short = '', detail = [], url, sourceInfo, range }: Warning): BuildWarning {
  const text = decode(short);
  const [, rule, said] = /^([A-Z]\w+): (.*?)(?: \(line \d+\))?$/s.exec(text) ?? [];
  const lines = range?.[0];
  const line = lines?.start?.line;
  return {
    ...(rule !== undefined && { rule }),
    message: said ?? (text || detail.map(decode).join(' ')),
    ...(url !== undefined && { url }),
    ...(sourceInfo?.filename !== undefined && { file: sourceInfo.filename }),
    ...(line !== undefined && { line, endLine: lines?.end?.line ?? line }),
  };
}

const decoder = new TextDecoder();
function decode(base64: string): string {
  try {
    return decoder.decode(Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)));
  } catch {
    return base64;
  }
}
