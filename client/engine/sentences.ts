import { EngineError } from './engine.ts';

/** The sentence for the person, from what went wrong. The engine's own words stay in it. */
export function sentence(error: unknown, address?: string): string {
  if (!(error instanceof EngineError)) return error instanceof Error ? error.message : String(error);
  const own = error.message;
  switch (error.reason) {
    case 'unreachable':
      return `No container engine answers${address === undefined ? '' : ` at ${address}`}. Start Docker, or choose another context. (${own})`;
    case 'denied':
      return `The engine's socket may not be opened${address === undefined ? '' : ` (${address})`}. On Linux, «sudo usermod -aG docker $USER» and a new login give the right. (${own})`;
    case 'missing':
      return `It is gone already. (${own})`;
    case 'unsupported':
      return `This engine cannot do that. (${own})`;
    case 'cancelled':
      return 'Cancelled.';
    case 'conflict':
    case 'failed':
      return own;
  }
}
