import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { knowledge } from '../../src/knowledge/index.ts';
import { imageFacts, serviceFacts, torchFacts } from '../../src/knowledge/lookup.ts';

test('every table says when it was checked', () => {
  for (const file of readdirSync('src/knowledge/tables'))
    assert.match(readFileSync(`src/knowledge/tables/${file}`, 'utf8').slice(0, 400), /[Cc]hecked \d{4}-\d{2}/, file);
});

test('an image’s facts follow from its tag', () => {
  assert.equal(imageFacts(knowledge, 'python:3.12.4-slim-bookworm')?.python, '3.12');
  assert.equal(imageFacts(knowledge, 'docker.io/library/python:3.11')?.tools.curl, true);
  assert.equal(imageFacts(knowledge, 'python:3.11-alpine3.20')?.libc, 'musl');
  assert.equal(imageFacts(knowledge, 'nvidia/cuda:12.6.3-base-ubuntu24.04')?.python, 'none');
  assert.equal(imageFacts(knowledge, 'company.example/python:3.12-slim'), undefined);
});

test('services are told apart by image', () => {
  assert.equal(serviceFacts(knowledge, 'ghcr.io/mlflow/mlflow:v3.4.0')?.id, 'mlflow');
  assert.equal(serviceFacts(knowledge, 'pgvector/pgvector:pg17')?.id, 'postgres');
  assert.equal(serviceFacts(knowledge, 'company.example/api:1'), undefined);
});

test('a torch release goes with the companions its project names', () => {
  const release = torchFacts(knowledge, '2.5.1+cu121');
  assert.equal(release?.torchvision, '0.20.1');
  assert.ok(release.wheels.some(({ tag }) => tag === 'cu121'));
});

test('the rows of a table are in order, so that the newest is the last', () => {
  const number = (version: string): number => {
    const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
    return (major * 1000 + minor) * 1000 + patch;
  };
  for (const rows of [knowledge.torch, knowledge.vllm, knowledge.jax, knowledge.tensorflow]) {
    const versions = rows.map(({ version }) => number(version));
    assert.deepEqual(
      versions,
      versions.toSorted((a, b) => a - b),
    );
  }
});

test('the ends of releases are dates, since they are compared as texts', () => {
  const lives = Object.values(knowledge.endOfLife).flatMap((releases) => Object.values(releases));
  for (const { releaseDate, eol, eoes } of lives)
    for (const date of [releaseDate, eol, eoes]) assert.match(date ?? '2026-01-01', /^\d{4}-\d\d-\d\d$/);
});
