import { settings, type Setting } from '../../src/settings.ts';

/** The generated parts of package.json; hand-written parts of `contributes` are kept. */
export function contributes(manifest: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>> {
  const own = (manifest['contributes'] ?? {}) as Record<string, unknown>;
  return Promise.resolve({ contributes: { ...own, configuration: { title: 'ML Containers', properties: configuration() } } });
}

function configuration(): Record<string, unknown> {
  return Object.fromEntries(Object.entries<Setting<unknown>>(settings).map(([key, row]) => [`mlContainers.${key}`, property(row)]));
}

function property({ default: value, description, values, schema, scope }: Setting<unknown>): Record<string, unknown> {
  const type = Array.isArray(value) ? 'array' : value === null ? ['string', 'null'] : typeof value;
  return { type, default: value, ...(values && { enum: values }), ...schema, scope, markdownDescription: description };
}
