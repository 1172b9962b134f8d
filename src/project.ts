import { withRows } from './catalogue/merge.ts';
import type { Rows } from './catalogue/model.ts';
import { catalogueNames, noRows, parseCatalogue, rowsIn } from './catalogue/parse.ts';
import type { KnowledgeBase } from './knowledge/knowledge.ts';
import type { Files, Live, World } from './lint/rule.ts';

const read = new Map<string, Rows>();
const set = new WeakMap<object, Rows>();

/** The tables and the engine's facts with what a project adds: the rows of its file count most, then those of the setting. */
export function withProject(
  world: { readonly knowledge: KnowledgeBase; readonly live: Live },
  files: Files,
  setting: Readonly<Record<string, unknown>>,
): Pick<World, 'knowledge' | 'live'> {
  let rows = set.get(setting);
  if (!rows) set.set(setting, (rows = rowsIn(setting)));
  const own = projectRows(files);
  return {
    knowledge: withRows(withRows(world.knowledge, rows), own),
    live: withMachines(world.live, [...own.gpus, ...rows.gpus]),
  };
}

function projectRows(files: Files): Rows {
  for (const name of catalogueNames) {
    const text = files.read(name);
    if (text === undefined) continue;
    let rows = read.get(text);
    if (!rows) {
      if (read.size > 20) read.clear();
      read.set(text, (rows = parseCatalogue(name, text).rows));
    }
    return rows;
  }
  return noRows;
}

/** Where the engine has no GPU, those of the project's machines stand in; where it does not say what one is, the rows may. */
function withMachines(live: Live, rows: Rows['gpus']): Live {
  if (!rows.length) return live;
  if (live.gpus.length)
    return {
      ...live,
      gpus: live.gpus.map((gpu) => {
        const known = gpu.computeCapability ?? rows.find(({ name }) => name === gpu.name)?.computeCapability;
        return known === undefined ? gpu : { ...gpu, computeCapability: known };
      }),
    };
  const drivers = rows.flatMap(({ driver }) => driver ?? []).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  return {
    ...live,
    gpus: rows.map(({ name, memory = 0, computeCapability }) => ({
      name,
      memory: memory * 1024,
      ...(computeCapability === undefined ? {} : { computeCapability }),
    })),
    ...(live.driver === undefined && drivers[0] !== undefined ? { driver: drivers[0] } : {}),
  };
}
