import { get, items, text, type ComposeFile } from '../../compose/model.ts';
import { composeRule, type Fix, type Problem } from '../../lint/rule.ts';
import type { Source } from '../../text/text.ts';
import { examined } from '../shared/composeComplaints.ts';
import { effectiveServices, hasOwnNetwork, together, type EffectiveService } from '../shared/composeServices.ts';
import { publishedPorts, type PublishedPort } from '../shared/published.ts';
import { replaceText } from '../shared/replaceText.ts';

export default composeRule({
  id: 'port-collision',
  severity: 'warning',
  quiet: 'Files with services that are never started together publish the same port on purpose.',
  title: 'Publish each port of the host once',
  why: 'Only one container can listen on a port of the host. The second one does not start: «port is already allocated».',
  also: ['dclint:no-duplicate-exported-ports'],
  reach: ['ports', 'network_mode', 'profiles', 'depends_on', 'deploy', 'scale', 'extends'],
  examples: [
    {
      bad: 'services:\n  api:\n    image: api:1\n    ports: ["8000:8000"]\n  ui:\n    image: ui:1\n    ports: [«"8000:3000"»]\n',
      good: 'services:\n  api:\n    image: api:1\n    ports: ["8000:8000"]\n  ui:\n    image: ui:1\n    ports: ["8001:3000"]\n',
    },
    {
      title: 'several at once: each gets a port of its own',
      bad: 'services:\n  a:\n    image: a:1\n    ports: ["80:80"]\n  b:\n    image: b:1\n    ports: [«"80:80"»]\n  c:\n    image: c:1\n    ports: [«"80:80"»]\n',
      good: 'services:\n  a:\n    image: a:1\n    ports: ["80:80"]\n  b:\n    image: b:1\n    ports: ["81:80"]\n  c:\n    image: c:1\n    ports: ["82:80"]\n',
    },
    {
      title: 'an address of its own, in the long form',
      bad: 'services:\n  a:\n    image: a:1\n    ports: ["127.0.0.1:8000:80"]\n  b:\n    image: b:1\n    ports:\n      - target: 80\n        published: «"8000"»\n',
      good: 'services:\n  a:\n    image: a:1\n    ports: ["127.0.0.1:8000:80"]\n  b:\n    image: b:1\n    ports:\n      - target: 80\n        published: "8001"\n',
    },
    {
      title: 'both profiles are on',
      environment: { COMPOSE_PROFILES: 'gpu,cpu' },
      bad: 'services:\n  gpu:\n    image: g:1\n    profiles: [gpu]\n    ports: ["9000:9000"]\n  cpu:\n    image: c:1\n    profiles: [cpu]\n    ports: [«"9000:9000"»]\n',
    },
    {
      title: 'other protocols, other addresses, other profiles',
      good: 'services:\n  a:\n    image: a:1\n    ports: ["53:53/udp", "127.0.0.2:80:80"]\n  b:\n    image: b:1\n    ports: ["53:53", "127.0.0.1:80:80"]\n  gpu:\n    image: g:1\n    profiles: [gpu]\n    ports: ["9000:9000"]\n  cpu:\n    image: c:1\n    profiles: [cpu]\n    ports: ["9000:9000"]\n',
    },
    {
      title: 'a profile that comes to what always runs',
      bad: 'services:\n  api:\n    image: a:1\n    ports: ["9000:9000"]\n  api-gpu:\n    image: g:1\n    profiles: [gpu]\n    ports: [«"9000:9000"»]\n',
    },
    {
      title: 'one service in two forms: a remark only, and once',
      bad: 'services:\n  app:\n    image: app:1\n    ports: ["8000:8000", "9000:9000"]\n  app-gpu:\n    image: app:1-gpu\n    ports: [«"8000:8000"», "9000:9000"]\n',
    },
    {
      title: 'one setting gives both: a remark only',
      bad: 'services:\n  prep-redis:\n    image: prep:1\n    ports: ["${PREP_PORT:-5000}:5000"]\n  prep-milvus:\n    image: prep:1\n    ports: [«"${PREP_PORT:-5000}:5000"»]\n',
    },
    {
      title: 'one service that extends the other: a remark only',
      bad: 'services:\n  asr:\n    image: asr:1\n    ports: [«"9099:9099"»]\n  asr-whisper:\n    extends: asr\n',
    },
    {
      title: 'a port that another service may take from its range',
      bad: 'services:\n  worker:\n    image: w:1\n    ports: ["8000-8003:80"]\n    scale: 2\n  api:\n    image: a:1\n    ports: [«"8002:80"»]\n',
      good: 'services:\n  worker:\n    image: w:1\n    ports: ["8000-8003:80"]\n    scale: 2\n  api:\n    image: a:1\n    ports: ["8004:80"]\n',
    },
    {
      title: 'one that is up before the range is taken from',
      good: 'services:\n  worker:\n    image: w:1\n    depends_on: [api]\n    ports: ["8000-8003:80"]\n  api:\n    image: a:1\n    ports: ["8002:80"]\n',
    },
  ],
  *check(file, world) {
    const { profiles } = examined(file, world);
    const ports = effectiveServices(file, world)
      .filter(hasOwnNetwork)
      .flatMap((service) => publishedPorts(service.node).map((port) => ({ service, port })));
    const all = ports.filter(({ port: { published } }) => /^\d+$/.test(published) && published !== '0');
    const told = new Set<number>();
    // What one fix takes is taken for the next one too.
    const used = ports.flatMap(({ port }) => {
      const [first = 0, last = first] = port.published.split('-').map(Number);
      return [{ first, last }];
    });
    const forms = new Set<string>();
    const taken = new Map<string, (typeof all)[number][]>();
    for (const { service, port } of all) {
      const place = `${port.published}/${port.protocol}`;
      const before = taken.get(place) ?? [];
      const other = before.find(
        (each) =>
          sameAddress(each.port, port) &&
          (each.service === service ? each.port.target !== port.target : together(each.service, service, profiles)),
      );
      const added = before.find((each) => each.service !== service && sameAddress(each.port, port) && oneAlways(each.service, service));
      taken.set(place, [...before, { service, port }]);
      if (port.node.span.start < 0 || told.has(port.node.span.start) || !(other ?? added)) continue;
      told.add(port.node.span.start);
      // `app-cpu` and `app-gpu` are one service in two forms, and one of them is started: said once. So it is where one variable sets both ports,
      // and where one service extends the other.
      const first = other ?? added;
      const alike =
        first !== undefined &&
        (areForms(first.service.name, service.name) ||
          haveOneSetting(file.source, first.port, port) ||
          haveOneBase(file, first.service.name, service.name));
      if (alike && forms.has(service.name)) continue;
      if (alike) forms.add(service.name);
      const severity = alike ? { severity: 'info' as const } : {};
      const { span } = get(port.node, 'published') ?? port.node;
      if (other)
        yield {
          span,
          ...severity,
          message: `Port ${port.published} of the host is given to «${other.service.name}» already: the second container does not start.`,
          fixes: alike ? [] : elsewhere(file.source, port, used),
        };
      else if (added)
        yield {
          span,
          severity: 'info',
          message: `With --profile ${[...service.profiles, ...added.service.profiles][0] ?? ''} «${added.service.name}» runs too, and port ${port.published} of the host is given to both: only one starts. Start one of them by name, or give one another port.`,
        };
    }
    const ranges = ports.flatMap(({ service, port }) => {
      const [, first, last] = /^(\d+)-(\d+)$/.exec(port.published) ?? [];
      return first === undefined || last === undefined ? [] : [{ service, port, first: Number(first), last: Number(last) }];
    });
    for (const fixed of ranges.length ? all : []) {
      const from = fixed.port.node.span.start;
      const problem = told.has(from) || from < 0 ? undefined : inRange(file.source, fixed, ranges, used, profiles);
      if (!problem) continue;
      told.add(from);
      yield problem;
    }
  },
});

interface Given {
  readonly service: EffectiveService;
  readonly port: PublishedPort;
}

const everywhere = (ip: string): boolean => ip === '' || ip === '0.0.0.0' || ip === '::';
const sameAddress = (a: PublishedPort, b: PublishedPort): boolean => a.hostIp === b.hostIp || everywhere(a.hostIp) || everywhere(b.hostIp);

/** Whether one of two services waits for a profile and the other runs in any case. */
const oneAlways = (a: EffectiveService, b: EffectiveService): boolean => (a.profiles.length === 0) !== (b.profiles.length === 0);

interface PortRange {
  readonly first: number;
  readonly last: number;
}

interface Range extends Given, PortRange {}

/** A fixed port in the range from which the containers of another service take theirs. */
function inRange(
  file: Source,
  { service, port }: Given,
  ranges: readonly Range[],
  used: PortRange[],
  profiles: ReadonlySet<string>,
): Problem | undefined {
  const number = Number(port.published);
  for (const { first, last, ...other } of ranges) {
    if (number < first || number > last) continue;
    if (other.service === service || other.port.protocol !== port.protocol || !sameAddress(other.port, port)) continue;
    if (!together(other.service, service, profiles) || waitsFor(other.service, service.name)) continue;
    const replicas = Number(text(get(other.service.node, 'deploy', 'replicas')) ?? text(get(other.service.node, 'scale')) ?? '1');
    const certain = last - first < replicas;
    return {
      span: (get(port.node, 'published') ?? port.node).span,
      ...(certain ? {} : { severity: 'info' }),
      message: `«${other.service.name}» takes ports of the host from ${other.port.published}${certain ? ' and needs all of them' : ''}: when it has ${port.published} first, this container does not start.`,
      fixes: elsewhere(file, port, used),
    };
  }
  return undefined;
}

function waitsFor({ node }: EffectiveService, name: string): boolean {
  const needed = get(node, 'depends_on');
  return needed?.kind === 'map' ? needed.entries.some(({ key }) => key === name) : items(needed).some((item) => text(item) === name);
}

/** A fix that takes the next port of the host that the file and the fixes before leave free. */
function elsewhere(file: Source, { node, published, target }: PublishedPort, used: PortRange[]): readonly Fix[] {
  let free = Number(published) + 1;
  while (used.some(({ first, last }) => first <= free && free <= last)) free++;
  const title = `Publish on ${free}`;
  const at = node.kind === 'map' ? get(node, 'published') : node;
  if (at?.kind !== 'scalar' || free > 65535) return [];
  const fixes =
    node.kind === 'map'
      ? replaceText(file, at, String(free), false, published)
      : replaceText(file, at, `${free}:${target}`, false, `${published}:${target}`);
  if (fixes.length) used.push({ first: free, last: free });
  return fixes.map((fix) => ({ ...fix, title }));
}

const machine = /[-_.][^-_.]*(?:gpu|cpu|cu\d|cuda|nvidia|amd|rocm|intel|xpu|hpu|npu|mps|arm|dev|prod|lite|full|slim|local|gaudi|habana)/i;

/** Whether two names differ in the machine or the stage that the services are for. */
function areForms(a: string, b: string): boolean {
  const without = (end: string) => (name: string) => name.replace(new RegExp(machine.source + end, 'i'), '').toLowerCase();
  return [without('.*$'), without('[^-_.]*')].some((stem) => stem(a) === stem(b));
}

/** Whether one of two services extends the other, or both a third. */
function haveOneBase({ services }: ComposeFile, one: string, other: string): boolean {
  const [a, b] = [one, other].map((name) => {
    const link = get(services.find((each) => each.name === name)?.node, 'extends');
    return text(link) ?? text(get(link, 'service')) ?? name;
  });
  return a === b || a === other || b === one;
}

/** Whether the same variable gives two ports of the host: then one of the services is started. */
function haveOneSetting({ text: written }: Source, one: PublishedPort, other: PublishedPort): boolean {
  const [first, second] = [one, other].map(({ node }) => {
    const { span } = get(node, 'published') ?? node;
    return /^\W*\$\{?(\w+)[^}\s]*\}?(?=:|\W*$)/.exec(written.slice(Math.max(span.start, 0), span.end))?.[1];
  });
  return first !== undefined && first === second && one.node.span.start !== other.node.span.start;
}
