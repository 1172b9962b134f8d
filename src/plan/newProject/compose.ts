import { parseCompose } from '../../compose/parse.ts';
import { applyEdits } from '../../text/text.ts';
import { addService } from '../addService.ts';
import type { Made, NewFile, Tables } from './kind.ts';
import type { Survey } from './survey.ts';

/** A name that Compose takes for a project. */
export const projectName = ({ name }: Pick<Survey, 'name'>): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, '-')
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '') || 'ml';

/** The override file that gives a service one GPU. */
export const gpuOverride = (service: string, start: string): NewFile => ({
  path: 'compose.gpu.yaml',
  text: `# With a GPU: ${start}
services:
  ${service}:
    deploy:
      resources:
        reservations:
          devices:
            - driver: nvidia
              count: 1
              capabilities: [gpu]
`,
});

/** The command line that starts a project, with the override file when there is one. */
export const upCommand = (gpu: boolean, rest = 'up --build'): string =>
  `docker compose ${gpu ? '-f compose.yaml -f compose.gpu.yaml ' : ''}${rest}`;

/** A Compose file of services of the catalogue, wired with each other. */
export function platform(
  survey: Survey,
  ids: readonly string[],
  { recipes, knowledge }: Tables,
): Required<Pick<Made, 'files' | 'secrets'>> {
  let text = `name: ${projectName(survey)}\n`;
  const secrets: string[] = [];
  const files: NewFile[] = [];
  for (const id of ids) {
    const recipe = recipes.find((each) => each.id === id);
    if (!recipe) throw new Error(`no recipe ${id}`);
    const compose = parseCompose('compose.yaml', text);
    const added = addService(recipe, recipes, knowledge, { compose, variables: new Set(secrets) });
    text = applyEdits(text, added.edits);
    secrets.push(...added.secrets);
    files.push(...added.files);
  }
  return { files: [{ path: 'compose.yaml', text }, ...files], secrets };
}
