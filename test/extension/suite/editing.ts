import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, extension, file, finding, open, shown, write, type Case } from './case.ts';

/** A Dockerfile and a Compose file in front of a person. */
export const editing: readonly Case[] = [
  {
    name: 'is activated in a folder with a Dockerfile',
    run: async () => {
      await eventually(
        'activation',
        () => extension().isActive,
        (active) => active,
      );
    },
  },
  {
    name: 'a Dockerfile that does not parse gets an error on the word',
    run: async () => {
      const { document } = await open('broken.Dockerfile');
      const { severity, text } = await finding(document, 'syntax');
      assert.deepEqual({ severity, text }, { severity: 'Error', text: 'RUNN' });
    },
  },
  {
    name: 'a diagnostic follows what is typed',
    run: async () => {
      const editor = await open('Dockerfile');
      const before = await finding(editor.document, 'latest-tag');
      assert.equal(before.text, 'python:latest');
      await write(editor, editor.document.getText().replace('python:latest', 'python:3.12-slim'));
      await eventually(
        'no latest-tag',
        () => shown(editor.document),
        (now) => !now.some(({ rule }) => rule === 'latest-tag'),
      );
    },
  },
  {
    name: 'a quick fix mends what it is offered for',
    run: async () => {
      const { document } = await open('Dockerfile');
      const { range } = await finding(document, 'pip-cache-kept');
      const mends = ({ title, edit }: vscode.CodeAction): boolean => edit !== undefined && title.includes('--no-cache-dir');
      // VS Code drops a question that it asks while the file is being put back to what it was.
      const actions = await eventually(
        'an offer to mend it',
        () => vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, range, 'quickfix', 10),
        (now) => now.some(mends),
      );
      const fix = actions.find(mends);
      assert.ok(fix?.edit, `the offers are ${actions.map(({ title }) => title).join(' | ')}`);
      assert.ok(await vscode.workspace.applyEdit(fix.edit));
      assert.match(document.getText(), /--no-cache-dir|--mount=type=cache/);
      await eventually(
        'no pip-cache-kept',
        () => shown(document),
        (now) => !now.some(({ rule }) => rule === 'pip-cache-kept'),
      );
    },
  },
  {
    name: 'a hover says why a rule asks',
    run: async () => {
      const { document } = await open('Dockerfile');
      const { range } = await finding(document, 'pip-cache-kept');
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, range.start);
      const text = hovers
        .flatMap(({ contents }) => contents.map((one) => (one instanceof vscode.MarkdownString ? one.value : JSON.stringify(one))))
        .join('\n');
      assert.match(text, /cache/);
    },
  },
  {
    name: 'completion offers instructions in a Dockerfile',
    run: async () => {
      const editor = await open('Dockerfile');
      await write(editor, `${editor.document.getText()}HEAL`);
      const end = editor.document.lineAt(editor.document.lineCount - 1).range.end;
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        editor.document.uri,
        end,
      );
      const labels = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
      const ours = labels.filter((label) => label.startsWith('HEALTHCHECK'));
      assert.ok(ours.length > 0 && new Set(ours).size === ours.length, labels.join(' | '));
    },
  },
  {
    name: 'a Compose file is understood, whatever VS Code calls its language',
    run: async () => {
      const { document } = await open('compose.yaml');
      const { text } = await finding(document, 'depends-healthy-no-check');
      assert.equal(text, 'service_healthy');
      const yaml = await vscode.languages.setTextDocumentLanguage(document, 'yaml');
      assert.equal((await finding(yaml, 'depends-healthy-no-check')).severity, 'Warning');
    },
  },
  {
    name: 'a file that a Compose file includes is one, whatever it is called',
    run: async () => {
      await open('store.yml');
      const document = await eventually(
        'its language',
        () => vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === file('store.yml').toString()),
        (now) => now?.languageId === 'dockercompose',
      );
      assert.ok(document);
      assert.equal((await finding(document, 'compose-reference')).severity, 'Error');
    },
  },
  {
    name: 'a Dockerfile that is made plain text stays so',
    run: async () => {
      const { document } = await open('Dockerfile');
      const plain = await vscode.languages.setTextDocumentLanguage(document, 'plaintext');
      await new Promise((later) => setTimeout(later, 300));
      assert.equal(plain.languageId, 'plaintext');
      await vscode.languages.setTextDocumentLanguage(plain, 'dockerfile');
    },
  },
  {
    name: 'a setting changes the diagnostics without a reload',
    run: async () => {
      const { document } = await open('Dockerfile');
      await finding(document, 'pip-cache-kept');
      const settings = vscode.workspace.getConfiguration('mlContainers');
      await settings.update('lint.rules', { 'pip-cache-kept': 'off', 'latest-tag': 'error' }, vscode.ConfigurationTarget.Workspace);
      const now = await eventually(
        'the settings',
        () => shown(document),
        (all) =>
          !all.some(({ rule }) => rule === 'pip-cache-kept') &&
          all.some(({ rule, severity }) => rule === 'latest-tag' && severity === 'Error'),
      );
      assert.ok(now.length > 0);
      await settings.update('lint.rules', undefined, vscode.ConfigurationTarget.Workspace);
      await finding(document, 'pip-cache-kept');
    },
  },
  {
    name: 'a requirements file that changes on disk is seen',
    run: async () => {
      const { document } = await open('Dockerfile');
      await finding(document, 'pip-cache-kept');
      const { document: requirements } = await open('requirements.txt');
      await vscode.workspace.fs.writeFile(file('requirements.txt'), Buffer.from('torch==2.1.0\n'));
      await vscode.workspace.fs.writeFile(
        file('Dockerfile'),
        Buffer.from('FROM python:3.12-slim\nCOPY requirements.txt .\nRUN pip install --no-cache-dir -r requirements.txt\n'),
      );
      const { text } = await finding(requirements, 'torch-python-unsupported');
      assert.match(text, /torch/);
    },
  },
];
