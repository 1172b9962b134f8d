import { entry, get, text, type ComposeFile, type Service } from '../../src/compose/model.ts';
import type { Settings } from '../../src/settings.ts';
import type { Span } from '../../src/text/text.ts';
import type { Container } from '../engine/engine.ts';
import { containersOf } from './composeContainers.ts';
import { containerNode, stateWords } from './containers.ts';

/** A line above `services:` or above a service that does something when it is clicked. */
export interface ComposeLens {
  readonly span: Span;
  readonly title: string;
  readonly tooltip: string;
  readonly command: 'compose-up' | 'compose-stop' | 'compose-restart' | 'compose-logs' | 'compose-build';
  /** All services of the file when it is left out. */
  readonly service?: string;
}

/** What lenses are made of: the file, which of its services can run, and the engine's containers while it answers. */
export interface LensSource {
  readonly path: string;
  readonly file: ComposeFile;
  readonly runs: (service: Service) => boolean;
  readonly containers: readonly Container[] | undefined;
}

type Shown = Settings['codeLens.compose'];

/** What can be done with each service, and with all; without an engine's answer nothing is left out for what runs. */
export function composeLensesOf({ path, file, runs, containers }: LensSource, shown: Shown): readonly ComposeLens[] {
  const services = file.services.filter(runs);
  const section = entry(file.root, 'services');
  if (!section || !services.length) return [];
  const project = text(get(file.root, 'name'));
  const mine = containers && containersOf({ path, ...(project !== undefined && !project.includes('$') && { project }) }, containers);
  const all = lenses(section.keySpan, services, mine, 'all services', shown);
  const single = services.flatMap((service) =>
    lenses(
      service.nameSpan,
      [service],
      mine?.filter((container) => container.service === service.name),
      service.name,
      shown,
    ).map((lens) => ({ ...lens, service: service.name })),
  );
  return [...all, ...single];
}

function lenses(
  span: Span,
  services: readonly Service[],
  containers: readonly Container[] | undefined,
  what: string,
  shown: Shown,
): readonly ComposeLens[] {
  const all = services.length > 1 || what === 'all services' ? ' all' : '';
  const there = !containers || containers.length > 0;
  const runs = !containers || containers.some(({ state }) => ['running', 'restarting', 'paused'].includes(state));
  const builds = services.some(({ node }) => entry(node, 'build'));
  const status = containers?.length ? statusOf(containers) : undefined;
  return [
    ...(shown.up ? [{ span, title: `$(run${all && '-all'}) Up${all}`, tooltip: `Bring ${what} up`, command: 'compose-up' as const }] : []),
    ...(shown.stop && runs ? [{ span, title: `Stop${all}`, tooltip: `Stop ${what}`, command: 'compose-stop' as const }] : []),
    ...(shown.restart && there ? [{ span, title: `Restart${all}`, tooltip: `Restart ${what}`, command: 'compose-restart' as const }] : []),
    ...(shown.logs && there ? [{ span, title: 'Logs', tooltip: `Follow the logs of ${what}`, command: 'compose-logs' as const }] : []),
    ...(shown.build && builds ? [{ span, title: `Build${all}`, tooltip: `Build ${what}`, command: 'compose-build' as const }] : []),
    ...(shown.status && status ? [{ span, ...status, command: 'compose-logs' as const }] : []),
  ];
}

function statusOf(containers: readonly Container[]): Pick<ComposeLens, 'title' | 'tooltip'> {
  const [only] = containers;
  if (only && containers.length === 1) {
    const { icon } = containerNode(only);
    return {
      title: `$(${icon?.name ?? 'circle'}) ${stateWords(only) || (only.health ?? only.state)}`,
      tooltip: `${only.name}: ${only.status}`,
    };
  }
  const running = containers.filter(({ state }) => state === 'running').length;
  const unwell = containers.filter(({ health }) => health === 'unhealthy').length;
  return {
    title: `$(layers) ${running} of ${containers.length} running${unwell ? `, ${unwell} unhealthy` : ''}`,
    tooltip: containers.map(({ name, status }) => `${name}: ${status}`).join('\n'),
  };
}
