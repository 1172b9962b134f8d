import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languageOf } from '../../src/core.ts';

test('Dockerfiles are known by the names that people give them', () => {
  for (const name of [
    'Dockerfile',
    'dockerfile',
    'Containerfile',
    'a/b/Dockerfile.gpu',
    'Dockerfile_amd64',
    'Dockerfile-gpu',
    'dockerfile.cuda',
    'Dockerfile.cuda-12.4.1',
    'Dockerfile.go',
    'Dockerfile-slim.template',
    'api.Dockerfile',
    'api.dockerfile',
    'api.Containerfile',
  ])
    assert.equal(languageOf(name), 'dockerfile', name);
});

test('what is about them is none', () => {
  for (const name of [
    'Dockerfile.md',
    'Dockerfile_notes.txt',
    'Dockerfile~',
    'Dockerfile.orig',
    'dockerfile.go',
    'dockerfile_test.go',
    'dockerfile_security.rego',
    'dockerfile-lint.yml',
    'Dockerfile-check.py',
    'Dockerfiles',
    'dockerfile2',
    'mydockerfile',
    '.dockerfile',
  ])
    assert.notEqual(languageOf(name), 'dockerfile', name);
});

test('Compose files and requirements', () => {
  assert.equal(languageOf('docker-compose.override.yml'), 'compose');
  assert.equal(languageOf('compose.gpu.yaml'), 'compose');
  assert.equal(languageOf('requirements-dev.txt'), 'requirements');
  assert.equal(languageOf('services/api/requirements/base.txt'), 'requirements');
  assert.notEqual(languageOf('requirements/notes.md'), 'requirements');
  assert.equal(languageOf('constraints.in'), 'requirements');
  assert.equal(languageOf('README.md'), undefined);
});
