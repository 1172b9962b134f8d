import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { extension, open, type Case } from './case.ts';

interface Manifest {
  readonly contributes: {
    readonly commands?: readonly { readonly command: string }[];
    readonly views?: Readonly<Record<string, readonly { readonly id: string }[]>>;
  };
}
const manifest = (): Manifest => extension().packageJSON as Manifest;

/** In a folder without anything of ours. */
export const asleep: readonly Case[] = [
  {
    name: 'is not activated in a folder without Docker files',
    once: true,
    run: async () => {
      await open('main.py');
      await vscode.commands.executeCommand(
        'vscode.executeHoverProvider',
        vscode.window.activeTextEditor?.document.uri,
        new vscode.Position(0, 1),
      );
      assert.equal(extension().isActive, false);
    },
  },
  {
    name: 'takes little of our own code to activate, and exports nothing',
    once: true,
    run: async () => {
      const [start, cpu] = [performance.now(), process.cpuUsage()];
      const exported = await extension().activate();
      const { user, system } = process.cpuUsage(cpu);
      const elapsed = performance.now() - start;
      const own = Math.min(elapsed, (user + system) / 1000);
      assert.equal(exported, undefined);
      assert.ok(own < 400, `it took ${own.toFixed(0)} ms`);
      return `${elapsed.toFixed(0)} ms, of which ${own.toFixed(0)} ms are work in this process`;
    },
  },
  {
    name: 'registers every command that the manifest names',
    run: async () => {
      const registered = new Set(await vscode.commands.getCommands(true));
      const named = (manifest().contributes.commands ?? []).map(({ command }) => command);
      assert.ok(named.length > 0, 'the manifest names no command');
      assert.deepEqual(
        named.filter((command) => !registered.has(command)),
        [],
      );
    },
  },
  {
    name: 'contributes the six views',
    run: async () => {
      const views = (manifest().contributes.views?.['mlContainers'] ?? []).map(({ id }) => id);
      for (const view of ['containers', 'images', 'volumes', 'networks', 'contexts', 'gpus'])
        assert.ok(views.includes(`mlContainers.${view}`), `mlContainers.${view} is not contributed`);
    },
  },
];
