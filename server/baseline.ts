import { setFlagsFromString } from 'node:v8';

// Node before 22 runs code for long as it was read, and a check is hundreds of small functions that each run seldom: it is translated when it is
// first called instead, which takes a third off the slowest keys. Newer ones do that by themselves soon enough.
if (Number(process.versions.node.split('.')[0]) < 22) setFlagsFromString('--always-sparkplug');
