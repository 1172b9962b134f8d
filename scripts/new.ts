import { existsSync, writeFileSync } from 'node:fs';
import { languages } from '../src/document.ts';

// `npm run new rule NAME [LANGUAGE]`, `npm run new command NAME`.
const [kind, name = '', language = 'dockerfile'] = process.argv.slice(2);

const ruleText = `import { ${language}Rule } from '../../lint/rule.ts';

export default ${language}Rule({
  id: '${name}',
  severity: 'warning',
  title: 'Say what to do, as an instruction',
  why: 'Say what goes wrong otherwise.',
  also: [],
  examples: [],
  *check() {
    // yield { span, message, fixes } for each problem; write the examples first: they are the tests
  },
});
`;

const commandText = `import { command } from './command.ts';

export default command({
  id: '${name}',
  title: 'What the menu says',
  on: { kind: 'container', group: '2_use@9' },
  async run(containers, { engine, ui }) {
    const docker = await engine();
    await ui.progress('What goes on', async () => {
      for (const { id } of containers) await docker.inspect('container', id);
    });
  },
});
`;

const path = kind === 'rule' ? `src/rules/${language}/${name}.ts` : `client/commands/${name}.ts`;
const known = languages.some((each) => each === language);
if ((kind !== 'rule' && kind !== 'command') || !known || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
  console.error(`Usage: npm run new rule NAME [${languages.join('|')}]  or  npm run new command NAME   (NAME in kebab-case)`);
  process.exit(2);
}
if (existsSync(path)) {
  console.error(`${path} exists already.`);
  process.exit(2);
}
writeFileSync(path, kind === 'rule' ? ruleText : commandText);
console.log(`Wrote ${path}. Fill it in, then npm run generate.`);
