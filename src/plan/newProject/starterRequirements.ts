import type { NewFile, ProjectKind, Tables, Wanted } from './kind.ts';
import { needsNothing } from './pythonImage.ts';
import { pythonFor, torchOf } from './stack.ts';

/** What brings packages for the first time into a folder that names none: its requirements, in the installer's own file. */
export function starterRequirements(kind: ProjectKind, wanted: Wanted, tables: Tables): readonly NewFile[] {
  const { survey, installer, device } = wanted;
  if (survey.dependencies !== 'none' || needsNothing(wanted)) return [];
  const { knowledge, starters } = tables;
  const torch = torchOf(survey, kind, knowledge);
  const python = pythonFor(survey, torch, tables);
  const used = [...survey.imports].flatMap((module) => distribution[module] ?? (/^[a-z]/.test(module) ? module.replaceAll('_', '-') : []));
  // A Pipfile or a pixi.toml names the packages, in a form that the installers here do not read.
  const begins = survey.packages.size ? [...survey.packages.keys()] : (kind.begins ?? []);
  const names = [...new Set([...begins, ...used])].sort();
  const version = (name: string): string | undefined => {
    const own = survey.packages.get(name);
    if (own !== undefined) return own;
    if (name === 'torch') return torch?.version;
    if (name === 'torchvision') return torch?.torchvision;
    return (starters.pins as Readonly<Record<string, string>>)[name];
  };
  const pinned = (name: string, is: string): string => {
    const found = version(name);
    return found === undefined ? name : `${name}${is}${found}`;
  };
  if (installer !== 'conda') return [{ path: 'requirements.txt', text: names.map((name) => `${pinned(name, '==')}\n`).join('') }];
  const build = device.kind === 'gpu' ? 'pytorch-gpu' : 'pytorch-cpu';
  const packages = [
    `python=${python}`,
    ...names.map((name) => (name === 'torch' ? build : name === 'torchvision' ? 'torchvision' : pinned(name, '='))),
  ];
  return [
    {
      path: 'environment.yml',
      text: `name: ${survey.name}\nchannels:\n  - conda-forge\ndependencies:\n${packages.map((name) => `  - ${name}\n`).join('')}`,
    },
  ];
}

/** Modules whose package has another name. */
const distribution: Readonly<Record<string, string>> = {
  cv2: 'opencv-python-headless',
  PIL: 'pillow',
  sklearn: 'scikit-learn',
  skimage: 'scikit-image',
  yaml: 'pyyaml',
  dotenv: 'python-dotenv',
  bs4: 'beautifulsoup4',
  psycopg2: 'psycopg2-binary',
};
