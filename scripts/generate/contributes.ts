import { settings, type Setting } from '../../src/settings.ts';
import type { AnyCommand } from '../../client/commands/command.ts';
import { menus } from './menus.ts';

/** The generated parts of package.json; hand-written parts of `contributes` are kept. */
export function contributes(manifest: Readonly<Record<string, unknown>>, commands: readonly AnyCommand[]): Record<string, unknown> {
  const own = (manifest['contributes'] ?? {}) as Record<string, unknown>;
  return {
    contributes: {
      ...own,
      commands: commands.map(({ id, title, icon }) => ({
        command: `mlContainers.${id}`,
        title,
        category: 'ML Containers',
        ...(icon !== undefined && { icon: `$(${icon})` }),
      })),
      menus: menus(commands),
      configuration: { title: 'ML Containers', properties: configuration() },
    },
  };
}

function configuration(): Record<string, unknown> {
  return Object.fromEntries(
    // Without a number VS Code sorts them by name: what most people look for would stand far below.
    Object.entries<Setting<unknown>>(settings).map(([key, row], order) => [`mlContainers.${key}`, { order, ...property(row) }]),
  );
}

function property({ default: value, description, values, schema, scope }: Setting<unknown>): Record<string, unknown> {
  const type = Array.isArray(value) ? 'array' : typeof value;
  return { type, default: value, ...(values && { enum: values }), ...schema, scope, markdownDescription: description };
}
