import { substitute } from '../../compose/interpolate.ts';
import { get, text } from '../../compose/model.ts';
import { folderOf } from '../../text/paths.ts';
import { variablesFor } from '../../compose/variables.ts';
import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import type { World } from '../../lint/rule.ts';
import { builtServices, type BuiltService } from '../../rules/shared/builtServices.ts';
import { onEngine } from '../cards/onEngine.ts';
import { surroundingsOf } from '../../rules/shared/surroundings.ts';

/** The images that Compose made of a stage and that the engine has, with their sizes: one line each, or nothing. */
export function builtAs(file: Dockerfile, stage: Stage, world: World): string {
  if (!world.live.images.length) return '';
  const lines = builtServices(file, world)
    .filter((each) => each.stage === stage)
    .flatMap((each) => {
      const image = imageOf(each, world);
      const size = image === undefined ? undefined : onEngine(image, world.live);
      if (image === undefined || size === undefined) return [];
      return [`Built for the service \`${each.service.name}\` as \`${image}\`${size === '' ? '' : `: ${size}`}.`];
    });
  return [...new Set(lines)].map((line) => `\n\n${line}`).join('');
}

/** What Compose calls the image of a service: as it says, or by project and service. Undefined where that is not known. */
function imageOf({ file, service }: BuiltService, world: World): string | undefined {
  const folder = folderOf(file.source.path);
  const project = text(get(file.root, 'name'));
  const variables = variablesFor(folder, surroundingsOf(world), { project });
  const written = text(get(service.node, 'image'));
  const name = written ?? `${variables.get('COMPOSE_PROJECT_NAME') ?? ''}-${service.name}`;
  // The topmost folder has no name here.
  if (written === undefined && project === undefined && folder === '' && name.startsWith('project-')) return undefined;
  const filled = substitute(name, variables.get);
  return filled.ok ? filled.text : undefined;
}
