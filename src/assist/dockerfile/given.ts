import type { Dockerfile } from '../../dockerfile/model.ts';
import type { World } from '../../lint/rule.ts';
import { bakeTargets } from '../../rules/shared/bake.ts';
import { builtServices } from '../../rules/shared/builtServices.ts';
import { buildArguments } from '../../rules/shared/composeImage.ts';

/** More builds than these are not named one by one. */
const most = 4;

/** Which services and which targets of Bake files give a build argument of a Dockerfile, and what: a list, or nothing. */
export function givenTo(file: Dockerfile, name: string, world: World): string {
  const services = builtServices(file, world).flatMap(({ file: compose, service }) =>
    (buildArguments(service.node) ?? [])
      .filter(([key]) => key === name)
      .map(([, value]) => line(value, `the service \`${service.name}\` in \`${compose.source.path}\``)),
  );
  const targets = bakeTargets(file, world).flatMap(({ name: target, path, inherited, args }) =>
    args.has(name) && !inherited ? [line(args.get(name), `the target \`${target}\` in \`${path}\``)] : [],
  );
  const all = [...services, ...targets];
  const left = all.length - most;
  return all.length ? `\n\nGiven by\n${[...all.slice(0, most), ...(left > 0 ? [`- ${left} more`] : [])].join('\n')}` : '';
}

const line = (value: string | undefined, by: string): string => `- ${by}${value === undefined ? '' : `: \`${value}\``}`;
