import { literal } from '../text/literal.ts';
import { Attached } from '../text/attached.ts';
import { join, upwards } from '../text/paths.ts';
import type { Surroundings } from './surroundings.ts';

/** What is written near a project for whoever starts it: examples of the settings to make, and guides that speak of them. */
export type Writing = 'examples' | 'guides';

const examples = ['.env.example', '.env.sample', '.env.template', '.env.dist', '.env.default', 'env.example', 'example.env', 'sample.env'];

/** Examples for one of several settings: `.env.hybrid.example`, given by `--env-file`. */
const ofSetting = /^\.?env[.-][\w.-]*[.-](?:example|sample|template|dist|default)$/;

/** Scripts that whoever starts the project sources first. */
const scripts = ['set_env.sh', 'setenv.sh', 'set-env.sh', 'env.sh', '.envrc'];

/** What people read and run before they start a project: here they are told what to write or to set first. */
const guides = [
  ...['README.md', 'README.rst', 'README.txt', 'README', 'readme.md', 'Readme.md', 'docs/README.md', 'INSTALL.md', 'DEPLOYMENT.md'],
  ...['Makefile', 'makefile', 'justfile', 'Justfile', 'Taskfile.yml', 'Taskfile.yaml'],
  ...['run', 'start', 'setup', 'install', 'build', 'deploy', 'up', 'launch', 'docker', 'env'].map((name) => `${name}.sh`),
];

/** So many folders are looked at for what says a variable: the project's own and those above. */
export const near = 3;

/** The texts of one kind in a folder and those above it. */
export function writingsNear(kind: Writing, folder: string, { read, list }: Pick<Surroundings, 'read' | 'list'>): readonly string[] {
  const around = (names: readonly string[]): readonly string[] =>
    upwards(folder, near).flatMap((at) => names.map((name) => join(at, name)));
  const paths =
    kind === 'guides'
      ? around(guides)
      : [
          ...new Set([...examples, ...(list?.(folder) ?? []).filter((name) => ofSetting.test(name))].map((name) => join(folder, name))),
          ...around(scripts),
        ];
  return paths.flatMap((path) => read(path) ?? []);
}

/** The same, from where they are kept if they are. */
export const writingsIn = (kind: Writing, folder: string, surroundings: Surroundings): readonly string[] =>
  surroundings.writings?.(kind, folder) ?? writingsNear(kind, folder, surroundings);

const known = new Attached<readonly string[], Map<string, boolean>>();

/** Whether a guide speaks of a file or a variable by its name. */
export function mentioned(name: string, guides: readonly string[]): boolean {
  const answers = known.get(guides) ?? new Map<string, boolean>();
  known.set(guides, answers);
  let answer = answers.get(name);
  if (answer === undefined) {
    const word = new RegExp(`(?<![\\w.-])${literal(name)}(?![\\w-])`);
    answers.set(name, (answer = guides.some((text) => word.test(text))));
  }
  return answer;
}
