/** Why an engine did not do what was asked. */
export type Reason = 'unreachable' | 'denied' | 'missing' | 'conflict' | 'refused' | 'unsupported' | 'cancelled' | 'broken';

/** A failed request to an engine: the reason, and the engine's own words. */
export class EngineError extends Error {
  readonly reason: Reason;
  readonly status: number | undefined;

  constructor(reason: Reason, message: string, options: { readonly status?: number | undefined; readonly cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = 'EngineError';
    this.reason = reason;
    this.status = options.status;
  }
}

/** Makes of anything that was thrown an error with a reason. */
export function engineError(thrown: unknown): EngineError {
  if (thrown instanceof EngineError) return thrown;
  const error = (typeof thrown === 'object' && thrown !== null ? thrown : { message: String(thrown) }) as {
    readonly name?: string;
    readonly message?: string;
    readonly code?: string;
    readonly statusCode?: number;
    readonly json?: { readonly message?: string };
  };
  const said = (error.json?.message ?? error.message ?? '').trim();
  if (error.name === 'AbortError' || error.code === 'ABORT_ERR')
    return new EngineError('cancelled', 'It was cancelled.', { cause: thrown });
  if (error.statusCode !== undefined)
    return new EngineError(ofStatus(error.statusCode), said || `HTTP ${error.statusCode}`, { status: error.statusCode, cause: thrown });
  switch (error.code) {
    case 'EACCES':
    case 'EPERM':
      return new EngineError('denied', said, { cause: thrown });
    case 'ENOENT':
    case 'ECONNREFUSED':
    case 'ECONNRESET':
    case 'EPIPE':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ETIMEDOUT':
    case 'ENOTSOCK':
      return new EngineError('unreachable', said, { cause: thrown });
    default:
      // What Node says when the other side went away.
      return /socket hang up|aborted/i.test(said)
        ? new EngineError('unreachable', 'it closed the connection', { cause: thrown })
        : new EngineError('broken', said || 'Unknown error', { cause: thrown });
  }
}

function ofStatus(status: number): Reason {
  if (status === 401 || status === 403) return 'denied';
  if (status === 404) return 'missing';
  if (status === 409) return 'conflict';
  if (status === 501) return 'unsupported';
  return status < 500 ? 'refused' : 'broken';
}
