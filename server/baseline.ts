import { setFlagsFromString } from 'node:v8';

// A check is hundreds of small functions that each run seldom. Node before 22 runs code for long as it was read: it is translated when it is
// first called instead, which takes a third off the slowest keys. Newer ones translate it soon enough, but run it for a while without a note of
// what its places have seen: with notes from the first call on, keys take a twentieth less.
setFlagsFromString(Number(process.versions.node.split('.')[0]) < 22 ? '--always-sparkplug' : '--no-lazy-feedback-allocation');
