import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

// What bounds the heap are arguments of Node, which whoever starts the server would have to know; these two count from when they are said.

// A check leaves much behind. The heap is swept when it has grown by a fifth: Node would let it grow several times as large.
setFlagsFromString('--heap-growing-percent=20');

/** Bytes. New objects are swept often enough with this much room; with more, Node takes a hundred megabytes and keeps them. */
const enough = 16 * 1024 * 1024;
let bounded = false;

/** Lets the room for new objects grow no further once it is large enough. */
export function boundYoungGeneration(): void {
  if (bounded) return;
  bounded = getHeapSpaceStatistics().some(({ space_name: name, space_size: size }) => name === 'new_space' && size >= enough);
  if (bounded) setFlagsFromString('--semi-space-growth-factor=1');
}
