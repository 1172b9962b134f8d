// Who may import whom. The most specific row that contains a file binds it; what a row does not grant is forbidden.
const row = (part, imports, { packages = [], node = false, alone = false } = {}) => ({
  part,
  imports: [part, ...imports],
  packages,
  node,
  alone,
});

const models = [
  'src/text',
  'src/document.ts',
  'src/dockerfile',
  'src/compose',
  'src/python',
  'src/dockerignore',
  'src/devcontainer',
  'src/catalogue',
];
// The tables themselves are handed in; only their types and the ways to look things up are shared.
const tables = ['src/knowledge/knowledge.ts', 'src/knowledge/lookup.ts'];

// What an engine says, as data.
const engine = 'client/engine/engine.ts';
const engineData = [engine, 'client/engine/details.ts'];

export const law = [
  // The core: pure functions over text. No Node, no VS Code, no LSP, no engine.
  row('src/text', []),
  row('src/knowledge', ['src/text']),
  row('src/dockerfile', ['src/text']),
  row('src/compose', ['src/text'], { packages: ['yaml'] }),
  row('src/python', ['src/text'], { packages: ['@renovatebot/pep440', 'toml-eslint-parser', 'yaml'] }),
  row('src/dockerignore', ['src/text'], { packages: ['@balena/dockerignore'] }),
  row('src/devcontainer', ['src/text'], { packages: ['jsonc-parser'] }),
  row('src/catalogue', ['src/text', ...tables], { packages: ['yaml'] }),
  row('src/document.ts', ['src/dockerfile', 'src/compose', 'src/python', 'src/dockerignore', 'src/devcontainer', 'src/catalogue']),
  row('src/lint', [...models, ...tables], { packages: ['yaml', 'jsonc-parser'] }),
  row('src/rules', [...models, 'src/lint', ...tables], { alone: true }),
  row('src/rules/shared', [...models, 'src/lint', ...tables], { packages: ['@renovatebot/pep440'] }),
  row('src/assist', [...models, 'src/lint', ...tables, 'src/rules/shared'], { packages: ['yaml'] }),
  row('src/diagnose', ['src/text', 'src/knowledge']),
  row('src/plan', [...models, ...tables, 'src/lint', 'src/rules/shared', 'src/knowledge/recipe.ts', 'src/knowledge/starters.ts'], {
    packages: ['yaml', '@renovatebot/pep440'],
  }),
  row('src/plan/newProject/kinds', ['src/plan'], { alone: true }),
  row('src/plan/versions/frameworks', ['src/plan', ...tables, 'src/rules/shared'], { alone: true }),
  row('src/settings.ts', ['src/catalogue/schema.ts']),
  row('src/protocol.ts', ['src/lint']),
  row('src', []),

  // The adapters: each joins the core to one outside world, and none knows the others.
  // Programs of the machine that more than one adapter calls.
  row('machine', ['src'], { node: true }),
  row('server', ['src', 'machine'], { packages: ['vscode-languageserver', 'ignore'], node: true }),
  row('cli', ['src', 'machine'], { packages: ['ignore', 'yaml'], node: true }),
  row('client/engine', [], { node: true }),
  row('client/engine/dockerode.ts', ['client/engine'], { packages: ['dockerode'], node: true }),
  row('client/views', ['src', ...engineData, 'client/engine/snapshot.ts', 'client/gpu/nvidiaSmi.ts', 'client/gpu/holders.ts']),
  row('client/commands', ['src', 'client'], { alone: true }),
  row('client/ui.ts', ['src']),
  row('client/logs', ['src', 'client/engine'], { packages: ['anser'] }),
  row('client/gpu', engineData, { node: true }),
  row('client/build', ['src', engine, 'client/logs', 'client/gpu', 'client/ui.ts'], { node: true }),
  row('client/vscode', ['src', 'client'], { packages: ['vscode', 'vscode-languageclient'], node: true }),
  row('client/extension.ts', ['src', 'client'], { packages: ['vscode'] }),
  row('client', ['src']),
];

const within = (path, part) => path === part || path.startsWith(`${part}/`);

/** Says why `file` may not import `specifier`; nothing when it may. Paths are relative to the repository. */
export function breach(file, specifier) {
  const [bound] = law.filter(({ part }) => within(file, part)).sort((a, b) => b.part.length - a.part.length);
  if (!bound) return;
  const { part, imports, packages, node, alone } = bound;
  if (specifier.startsWith('node:')) return node ? undefined : `${part} is pure: it may not use ${specifier}`;
  if (!specifier.startsWith('.')) {
    const name = specifier
      .split('/')
      .slice(0, specifier.startsWith('@') ? 2 : 1)
      .join('/');
    return packages.includes(name) ? undefined : `${part} may not use the package ${name}`;
  }
  const target = new URL(specifier, `file:///${file}`).pathname.slice(1);
  if (!imports.some((granted) => within(target, granted))) return `${part} may not import ${target}`;
  const shared = ['command.ts', 'index.ts'];
  const common = within(target, `${part}/shared`);
  if (alone && !common && within(target, part) && !shared.some((name) => file.endsWith(name) || target.endsWith(name)))
    return `files in ${part} do not import each other`;
}
