import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDockerfile } from '../../../src/dockerfile/parse.ts';

test('a file that is called a template and that no build accepts is one', () => {
  const text = 'FROM alpine:0.0\nRUN case x in \\\n  "${ARCH[@]}"\n  esac \\\n  && true\n';
  assert.equal(parseDockerfile('a/Dockerfile-alpine.template', text).template, 'other');
  assert.deepEqual(parseDockerfile('a/Dockerfile-alpine.template', text).faults, []);
  assert.equal(parseDockerfile('a/Dockerfile.alpine', text).template, undefined);
  assert.notDeepEqual(parseDockerfile('a/Dockerfile.alpine', text).faults, []);
});

test('a template that is a Dockerfile as it stands is checked', () => {
  assert.equal(parseDockerfile('Dockerfile.template', 'FROM alpine:3.22\nRUN true\n').template, undefined);
});
