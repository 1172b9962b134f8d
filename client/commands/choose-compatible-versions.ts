import { languageOf } from '../../src/core.ts';
import { parseDockerfile } from '../../src/dockerfile/parse.ts';
import type { KnowledgeBase } from '../../src/knowledge/knowledge.ts';
import { starters } from '../../src/knowledge/tables/starters.ts';
import { chooseVersions, keeping, type Versioned } from '../../src/plan/versions/chooseVersions.ts';
import type { Combination, Framework } from '../../src/plan/versions/framework.ts';
import { frameworks } from '../../src/plan/versions/frameworks/index.ts';
import { wording, type Machine } from '../../src/plan/versions/wording.ts';
import { readRequirements, requirementsFormat } from '../../src/python/read.ts';
import { readEngineGpus } from '../gpu/read.ts';
import type { Ui } from '../ui.ts';
import { fileCommand, type App } from './command.ts';

const title = 'Compatible Versions';

export default fileCommand({
  id: 'choose-compatible-versions',
  title: 'Choose Compatible Versions…',
  trusted: true,
  on: { file: ['dockerfile', 'requirements'], group: '7_mlContainers@5' },
  async run([path], app) {
    const { ui, knowledge } = app;
    const versioned = path === undefined ? undefined : await readVersioned(ui, path);
    if (!versioned) return;
    const framework = await chooseFramework(ui, versioned);
    const combination = framework && (await chooseCombination(app, framework, versioned, knowledge));
    if (!combination) return;
    const { changes, left } = chooseVersions(combination, versioned);
    const by = left.length ? ` To change by hand: ${left.join('; ')}.` : '';
    if (!changes.length) {
      await ui.inform(`Nothing to change: the files ask for that already.${by}`);
      return;
    }
    if (!(await ui.change(changes))) {
      await ui.warn('The editor did not take the change. Is a file read-only?');
      return;
    }
    const locked = versioned.requirements.some(({ format }) => format === 'pyproject') ? ' A lock file has to be made anew.' : '';
    const names = changes.map((change) => change.path.slice(change.path.lastIndexOf('/') + 1)).join(' and ');
    await ui.inform(`Changed ${names}.${locked}${by}`);
  },
});

/** A Dockerfile with the requirements beside it, or requirements with the Dockerfile beside them. */
async function readVersioned(ui: Ui, path: string): Promise<Versioned | undefined> {
  const folder = path.slice(0, path.lastIndexOf('/'));
  const beside = (await ui.list(folder)).filter((each) => !each.includes('/')).map((each) => `${folder}/${each}`);
  const isDockerfile = requirementsFormat(path) === undefined;
  const dockerfiles = isDockerfile ? [path] : beside.filter((each) => languageOf(each) === 'dockerfile');
  const dockerfile =
    dockerfiles.length > 1
      ? await ui.pick(
          `${title}: which image?`,
          dockerfiles.map((value) => ({ label: value.slice(folder.length + 1), value })),
        )
      : dockerfiles[0];
  if (dockerfiles.length > 1 && dockerfile === undefined) return undefined;
  const named = new Set([...beside.filter((each) => requirementsFormat(each) !== undefined), ...(isDockerfile ? [] : [path])]);
  const texts = await Promise.all([...named].map(async (each) => ({ each, text: await ui.read(each) })));
  const text = dockerfile === undefined ? undefined : await ui.read(dockerfile);
  return {
    ...(dockerfile === undefined || text === undefined ? {} : { dockerfile: parseDockerfile(dockerfile, text) }),
    requirements: texts.flatMap((one) => (one.text === undefined ? [] : [readRequirements(one.each, one.text)])),
  };
}

/** The version that the files pin now. */
function pinnedNow({ id }: Framework, { dockerfile, requirements }: Versioned): string | undefined {
  const all = requirements.flatMap((file) => file.requirements).filter(({ name }) => name === id || name === `${id}-gpu`);
  if (all.length) return all.find(({ pinned }) => pinned !== undefined)?.pinned?.replace(/\+.*$/, '') ?? 'not pinned';
  return new RegExp(`\\b${id}(?:-gpu)?(?:\\[[^\\]]*\\])?==([\\d.]+)`).exec(dockerfile?.source.text ?? '')?.[1];
}

function chooseFramework(ui: Ui, versioned: Versioned): Promise<Framework | undefined> {
  const choices = frameworks.map((value) => {
    const now = pinnedNow(value, versioned);
    return { label: value.title, ...(now === undefined ? {} : { description: `now ${now}` }), value };
  });
  const used = choices.filter(({ description }) => description !== undefined);
  const order = ['torch', 'tensorflow', 'jax', 'vllm', 'onnxruntime'];
  const others = choices.filter((choice) => !used.includes(choice)).sort((a, b) => order.indexOf(a.value.id) - order.indexOf(b.value.id));
  return ui.pick(title, [...used, ...others], { placeholder: 'Which framework?' });
}

async function chooseCombination(
  app: App,
  framework: Framework,
  versioned: Versioned,
  knowledge: KnowledgeBase,
): Promise<Combination | undefined> {
  const { ui } = app;
  const tables = { knowledge, starters };
  const now = pinnedNow(framework, versioned);
  const version = await ui.pick(
    `${title}: ${framework.title}`,
    framework.versions(knowledge).map((value) => ({ label: value, ...(value === now ? { description: 'now' } : {}), value })),
    { placeholder: 'Which version? The newest is first' },
  );
  if (version === undefined) return undefined;
  const devices = (['cpu', 'gpu'] as const).filter((device) => framework.combinations(version, device, tables).length);
  const device =
    devices.length === 1
      ? devices[0]
      : await ui.pick(
          `${title}: ${framework.title} ${version}`,
          devices.map((value) => ({ label: value === 'cpu' ? 'CPU' : 'NVIDIA GPU', value })),
        );
  if (device === undefined) return undefined;
  const all = framework.combinations(version, device, tables);
  const machine = device === 'gpu' ? await machineOf(app) : {};
  const today = new Date().toISOString().slice(0, 10);
  return ui.pick(
    `${title}: ${framework.title} ${version}, ${device === 'cpu' ? 'CPU' : 'GPU'}`,
    [...keeping(all, versioned), ...all].map((value) => ({ ...wording(value, knowledge, machine, today), value })),
    { placeholder: 'What goes together; FROM, install lines and pins are changed in one step' },
  );
}

/** What this engine's machine has; nothing when it does not answer at once. */
async function machineOf({ store, engine }: App): Promise<Machine> {
  if (store.snapshot.connection.state !== 'connected') return {};
  const report = await readEngineGpus(await engine(), AbortSignal.timeout(2000)).catch(() => undefined);
  if (!report || !('gpus' in report)) return {};
  const [lowest] = report.gpus.flatMap(({ computeCapability }) => computeCapability ?? []).sort((a, b) => Number(a) - Number(b));
  return {
    ...(report.driver === undefined ? {} : { driver: report.driver }),
    ...(lowest === undefined ? {} : { capability: lowest }),
  };
}
