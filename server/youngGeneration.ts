import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** Bytes. What a check leaves behind is swept often enough with this much room; with more, Node takes a hundred megabytes and keeps them. */
const enough = 16 * 1024 * 1024;
let bounded = false;

/**
 * Lets the heap's room for new objects grow no further once it is large enough. Its bound is an argument of Node, which whoever starts the
 * server would have to know; that it stops growing can be said at any time.
 */
export function boundYoungGeneration(): void {
  if (bounded) return;
  bounded = getHeapSpaceStatistics().some(({ space_name: name, space_size: size }) => name === 'new_space' && size >= enough);
  if (bounded) setFlagsFromString('--semi-space-growth-factor=1');
}
