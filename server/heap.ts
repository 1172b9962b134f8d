import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

// What bounds the heap are arguments of Node, which whoever starts the server would have to know; these count from when they are said.

/** Bytes. What a check leaves behind is swept often enough with this much room; with more, Node takes a hundred megabytes and keeps them. */
const enough = 16 * 1024 * 1024;
let bounded = false;

// Little survives a keystroke. Dividing the work of looking for that among threads takes longer than the work, and on a busy machine a key
// waits until the last of them has had its turn.
setFlagsFromString('--no-parallel-scavenge');

/** Lets the room for new objects grow no further once it is large enough. */
export function boundYoungGeneration(): void {
  if (bounded) return;
  bounded = getHeapSpaceStatistics().some(({ space_name: name, space_size: size }) => name === 'new_space' && size >= enough);
  if (bounded) setFlagsFromString('--semi-space-growth-factor=1');
}

let early = false;

/** Has the heap swept when it has grown by a fifth, where Node would let it grow to a multiple: worth its time while much is held. */
export function sweepEarly(now: boolean): void {
  if (now === early) return;
  early = now;
  setFlagsFromString(`--heap-growing-percent=${now ? 20 : 0}`);
}
