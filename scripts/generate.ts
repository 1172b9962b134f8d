import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { index } from './generate/indexes.ts';
import type { AnyCommand } from '../client/commands/command.ts';
import type { KnowledgeBase } from '../src/knowledge/knowledge.ts';
import { languages } from '../src/document.ts';
import type { AnyRule } from '../src/lint/rule.ts';
import type { Tables } from '../src/plan/newProject/kind.ts';
import type { Snippet } from '../src/plan/snippets.ts';

// `npm run generate` writes what is derived; `npm run generate -- --check` only says what is stale.
const check = process.argv.includes('--check');
const stale: string[] = [];

function put(path: string, text: string): void {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return;
  stale.push(path);
  if (check) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** An index, written as the formatter would write it. */
const putIndex = async (path: string, ...what: Parameters<typeof index>): Promise<void> => {
  put(path, await format(index(...what), { ...(await resolveConfig(path)), filepath: path }));
};

const names = (folder: string): string[] =>
  (existsSync(folder) ? readdirSync(folder) : [])
    .filter((file) => file.endsWith('.ts') && !['index.ts', 'command.ts'].includes(file))
    .map((file) => file.slice(0, -3))
    .sort();

async function compiled(path: string): Promise<unknown> {
  const file = join(process.cwd(), 'out', path.replace(/\.ts$/, '.js'));
  if (!existsSync(file)) throw new Error(`${path} is not compiled yet: run npx tsc -b first`);
  return import(pathToFileURL(file).href);
}

const ruleFiles = languages.flatMap((language) => names(`src/rules/${language}`).map((name) => `./${language}/${name}.ts`));
await putIndex('src/rules/index.ts', 'AnyRule', '../lint/rule.ts', 'rules', ruleFiles);

const commandFiles = names('client/commands').map((name) => `./${name}.ts`);
await putIndex('client/commands/index.ts', 'AnyCommand', './command.ts', 'commands', commandFiles);

const kindFiles = names('src/plan/newProject/kinds').map((name) => `./${name}.ts`);
await putIndex('src/plan/newProject/kinds/index.ts', 'ProjectKind', '../kind.ts', 'projectKinds', kindFiles);

const frameworkFiles = names('src/plan/versions/frameworks').map((name) => `./${name}.ts`);
await putIndex('src/plan/versions/frameworks/index.ts', 'Framework', '../framework.ts', 'frameworks', frameworkFiles);

// The rest reads the compiled rules and commands themselves, straight from their files, so that a stale index does not matter.
const each = <T>(folder: string, files: readonly string[]): Promise<readonly T[]> =>
  Promise.all(files.map(async (file) => ((await compiled(join(folder, file))) as { default: T }).default));
const rules = await each<AnyRule>('src/rules', ruleFiles);
const commands = await each<AnyCommand>('client/commands', commandFiles);

const { ruleDocs } = await import('./generate/ruleDocs.ts');
const docs = ruleDocs(rules);
for (const [path, text] of docs) put(path, text);
if (existsSync('docs/rules')) {
  for (const file of readdirSync('docs/rules')) {
    const path = `docs/rules/${file}`;
    if (docs.has(path)) continue;
    stale.push(path);
    if (!check) rmSync(path);
  }
}

const { pitfallDocs } = await import('./generate/pitfalls.ts');
put('docs/pitfalls.md', pitfallDocs(rules));

const { knowledgeDocs, tableSource } = await import('./generate/knowledgeDocs.ts');
const { knowledge } = (await compiled('src/knowledge/index.ts')) as { knowledge: KnowledgeBase };
const tables = names('src/knowledge/tables').map((name) => tableSource(name, readFileSync(`src/knowledge/tables/${name}.ts`, 'utf8')));
for (const [path, text] of knowledgeDocs(knowledge, tables)) put(path, text);

const { snippetFiles } = await import('./generate/snippetFiles.ts');
const { snippets } = (await compiled('src/plan/snippets.ts')) as { snippets: (tables: Tables) => readonly Snippet[] };
const { recipes } = (await compiled('src/knowledge/tables/recipes.ts')) as Pick<Tables, 'recipes'>;
const { starters } = (await compiled('src/knowledge/tables/starters.ts')) as Pick<Tables, 'starters'>;
for (const [path, text] of snippetFiles(snippets({ knowledge, recipes, starters }))) put(path, text);

const { catalogueSchema } = (await compiled('src/catalogue/schema.ts')) as { catalogueSchema: Record<string, unknown> };
put('schemas/ml-containers.schema.json', await format(JSON.stringify(catalogueSchema), { parser: 'json' }));

const { practiceDocs } = await import('./generate/practices.ts');
put('docs/practices.md', practiceDocs(rules, commands, knowledge));

const { contributes } = await import('./generate/contributes.ts');
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, unknown>;
put('package.json', await format(JSON.stringify({ ...manifest, ...contributes(manifest, commands) }), { parser: 'json-stringify' }));

if (check && stale.length) {
  console.error(`Stale: ${stale.join(', ')}. Run npm run generate and commit what it writes.`);
  process.exit(1);
}
if (stale.length) console.error(`Wrote ${stale.join(', ')}`);
