import { engineError } from './failure.ts';

/** The sentence for the person, from what went wrong. The engine's own words stay in it. */
export function sentence(error: unknown, address?: string): string {
  const { reason, message } = engineError(error);
  const said = message.replace(/\.?\s*$/, '.');
  const at = address === undefined ? '' : ` at ${address}`;
  switch (reason) {
    case 'unreachable':
      return `No engine answers${at}. Start Docker, or choose another context. ${said}`;
    case 'denied':
      return `You may not use the engine${at}. ${said}`;
    case 'missing':
      return `It is gone already. ${said}`;
    case 'unsupported':
      return `This engine cannot do that. ${said}`;
    case 'cancelled':
      return 'It was cancelled.';
    case 'conflict':
    case 'refused':
    case 'broken':
      return said;
  }
}
