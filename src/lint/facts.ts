import { remembered } from '../text/remembered.ts';
import { lineBreak, type Source } from '../text/text.ts';
import type { World } from './rule.ts';

/** Written once: they are the same for every key, and an engine may have hundreds of images. */
const written = remembered((facts: object): string => JSON.stringify(facts));

/** What findings hold for besides the documents and the answers of the world: the day, the settings, the engine, and the line break that fixes put in. */
export const factsOf = ({ today, options, live }: World, severities: readonly string[], source: Source): string =>
  [today, written(options), written(live), severities.join(), lineBreak(source)].join('\0');
