import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open } from '../../src/core.ts';
import { usualNames } from '../../src/document.ts';
import { defaultLintConfig, lint, type LintConfig } from '../../src/lint/lint.ts';
import { rules } from '../../src/rules/index.ts';
import { knowledge } from '../../src/knowledge/index.ts';
import type { KnowledgeBase, Service } from '../../src/knowledge/knowledge.ts';
import { marked } from './examples.ts';
import { worldOf } from './world.ts';

const rule = rules.filter(({ id }) => id === 'pip-cache-kept');
const severities = (packages: string, config: Partial<LintConfig> = {}): readonly string[] =>
  lint(
    open('Dockerfile', `FROM python:3.12-slim\nRUN pip install ${packages}\n`, 'dockerfile'),
    rule,
    worldOf({}),
    { ...defaultLintConfig, ...config },
    (id, error) => {
      throw new Error(id, { cause: error });
    },
  ).map(({ severity }) => severity);

test('a finding may matter less than its rule', () => {
  assert.deepEqual(severities('torch==2.5.1'), ['warning']);
  assert.deepEqual(severities('flask==3.1.0'), ['info']);
});

test('what someone sets for the rule goes before that', () => {
  assert.deepEqual(severities('flask==3.1.0', { severities: { 'pip-cache-kept': 'error' } }), ['error']);
  assert.deepEqual(severities('flask==3.1.0', { severities: { 'pip-cache-kept': 'on' } }), ['info']);
  assert.deepEqual(severities('torch==2.5.1', { severities: { 'pip-cache-kept': 'hint' } }), ['hint']);
});

const inCompose = (id: string, text: string, files: Readonly<Record<string, string>> = {}): readonly string[] =>
  lint(
    open('compose.yaml', text, 'compose'),
    rules.filter((each) => each.id === id),
    worldOf({ files }),
    defaultLintConfig,
    (rule, error) => {
      throw new Error(rule, { cause: error });
    },
  ).map(({ severity }) => severity);

test('a password that somebody is to fill in is no fault of the project, one that was written is', () => {
  const fromFile = 'services:\n  db:\n    image: postgres:17\n    env_file: db.env\n';
  assert.deepEqual(inCompose('service-variable-form', fromFile, { 'db.env': 'POSTGRES_PASSWORD=\n' }), ['info']);
  const store = (value: string): string =>
    `services:\n  store:\n    image: quay.io/minio/minio\n    command: server /data\n    environment:\n      MINIO_ROOT_PASSWORD: ${value}\n`;
  for (const value of ['', '<yours>', 'your-pw', 'xxx'])
    assert.deepEqual(inCompose('service-variable-form', store('${SECRET}'), { '.env': `SECRET=${value}\n` }), ['info'], value);
  assert.deepEqual(inCompose('service-variable-form', store('${SECRET:-}')), ['info']);
  assert.deepEqual(inCompose('service-variable-form', store('${SECRET}'), { '.env': 'SECRET=mysql\n' }), ['warning']);
  assert.deepEqual(inCompose('service-variable-form', store('""')), ['warning']);
});

test('a service that a variable chooses comes with the profile that goes with it', () => {
  const app = (db: string): string =>
    `services:\n  app:\n    image: app:1\n    depends_on:\n      - ${db}\n  mysql:\n    image: mysql:8.4\n    profiles: [mysql]\n`;
  assert.deepEqual(inCompose('compose-reference', app('${DB_TYPE:-mysql}')), ['info']);
  assert.deepEqual(inCompose('compose-reference', app('mysql')), ['error']);
});

test('conda activate in an image that nobody knows may find a shell that is set up', () => {
  const trains = (image: string): string =>
    `services:\n  train:\n    image: ${image}\n    command: bash -c "conda activate ml && python train.py"\n`;
  assert.deepEqual(inCompose('command-script-fails', trains('condaforge/miniforge3:24.9.2-0')), ['error']);
  assert.deepEqual(inCompose('command-script-fails', trains('registry.example/lab/train:1')), ['warning']);
  const run = (image: string): readonly string[] =>
    lint(
      open('Dockerfile', `FROM ${image}\nRUN conda activate ml && python train.py\n`, 'dockerfile'),
      rules.filter(({ id, language }) => id === 'conda-env-not-activated' && language === 'dockerfile'),
      worldOf({}),
      defaultLintConfig,
      (id, error) => {
        throw new Error(id, { cause: error });
      },
    ).map(({ severity }) => severity);
  assert.deepEqual(run('continuumio/miniconda3'), ['error']);
  assert.deepEqual(run('pangeo/pangeo-notebook:latest'), ['warning']);
});

// A row that is likely may be shown, and may be a reason to look; it is none to be warned.
test('only rows that are certain raise errors and warnings', () => {
  const sureOnly = Object.fromEntries(
    Object.entries(knowledge).map(([table, rows]: [string, unknown]) => [table, Array.isArray(rows) ? rows.filter(isCertain) : rows]),
  ) as unknown as KnowledgeBase;
  // A form of a variable may be certain where not all is that its row says.
  const sureForms = {
    ...sureOnly,
    services: [...sureOnly.services, ...knowledge.services.filter((row) => !isCertain(row)).flatMap(formsAlone)],
  };
  let looked = 0;
  for (const each of rules)
    for (const example of each.examples) {
      if (example.bad === undefined) continue;
      const { text } = marked(example.bad);
      const document = open(example.path ?? usualNames[each.language], text, each.language);
      const warned = (tables: KnowledgeBase): readonly string[] =>
        lint(document, [each], { ...worldOf(example), knowledge: tables }, { ...defaultLintConfig, all: true }, (id, error) => {
          throw new Error(id, { cause: error });
        })
          .filter(({ severity }) => severity === 'error' || severity === 'warning')
          .map(({ span }) => text.slice(span.start, span.end));
      const sure = [...warned(sureOnly), ...warned(sureForms)];
      looked += sure.length;
      assert.deepEqual(
        warned(knowledge).filter((place) => !sure.includes(place)),
        [],
        `${each.language} ${each.id} warns because of a row that is not certain: ${text}`,
      );
    }
  assert.ok(looked > 300);
});

const isCertain = (row: { readonly sure?: string }): boolean => row.sure === undefined || row.sure === 'certain';

function formsAlone({ id, name, images, sure, forms = [] }: Service): readonly Service[] {
  const certain = forms.filter((form) => form.sure === 'certain');
  const nothing = { category: '', recognise: '', ports: [], env: {}, volumes: [], defaultCredentials: [], wantsShm: false, notes: [] };
  return certain.length ? [{ ...nothing, id, name, images, sure, forms: certain }] : [];
}
