import type { Yaml } from '../../../compose/insert.ts';
import { get, items, text, type ComposeFile, type MapNode } from '../../../compose/model.ts';
import { systemPackages } from '../../../dockerfile/packages/system.ts';
import { rootImage } from '../../../dockerfile/scope.ts';
import type { BaseImage, Service } from '../../../knowledge/knowledge.ts';
import { imageFacts, serviceFacts } from '../../../knowledge/lookup.ts';
import type { World } from '../../../lint/rule.ts';
import { serviceBuild, serviceImage } from '../../../rules/shared/composeImage.ts';
import { runsKnown } from '../../../rules/shared/knownHealth.ts';
import { pythonProbe } from '../../../rules/shared/probe.ts';

/** A health check that works in the image of a service, with tools that are known to be inside; undefined when too little is known. */
export function healthTest(file: ComposeFile, service: MapNode, world: World): Yaml | undefined {
  const image = serviceImage(service);
  const known = image === undefined ? undefined : serviceFacts(world.knowledge, image);
  if (known && !runsKnown(service, known)) return undefined;
  const often = { interval: '10s', timeout: '5s', retries: '5' };
  if (known?.health?.test) return { test: known.health.test, ...often, start_period: known.startPeriod ?? '10s' };
  const test = known ? askKnown(known, world, image ?? '') : askPort(file, service, world, image);
  return test && { test, ...often, start_period: known?.startPeriod ?? '30s' };
}

type Tools = Readonly<Partial<Record<'curl' | 'python', boolean>>>;

const toolsOf = (facts: BaseImage | undefined): Tools =>
  facts?.sure === 'certain' ? { curl: facts.tools.curl === true, python: facts.python !== undefined && facts.python !== 'none' } : {};

/** Asks the address at which a known service says whether it is well. */
function askKnown({ health, tools, ports }: Service, { knowledge }: World, image: string): readonly string[] | undefined {
  const port = health?.port ?? ports[0]?.port;
  if (!health?.endpoint?.startsWith('/') || port === undefined) return undefined;
  const url = `http://localhost:${port}${health.endpoint}`;
  const inside = toolsOf(imageFacts(knowledge, image));
  if (tools?.['curl'] === true || (tools?.['curl'] === undefined && inside.curl)) return ['CMD', 'curl', '-f', url];
  return tools?.['python'] === true || inside.python ? ['CMD', ...pythonProbe('python', url)] : undefined;
}

/** Asks whether something answers on the port: which of its addresses tell more is not known. */
function askPort(file: ComposeFile, service: MapNode, world: World, image: string | undefined): readonly string[] | undefined {
  const built = serviceBuild(file, service, world);
  const base = built ? rootImage(built.dockerfile, built.stage, built.buildArgs) : image;
  const facts = base === undefined ? undefined : imageFacts(world.knowledge, base);
  const inside = toolsOf(facts);
  const curl = inside.curl === true || (built !== undefined && [...systemPackages(built.dockerfile, built.stage)].includes('curl'));
  const exposed = built?.stage.instructions.find(({ keyword }) => keyword === 'EXPOSE')?.args[0]?.value;
  const port = portOf(service) ?? (exposed === undefined ? undefined : portNumber(exposed));
  if (port === undefined) return undefined;
  if (inside.python) return ['CMD', 'python', '-c', `import socket; socket.create_connection(('localhost', ${port}), 4)`];
  return curl ? ['CMD', 'curl', '-s', '-o', '/dev/null', `http://localhost:${port}/`] : undefined;
}

/** The port that a service listens on, as far as its file says it. */
function portOf(service: MapNode): number | undefined {
  const [published] = items(get(service, 'ports'));
  const written =
    text(get(published, 'target')) ?? /(\d+)(?:\/tcp)?$/.exec(text(published) ?? '')?.[1] ?? text(items(get(service, 'expose'))[0]);
  return written === undefined ? undefined : portNumber(written);
}

function portNumber(written: string): number | undefined {
  const port = /^\d+(?:\/tcp)?$/.test(written) ? Number.parseInt(written, 10) : 0;
  return port > 0 && port < 65536 ? port : undefined;
}
