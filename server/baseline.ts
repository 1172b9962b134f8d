import { setFlagsFromString } from 'node:v8';

// A check is hundreds of small functions that each run seldom. Node runs code for long as it was read: it is translated when it is first called
// instead, which takes a third off the slowest keys. What would make it faster still takes it up while a key waits for its answer, learns anew
// with each kind of edit, and never gives back 30 MB: it is for whoever works through a large file.
for (const flag of ['--always-sparkplug', '--no-opt', '--no-maglev']) setFlagsFromString(flag);
