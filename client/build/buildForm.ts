import { dirname, relative, resolve } from 'node:path';
import type { Dockerfile } from '../../src/dockerfile/model.ts';
import { buildCommand, defaultTag, isTag, type BuildPlan } from '../../src/plan/buildPlan.ts';
import type { Ui } from '../ui.ts';
import type { Form, FormRow } from './form.ts';

/** What a person chose for a Dockerfile, kept for the next time. Never a secret. */
export interface BuildMemory {
  readonly context?: string;
  readonly tag?: string;
  readonly args?: Readonly<Record<string, string>>;
}

/** Where a build begins: as it was the last time, else the Dockerfile's own folder and name. */
export function startPlan(dockerfile: Dockerfile, memory: BuildMemory, target?: string): BuildPlan {
  const { path } = dockerfile.source;
  const context = memory.context ?? dirname(path);
  const tag = memory.tag ?? defaultTag(dirname(path), path);
  return {
    context,
    file: path,
    tags: [target === undefined ? tag : tag.replace(/(:[^:/]*)?$/, (version) => `-${target.toLowerCase()}${version || ':latest'}`)],
    ...(target !== undefined && { target }),
    ...(memory.args && { args: memory.args }),
  };
}

export const memoryOf = ({ context, tags, args, target }: BuildPlan): BuildMemory => ({
  context,
  // A stage's tag is made from the whole image's: it is not kept.
  ...(target === undefined && tags[0] !== undefined && { tag: tags[0] }),
  ...(args && { args: Object.fromEntries(Object.entries(args).filter(([name]) => !secret(name))) }),
});

/** Names of arguments whose values nobody should keep. */
export const secret = (name: string): boolean => /TOKEN|SECRET|PASSWORD|PASSWD|API_?KEY|CREDENTIAL|PRIVATE/i.test(name);

/** As the command line says it: relative to where it runs. */
export function shownPlan(plan: BuildPlan, cwd: string): BuildPlan {
  const short = (path: string): string => {
    const shown = relative(cwd, path);
    return shown.startsWith('..') ? path : shown || '.';
  };
  const { file, ...rest } = plan;
  const usual = file === undefined || file === resolve(plan.context, 'Dockerfile');
  return { ...rest, context: short(plan.context), ...(usual ? {} : { file: short(file) }) };
}

/** Arguments that a build has no value for. */
export function openArguments({ instructions, stages }: Dockerfile): readonly string[] {
  const known = new Set(['HTTP_PROXY', 'HTTPS_PROXY', 'FTP_PROXY', 'NO_PROXY', 'ALL_PROXY', 'SOURCE_DATE_EPOCH']);
  const global = instructions.filter(({ keyword, stage }) => keyword === 'ARG' && stage === undefined);
  const defaulted = new Set(global.flatMap(({ pairs = [] }) => pairs.flatMap(({ name, value }) => (value ? [name.value] : []))));
  const open = [...global, ...stages.flatMap((stage) => stage.instructions.filter(({ keyword }) => keyword === 'ARG'))]
    .flatMap(({ pairs = [] }) => pairs)
    .filter(({ name, value }) => !value && !defaulted.has(name.value))
    .map(({ name }) => name.value);
  return [...new Set(open)].filter(
    (name) =>
      !known.has(name.toUpperCase()) && !/^(?:TARGET|BUILD)(?:PLATFORM|OS|ARCH|VARIANT)$/.test(name) && !name.startsWith('BUILDKIT_'),
  );
}

export function buildForm(dockerfile: Dockerfile, cwd: string): Form<BuildPlan> {
  return {
    title: `Build ${relative(cwd, dockerfile.source.path) || dockerfile.source.path}`,
    verb: 'Build',
    invocation: (plan) => buildCommand(shownPlan(plan, cwd)),
    rows: (plan) => [
      tagRow(plan),
      contextRow(plan, cwd),
      ...stageRow(plan, dockerfile),
      ...argumentRows(plan, dockerfile),
      ...switches(plan),
    ],
  };
}

function tagRow(plan: BuildPlan): FormRow<BuildPlan> {
  const [tag = ''] = plan.tags;
  return {
    label: 'Name and tag',
    description: tag,
    icon: 'tag',
    async change(ui) {
      const problem = (text: string): string | undefined =>
        isTag(text) ? undefined : 'A name has lower-case letters, digits and - _ . / only, and a tag after a colon: team/trainer:v1';
      const chosen = await ui.input('Name and tag of the image', { value: tag, problem });
      return chosen === undefined ? undefined : { ...plan, tags: [chosen] };
    },
  };
}

function contextRow(plan: BuildPlan, cwd: string): FormRow<BuildPlan> {
  return {
    label: 'Build context',
    description: relative(cwd, plan.context) || '.',
    icon: 'folder',
    async change(ui) {
      const folder = plan.file === undefined ? plan.context : dirname(plan.file);
      const folders = [...new Set([folder, dirname(folder), ...ui.folders])];
      const other = Symbol('other');
      const chosen = await ui.pick<string | symbol>('Folder that COPY and ADD take files from', [
        ...folders.map((value) => ({ label: relative(cwd, value) || '.', description: value, value })),
        { label: 'Another folder…', value: other },
      ]);
      const path = chosen === other ? await ui.choosePath('Build context', { kind: 'folder', from: folder }) : chosen;
      return typeof path === 'string' ? { ...plan, context: path } : undefined;
    },
  };
}

function stageRow(plan: BuildPlan, { stages }: Dockerfile): FormRow<BuildPlan>[] {
  const names = stages.flatMap(({ name }) => name?.value ?? []);
  if (stages.length < 2 || !names.length) return [];
  return [
    {
      label: 'Stage',
      description: plan.target ?? 'the last one',
      icon: 'layers',
      async change(ui) {
        const { target: _, ...whole } = plan;
        const last = Symbol('last');
        const chosen = await ui.pick<string | symbol>('Stage to build', [
          { label: 'The last one', value: last },
          ...names.map((value) => ({ label: value, value })),
        ]);
        return chosen === undefined ? undefined : typeof chosen === 'string' ? { ...plan, target: chosen } : whole;
      },
    },
  ];
}

function argumentRows(plan: BuildPlan, dockerfile: Dockerfile): FormRow<BuildPlan>[] {
  const declared = dockerfile.instructions.flatMap(({ keyword, pairs = [] }) => (keyword === 'ARG' ? pairs : []));
  if (!declared.length) return [];
  const names = [...new Set(declared.map(({ name }) => name.value))];
  const set = Object.entries(plan.args ?? {});
  return [
    {
      label: 'Build arguments',
      description: set.map(([name, value]) => `${name}=${secret(name) ? '…' : value}`).join(', ') || 'as the Dockerfile says',
      icon: 'symbol-variable',
      async change(ui) {
        const choices = names.map((name) => {
          const value = plan.args?.[name] ?? declared.find((pair) => pair.name.value === name)?.value?.value;
          return { label: name, value: name, ...(value !== undefined && { description: value }) };
        });
        const name = await ui.pick('Argument to set', choices);
        return name === undefined ? undefined : askArgument(plan, name, ui);
      },
    },
  ];
}

/** Asks for one argument; an empty answer takes it away. */
export async function askArgument(plan: BuildPlan, name: string, ui: Ui): Promise<BuildPlan | undefined> {
  const hidden = secret(name);
  const prompt = hidden
    ? 'Everyone who has the image can read a build argument in its history. A secret is better mounted: RUN --mount=type=secret.'
    : 'Passed as --build-arg';
  const value = await ui.input(`Value of ${name}`, { value: plan.args?.[name] ?? '', prompt, secret: hidden });
  if (value === undefined) return undefined;
  const { [name]: _, ...others } = plan.args ?? {};
  return { ...plan, args: value ? { ...others, [name]: value } : others };
}

function switches(plan: BuildPlan): FormRow<BuildPlan>[] {
  const flip = (key: 'noCache' | 'pull', label: string, icon: string): FormRow<BuildPlan> => ({
    label,
    description: plan[key] ? 'yes' : 'no',
    icon,
    change: () => Promise.resolve({ ...plan, [key]: !plan[key] }),
  });
  return [flip('noCache', 'Build everything anew', 'refresh'), flip('pull', 'Ask the registry for newer base images', 'cloud-download')];
}
