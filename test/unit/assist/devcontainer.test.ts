import assert from 'node:assert/strict';
import { test } from 'node:test';
import { complete } from '../../../src/assist/complete.ts';
import { open } from '../../../src/core.ts';
import { worldOf } from '../world.ts';

/** What is offered at `¦`. */
function offered(marked: string): readonly string[] {
  const offset = marked.indexOf('¦');
  return complete(open('.devcontainer/devcontainer.json', marked.replace('¦', ''), 'devcontainer'), offset, worldOf({})).map(
    ({ text }) => text,
  );
}

test('arguments for GPUs, each as one word, and nothing elsewhere', () => {
  assert.equal(offered('{"runArgs": ["¦"]}')[0], '--gpus=all');
  assert.deepEqual(offered('{\n  // GPUs\n  "runArgs": [\n    "--gpus=all",\n    "--i¦"\n  ]\n}'), ['--ipc=host']);
  assert.deepEqual(offered('{"name": "¦"}'), []);
  assert.deepEqual(offered('{"runArgs": [], "name": "--¦"}'), []);
});
