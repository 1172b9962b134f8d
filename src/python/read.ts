import { parseEnvironment } from './environment.ts';
import type { Requirements, RequirementsFormat } from './model.ts';
import { parsePipfile } from './pipfile.ts';
import { parsePixi } from './pixi.ts';
import { parsePyproject, parseUvToml } from './pyproject.ts';
import { parseRequirements } from './requirements.ts';
import { parseSetup } from './setup.ts';
import { baseName } from '../text/paths.ts';

/** Which kind of requirements a file holds, by its name or its folder's (`requirements/base.txt`); undefined when it holds none. */
export function requirementsFormat(path: string): RequirementsFormat | undefined {
  const name = baseName(path);
  const own = names.get(name);
  if (own) return own;
  if (/^(?:conda|(?:conda[-_.]?)?env(?:ironment)?(?:[-_.].*)?)\.ya?ml$/.test(name)) return 'conda';
  if (/^(requirements|constraints)[^/]*\.(txt|in)$/.test(name) || /(?:^|\/)requirements\/[^/]+\.(?:txt|in)$/.test(path)) return 'pip';
  return undefined;
}

const names: ReadonlyMap<string, RequirementsFormat> = new Map([
  ['pyproject.toml', 'pyproject'],
  ['Pipfile', 'pipfile'],
  ['pixi.toml', 'pixi'],
  ['uv.toml', 'uv'],
]);

const most = 50;
const known = new Map<string, Requirements>();

/** Reads a file of requirements by its name; one with an unusual name is pip's. Never fails. Many rules ask about the same few files. */
export function readRequirements(path: string, text: string): Requirements {
  let requirements = known.get(path);
  if (requirements?.source.text !== text) {
    if (known.size >= most) known.clear();
    known.set(path, (requirements = parse(path, text)));
  }
  return requirements;
}

function parse(path: string, text: string): Requirements {
  const format = requirementsFormat(path) ?? (/\.ya?ml$/.test(path) ? 'conda' : /(?:^|\/)setup\.(?:py|cfg)$/.test(path) ? 'setup' : 'pip');
  switch (format) {
    case 'pip':
      return parseRequirements(path, text);
    case 'pyproject':
      return parsePyproject(path, text);
    case 'conda':
      return parseEnvironment(path, text);
    case 'pipfile':
      return parsePipfile(path, text);
    case 'pixi':
      return parsePixi(path, text);
    case 'uv':
      return parseUvToml(path, text);
    case 'setup':
      return parseSetup(path, text);
  }
}
