import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import type { PythonInstall } from '../../dockerfile/packages/project.ts';
import { variablesAt } from '../../dockerfile/scope.ts';
import { allCommandsOf } from '../../dockerfile/packages/nested.ts';
import type { KnowledgeBase } from '../../knowledge/knowledge.ts';
import type { Files, World } from '../../lint/rule.ts';
import { holdsOnLinux } from '../../python/marker.ts';
import { readRequirements } from '../../python/read.ts';
import { contextFile } from './contextFile.ts';
import { fromWorkdir } from './entered.ts';
import { projectSources, projectWords } from './installedRequirements.ts';
import { folderOf, join } from '../../text/paths.ts';
import { assignment } from '../../dockerfile/shell/assignment.ts';

/** Where a `pip install` takes torch from: a tag of PyTorch's index (`cpu`, `cu126`), PyPI, or somewhere not known. */
export type TorchSource =
  | {
      readonly kind: 'index';
      readonly tag: string;
      /** Whether uv was told so, and looks nowhere else for torch. */ readonly backend?: true;
    }
  | { readonly kind: 'pypi' }
  | { readonly kind: 'unknown' };

/** The tag in an address of PyTorch's package index, or of a mirror that the project knows; nightly builds have none. */
export const indexTag = (url: string, { indexes }: Pick<KnowledgeBase, 'indexes'>): string | undefined =>
  /^https?:\/\/download\.pytorch\.org\/whl\/(cpu|cu\d+|rocm[\d.]+|xpu)(?:[/]|$)/.exec(url)?.[1] ??
  indexes.find((own) => own.of === 'pytorch' && url.startsWith(own.url))?.build;

/** The addresses from which a file has torch installed, those of the files it includes too; undefined when that cannot be said. */
function fileIndexes(path: string, tool: PythonInstall['tool'], files: Files, seen = new Set<string>()): readonly string[] | undefined {
  if (seen.has(path)) return [];
  seen.add(path);
  const text = files.read(path);
  if (text === undefined) return undefined;
  const { requirements, options, format } = readRequirements(path, text);
  // What a project says to uv or poetry means nothing to pip.
  const heard = options.filter((each) => each.tool === undefined || each.tool === tool);
  if (format !== 'pip' && tool !== 'pip') {
    const own = requirements.filter(({ name }) => name === 'torch').flatMap(({ indexes = [] }) => indexes);
    const [first, ...others] = [...new Set(own.filter(({ marker }) => holdsOnLinux(marker) !== false).map(({ url }) => url))];
    if (first !== undefined) return others.length ? undefined : [first];
  }
  const urls: string[] = [];
  for (const { name, value } of heard) {
    if (name === 'index-url' || name === 'extra-index-url' || name === 'find-links') urls.push(value);
    if (name !== 'requirement') continue;
    const inner = fileIndexes(join(folderOf(path), value), tool, files, seen);
    if (!inner) return undefined;
    urls.push(...inner);
  }
  return urls;
}

/** Whether an address is PyPI’s own index. */
export const isPypi = (url: string): boolean => /^https?:\/\/pypi\.org(?:\/|$)/.test(url);

const variables = [
  'PIP_INDEX_URL',
  'PIP_EXTRA_INDEX_URL',
  'PIP_FIND_LINKS',
  'UV_INDEX_URL',
  'UV_EXTRA_INDEX_URL',
  'UV_INDEX',
  'UV_DEFAULT_INDEX',
];

/** The file of settings that an installation by uv reads, where there is one. */
export const uvSettings = (file: Dockerfile, stage: Stage, install: PythonInstall, files: Files): string | undefined =>
  install.tool === 'uv' ? contextFile(file, stage, install.instruction, fromWorkdir(file, install, 'uv.toml'), files) : undefined;

/** Where an installation takes torch from. */
export function torchSource(
  file: Dockerfile,
  stage: Stage,
  install: PythonInstall,
  { files, knowledge, options: { buildArgs } }: Pick<World, 'files' | 'knowledge' | 'options'>,
): TorchSource {
  const unknown: TorchSource = { kind: 'unknown' };
  const urls: string[] = [...install.extraIndexUrls, ...(install.indexUrl === undefined ? [] : [install.indexUrl])];
  for (const { name, value } of install.options) {
    if (name === '--torch-backend')
      return value !== undefined && /^(?:cpu|cu\d+)$/.test(value) ? { kind: 'index', tag: value, backend: true } : unknown;
    if (name === '-f' || name === '--find-links') urls.push(value ?? '$');
    if (name === '--no-index' || name === '-c' || name === '--constraint' || name === '--config-settings') return unknown;
  }
  const set = new Map([...variablesAt(file, stage, install.instruction, buildArgs)].map(([name, { value }]) => [name, value] as const));
  for (const [name, value] of assignedBefore(file, install)) set.set(name, value);
  const backend = install.tool === 'uv' ? set.get('UV_TORCH_BACKEND') : undefined;
  if (backend !== undefined && /^(?:cpu|cu\d+)$/.test(backend)) return { kind: 'index', tag: backend, backend: true };
  if (['PIP_CONSTRAINT', 'PIP_NO_INDEX', 'PIP_CONFIG_FILE', 'UV_TORCH_BACKEND', 'UV_CONSTRAINT'].some((name) => set.has(name)))
    return unknown;
  for (const name of variables) if (set.has(name)) urls.push(set.get(name) ?? '$');
  const projects = projectWords(install).map(({ value }) => projectSources(file, stage, install, value.replace(/\[.*$/, ''), files));
  if (projects.some((sources) => !sources.length)) return unknown;
  const named = install.files.map(({ value }) => contextFile(file, stage, install.instruction, fromWorkdir(file, install, value), files));
  const settings = uvSettings(file, stage, install, files);
  for (const path of [...named, ...projects.flat(), ...(settings === undefined ? [] : [settings])]) {
    const inner = path === undefined ? undefined : fileIndexes(path, install.tool, files);
    if (!inner) return unknown;
    urls.push(...inner);
  }
  // A pip.conf that is copied or mounted may name an index.
  if (
    stage.instructions.some(
      ({ body }) =>
        (settings === undefined && /\buv\.toml\b/.test(body.text)) ||
        /\bpip\.conf\b|pip3? config set|poetry (?:source add|config\s+(?:--\w+\s+)*(?:repositories|http-basic))|\/\.config\/pip/.test(
          body.text,
        ),
    )
  )
    return unknown;
  const tags = urls.map((url) => indexTag(url, knowledge));
  const tag = tags.find((each) => each !== undefined);
  if (tag !== undefined) return { kind: 'index', tag };
  const mirrors = urls.every((url) => isPypi(url) || knowledge.indexes.some((own) => own.of === 'pypi' && url.startsWith(own.url)));
  return mirrors ? { kind: 'pypi' } : unknown;
}

/** Variables that the script of an installation sets for it: `PIP_INDEX_URL=… pip install`, `export …` before it. */
function assignedBefore(file: Dockerfile, { instruction, command }: PythonInstall): readonly (readonly [string, string])[] {
  return allCommandsOf(file, instruction).flatMap((each) => {
    if (each.span.start > command.span.start) return [];
    const words = each === command || each.words.length === 0 ? each.assignments : each.name === 'export' ? each.words.slice(1) : [];
    return words.flatMap(({ value }) => {
      const given = assignment(value);
      return given ? [given] : [];
    });
  });
}
