import { asRead, get, text, type ComposeFile, type MapNode } from '../../compose/model.ts';
import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import type { World } from '../../lint/rule.ts';
import { buildSource, dockerfileOf, stageOf } from './buildSource.ts';
import { settled } from './published.ts';
import { remembered } from '../../text/remembered.ts';
import { Attached } from '../../text/attached.ts';

/** The Dockerfile and the stage that a service is built from, when they are there, with the build arguments that it gives. */
export function serviceBuild(
  file: ComposeFile,
  service: MapNode,
  world: Pick<World, 'workspace' | 'files' | 'options'>,
): { readonly dockerfile: Dockerfile; readonly stage: Stage; readonly buildArgs: BuildArgs } | undefined {
  const built = buildSource(file, service);
  const dockerfile = built && dockerfileOf(built, world);
  const stage = dockerfile && stageOf(built, dockerfile);
  return dockerfile && stage ? { dockerfile, stage, buildArgs: argsOf(service, world.options.buildArgs) } : undefined;
}

type BuildArgs = World['options']['buildArgs'];

// What is worked out for a stage is kept for one set of arguments: the same set is the same object.
const given = new Attached<MapNode, { readonly outer: BuildArgs; readonly args: BuildArgs }>();

/** The build arguments of a service over those of the settings. What the shell decides is left as it is written, so that it is no known value. */
function argsOf(service: MapNode, outer: BuildArgs): BuildArgs {
  const args = buildArguments(service);
  if (!args) return outer;
  let known = given.get(service);
  if (known?.outer !== outer) {
    const own = args.map(([name, value]) => [name, value === undefined ? `\${${name}}` : (settled(value) ?? value)]);
    given.set(service, (known = { outer, args: { ...outer, ...(Object.fromEntries(own) as BuildArgs) } }));
  }
  return known.args;
}

/** The arguments that a service gives its build, in either form; a value is undefined where the shell has it. */
export function buildArguments(service: MapNode): readonly (readonly [name: string, value: string | undefined])[] | undefined {
  const args = get(service, 'build', 'args');
  if (args?.kind === 'map')
    return args.entries.map(({ key, value }) => [key, value.kind === 'scalar' && value.value !== null ? value.text : undefined]);
  if (args?.kind !== 'list') return undefined;
  return args.items.map((item) => {
    const [, name = '', value] = /^([^=]*)(?:=(.*))?$/s.exec(text(item) ?? '') ?? [];
    return [name, value];
  });
}

/** The image of a service that is pulled, its plain variables and defaults aside: undefined when it is built or not fixed. */
export const serviceImage = (service: MapNode): string | undefined => imageOf(asRead(service));

const imageOf = remembered((service: MapNode) => (get(service, 'build') ? undefined : settled(text(get(service, 'image')) ?? '$')));
