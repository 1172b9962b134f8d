import { entry, type ComposeFile, type MapNode } from '../../compose/model.ts';
import type { World } from '../../lint/rule.ts';
import { serviceBuild } from './composeImage.ts';
import { isTraining, trains } from './serviceCommand.ts';
import { startCommands } from './startCommand.ts';

/** Whether a service trains a model: by its command, or by what its image starts where it says nothing else. */
export function runsTraining(file: ComposeFile, service: MapNode, world: Pick<World, 'workspace' | 'files' | 'options'>): boolean {
  if (entry(service, 'command') || entry(service, 'entrypoint')) return trains(service);
  const built = serviceBuild(file, service, world);
  const [start, ...others] = built ? startCommands(built.dockerfile, built.stage) : [];
  return start !== undefined && !others.length && isTraining(start.words.map(({ value }) => value));
}
