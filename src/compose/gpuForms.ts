import { type Edit, lineAt, lineBreak, lineSpan, slice, type Source, textBefore } from '../text/text.ts';
import { addItem, addVariable, environmentOf, removeKey } from './insert.ts';
import { entry, get, items, text, type Entry, type ListNode, type MapNode } from './model.ts';
import { stepOf } from './step.ts';

/** The ways in which a service asks for NVIDIA GPUs. */
export type GpuForm = 'reservation' | 'gpus' | 'runtime' | 'cdi';

/** A request for NVIDIA GPUs, whatever its form. */
interface Request {
  readonly form: GpuForm;
  readonly which: 'all' | { readonly count: number } | { readonly ids: readonly string[] };
  /** Capabilities beyond `gpu`; only two of the forms can say them. */
  readonly capabilities: readonly string[];
}

/** The same request written in another form. */
export interface GpuRewriting {
  readonly form: GpuForm;
  readonly title: string;
  readonly edits: readonly Edit[];
}

const path = ['deploy', 'resources', 'reservations', 'devices'] as const;
const cdi = /^nvidia\.com\/gpu=(.+)$/;

/** The other forms that a service's GPU request can be written in; none where it is not the service's own, or says more than another form can. */
export function gpuForms(file: Source, service: MapNode): readonly GpuRewriting[] {
  const request = requestOf(service);
  if (!request || file.text[service.span.start] === '{') return [];
  const taken = removal(file, service, request.form);
  if (!taken) return [];
  const titles: Readonly<Record<GpuForm, string>> = {
    gpus: 'Write it as gpus',
    reservation: 'Write it as a device reservation',
    cdi: 'Write it as CDI devices',
    runtime: 'Write it as runtime: nvidia',
  };
  return (['gpus', 'reservation', 'cdi', 'runtime'] as const).flatMap((form): readonly GpuRewriting[] => {
    if (form === request.form || (request.capabilities.length && (form === 'cdi' || form === 'runtime'))) return [];
    const edits = rewritten(file, service, request, form, taken);
    return edits ? [{ form, title: titles[form], edits }] : [];
  });
}

function requestOf(service: MapNode): Request | undefined {
  const found: Request[] = [];
  const runtime = entry(service, 'runtime');
  if (runtime && !runtime.merged && text(runtime.value) === 'nvidia') {
    const visible = environmentOf(service).get('NVIDIA_VISIBLE_DEVICES')?.value ?? 'all';
    if (/\$|^(?:void|none|)$/.test(visible)) return undefined;
    found.push({ form: 'runtime', which: visible === 'all' ? 'all' : { ids: visible.split(',') }, capabilities: [] });
  }
  const gpus = entry(service, 'gpus');
  if (gpus?.value.kind === 'scalar' && text(gpus.value) === 'all') found.push({ form: 'gpus', which: 'all', capabilities: [] });
  const reserved = get(service, ...path);
  for (const [form, list] of [['gpus', gpus?.value] as const, ['reservation', reserved] as const])
    if (list?.kind === 'list') {
      const [one, ...more] = list.items;
      const read = one?.kind === 'map' && !more.length ? requestIn(one, form) : undefined;
      if (!read) return undefined;
      found.push(read);
    }
  const names = items(get(service, 'devices')).flatMap((item) => cdi.exec(text(item) ?? '')?.[1] ?? []);
  if (names.length) found.push({ form: 'cdi', which: names.includes('all') ? 'all' : { ids: names }, capabilities: [] });
  return found.length === 1 ? found[0] : undefined;
}

function requestIn(map: MapNode, form: GpuForm): Request | undefined {
  if (map.entries.some(({ key, merged }) => merged || !['driver', 'count', 'device_ids', 'capabilities'].includes(key))) return undefined;
  if (!['nvidia', undefined].includes(text(get(map, 'driver')))) return undefined;
  const capabilities = items(get(map, 'capabilities')).map((item) => text(item) ?? '$');
  const count = text(get(map, 'count'));
  const ids = get(map, 'device_ids');
  const listed = ids?.kind === 'list' ? ids.items.map((item) => text(item) ?? '$') : undefined;
  if ([...capabilities, ...(listed ?? []), count ?? ''].some((each) => each.includes('$')) || (ids && !listed)) return undefined;
  if (count !== undefined && count !== 'all' && !/^\d+$/.test(count)) return undefined;
  return {
    form,
    which: listed ? { ids: listed } : count === undefined || count === 'all' ? 'all' : { count: Number(count) },
    capabilities: capabilities.filter((each) => each !== 'gpu'),
  };
}

/** How the old form goes: the entry that a new one may take the place of, or edits that take it out of what else stands there. */
type Removal = { readonly place: Entry } | { readonly edits: readonly Edit[] };

function removal(file: Source, service: MapNode, form: GpuForm): Removal | undefined {
  const whole = (key: string): Removal | undefined => {
    const found = entry(service, key);
    return found && !found.merged && !/(?:^|\s)#/.test(slice(file, found.value.span)) ? { place: found } : undefined;
  };
  if (form === 'gpus' || form === 'runtime') return whole(form);
  if (form === 'cdi') {
    const devices = get(service, 'devices');
    if (devices?.kind !== 'list') return undefined;
    if (devices.items.every((item) => cdi.test(text(item) ?? ''))) return whole('devices');
    const edits = devices.items.filter((item) => cdi.test(text(item) ?? '')).map((item) => withoutItem(file, devices, item.span.start));
    return edits.every((edit) => edit !== undefined) ? { edits } : undefined;
  }
  let map: MapNode = service;
  for (const key of path) {
    const found = entry(map, key);
    if (!found || found.merged) return undefined;
    if (onlyDevices(found, path.slice(path.indexOf(key) + 1))) {
      if (map === service) return whole(key);
      const edit = /(?:^|\s)#/.test(slice(file, found.value.span)) ? undefined : removeKey(file, map, key);
      return edit && { edits: [edit] };
    }
    if (found.value.kind !== 'map') return undefined;
    map = found.value;
  }
  return undefined;
}

const onlyDevices = ({ value }: Entry, rest: readonly string[]): boolean => {
  const [next, ...more] = rest;
  if (next === undefined) return true;
  const [only, ...others] = value.kind === 'map' ? value.entries : [];
  return only?.key === next && !others.length && onlyDevices(only, more);
};

function withoutItem(file: Source, list: ListNode, start: number): Edit | undefined {
  if (file.text[list.span.start] === '[') return undefined;
  const line = lineAt(file, start);
  return { span: { start: lineSpan(file, line).start, end: file.lineStarts[line + 1] ?? file.text.length }, text: '' };
}

const idsOf = ({ which }: Request): readonly string[] =>
  which === 'all' ? ['all'] : 'ids' in which ? which.ids : Array.from({ length: which.count }, (_, index) => String(index));

/** The lines of a device request, as an item of a list. */
function itemLines({ which, capabilities }: Request, needsCapabilities: boolean): readonly string[] {
  const how =
    which === 'all'
      ? 'count: all'
      : 'ids' in which
        ? `device_ids: [${which.ids.map((id) => `"${id}"`).join(', ')}]`
        : `count: ${which.count}`;
  const all = ['gpu', ...capabilities];
  return ['- driver: nvidia', `  ${how}`, ...(needsCapabilities || capabilities.length ? [`  capabilities: [${all.join(', ')}]`] : [])];
}

const indented = (lines: readonly string[], by: number): readonly string[] => lines.map((line) => ' '.repeat(by) + line);

function rewritten(file: Source, service: MapNode, request: Request, form: GpuForm, taken: Removal): readonly Edit[] | undefined {
  switch (form) {
    case 'gpus':
      return entry(service, 'gpus')
        ? undefined
        : put(
            file,
            service,
            request.which === 'all' && !request.capabilities.length
              ? ['gpus: all']
              : ['gpus:', ...indented(itemLines(request, false), stepOf(file))],
            taken,
          );
    case 'runtime': {
      if (entry(service, 'runtime')) return undefined;
      // Where nothing else is in the service, there is no place beside the request for a second edit.
      if (service.entries.length === 1)
        return put(
          file,
          service,
          ['runtime: nvidia', 'environment:', `${' '.repeat(stepOf(file))}NVIDIA_VISIBLE_DEVICES: "${idsOf(request).join(',')}"`],
          taken,
        );
      const edits = put(file, service, ['runtime: nvidia'], taken);
      if (!edits || environmentOf(service).has('NVIDIA_VISIBLE_DEVICES')) return edits;
      const variable = addVariable(file, service, 'NVIDIA_VISIBLE_DEVICES', idsOf(request).join(','));
      return variable && apart([...edits, variable]) ? [...edits, variable] : undefined;
    }
    case 'cdi': {
      const names = idsOf(request).map((id) => `nvidia.com/gpu=${id}`);
      const devices = entry(service, 'devices');
      if (!devices) return put(file, service, ['devices:', ...names.map((name) => `${' '.repeat(stepOf(file))}- ${name}`)], taken);
      const [name, ...more] = names;
      if (devices.merged || devices.value.kind !== 'list' || name === undefined || more.length) return undefined;
      const item = addItem(file, devices.value, name);
      const gone = item && gonePlace(file, service, taken);
      return gone && [...gone, item];
    }
    case 'reservation':
      return reserve(file, service, request, taken);
  }
}

function reserve(file: Source, service: MapNode, request: Request, taken: Removal): readonly Edit[] | undefined {
  let map: MapNode = service;
  let depth = 0;
  for (; depth < path.length; depth++) {
    const found = entry(map, path[depth] ?? '');
    if (!found) break;
    if (found.merged || found.value.kind !== 'map' || file.text[found.value.span.start] === '{') return undefined;
    map = found.value;
  }
  const missing = path.slice(depth);
  const step = stepOf(file);
  if (!missing.length) return undefined;
  const lines = [
    ...missing.map((key, index) => `${' '.repeat(step * index)}${key}:`),
    ...indented(itemLines(request, true), step * missing.length),
  ];
  if (map === service) return put(file, service, lines, taken);
  const [first] = map.entries.filter(({ merged }) => !merged);
  const gone = gonePlace(file, service, taken);
  if (!first || !gone) return undefined;
  const at = first.keySpan.start;
  return [...gone, { span: { start: at, end: at }, text: placed(file, at, lines) + lineBreak(file) + columnOf(file, at) }];
}

const columnOf = (file: Source, offset: number): string => textBefore(file, offset).replace(/[^ ]/g, ' ');
const placed = (file: Source, offset: number, lines: readonly string[]): string => lines.join(lineBreak(file) + columnOf(file, offset));

/** The new entry in place of the old one, or before the key that keeps the rest of it. */
function put(file: Source, service: MapNode, lines: readonly string[], taken: Removal): readonly Edit[] | undefined {
  if ('place' in taken) {
    const { keySpan, value } = taken.place;
    const end = keySpan.start + file.text.slice(keySpan.start, Math.max(keySpan.end, value.span.end)).trimEnd().length;
    return [{ span: { start: keySpan.start, end }, text: placed(file, keySpan.start, lines) }];
  }
  const own = service.entries.filter(({ merged }) => !merged);
  const [gone] = taken.edits;
  const kept = own.find(({ keySpan, value }) => gone && keySpan.start <= gone.span.start && gone.span.start <= value.span.end) ?? own[0];
  if (!kept) return undefined;
  const at = kept.keySpan.start;
  const edits = [...taken.edits, { span: { start: at, end: at }, text: placed(file, at, lines) + lineBreak(file) + columnOf(file, at) }];
  return apart(edits) ? edits : undefined;
}

const gonePlace = (file: Source, service: MapNode, taken: Removal): readonly Edit[] | undefined => {
  if ('edits' in taken) return taken.edits;
  const edit = removeKey(file, service, taken.place.key);
  return edit && [edit];
};

/** Whether no edit touches another. */
const apart = (edits: readonly Edit[]): boolean =>
  edits.every((a, i) => edits.every((b, j) => i === j || a.span.end <= b.span.start || b.span.end <= a.span.start));
