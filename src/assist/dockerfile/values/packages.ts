import type { Dockerfile, Instruction } from '../../../dockerfile/model.ts';
import { pipInstalls } from '../../../dockerfile/packages/pip.ts';
import { installs, managerCall, systemInstalls } from '../../../dockerfile/packages/system.ts';
import { programOf } from '../../../dockerfile/shell/scripts.ts';
import type { World } from '../../../lint/rule.ts';
import type { Span } from '../../../text/text.ts';
import { parseRequirements } from '../../../python/requirements.ts';
import type { Completion } from '../../model.ts';
import { offer } from '../../offer.ts';
import { usualPackages } from '../../packages/usual.ts';
import { knownPackages } from '../../packages/versions.ts';
import { unquoted, type Typed } from '../place.ts';
import { commandBefore } from '../tools/call.ts';

/** Packages for a command that installs them: those that this workspace installs elsewhere, and those that the tables know. */
export function completePackages(file: Dockerfile, instruction: Instruction, word: Typed, world: World): readonly Completion[] | undefined {
  const command = commandBefore(file, instruction, word.span.start);
  if (!command || word.prefix.startsWith('-')) return undefined;
  const pip = pipInstalls(file, instruction).find((each) => each.command === command);
  const { prefix: typed, span } = unquoted(file, word);
  if (pip) {
    const present = new Set(pip.operands.map(({ value }) => nameOf(value)));
    return named(pythonPackages(file, word, world), typed, present).map(([name, detail]) => offer({ span }, name, 'value', detail));
  }
  const call = managerCall(programOf(command));
  if (!call || !installs(call)) return undefined;
  const present = new Set(call.operands.map(({ value }) => value));
  return named(systemPackagesSeen(call.manager, file, word, world), typed, present).map(([name, detail]) =>
    offer({ span }, name, 'value', detail),
  );
}

const nameOf = (specifier: string): string => /^[\w.-]*/.exec(specifier)?.[0].toLowerCase() ?? '';

function named(offers: ReadonlyMap<string, string>, typed: string, present: ReadonlySet<string>): readonly (readonly [string, string])[] {
  return [...offers].filter(
    ([name]) => name.toLowerCase().startsWith(typed.toLowerCase()) && (!present.has(nameOf(name)) || nameOf(name) === nameOf(typed)),
  );
}

/** Whether a word of the workspace is the one that is being typed: it is no news, and would take the Enter behind it. */
const isTyped =
  ({ source }: Dockerfile, { span }: Typed) =>
  (other: Dockerfile, place: Span): boolean =>
    other.source.path === source.path && place.start <= span.end && span.start <= place.end;

function pythonPackages(file: Dockerfile, word: Typed, world: World): ReadonlyMap<string, string> {
  const offers = new Map<string, string>();
  const add = (text: string, detail: string): void => {
    if (/^[A-Za-z][\w.-]*(?:\[[\w,-]+\])?(?:==[\w.+!-]+)?$/.test(text) && !offers.has(text)) offers.set(text, detail);
  };
  const typed = isTyped(file, word);
  for (const { text, path } of requirements(file, world))
    for (const { span } of parseRequirements(path, text).requirements) add(text.slice(span.start, span.end).replace(/\s+/g, ''), path);
  for (const other of world.workspace.dockerfiles())
    for (const instruction of other.instructions)
      for (const { operands } of pipInstalls(other, instruction))
        for (const { value, dynamic, span } of operands) if (!dynamic && !typed(other, span)) add(value, other.source.path);
  for (const [name, about] of Object.entries(knownPackages)) add(name, about);
  for (const [name, about] of Object.entries(usualPackages)) add(name, about);
  for (const { names, libraries } of world.knowledge.packageNeeds)
    for (const name of names) add(name, libraries?.[0] === undefined ? 'to compile, unless there is a wheel' : `needs ${libraries[0]}`);
  return offers;
}

/** The requirements files beside the Dockerfile. */
function requirements(file: Dockerfile, { files }: World): readonly { readonly path: string; readonly text: string }[] {
  const folder = file.source.path.slice(0, file.source.path.lastIndexOf('/') + 1);
  return (files.list(folder.replace(/\/$/, '')) ?? [])
    .filter((name) => /^(?:requirements|constraints)[^/]*\.(?:txt|in)$/.test(name))
    .flatMap((name) => {
      const text = files.read(folder + name);
      return text === undefined ? [] : [{ path: folder + name, text }];
    });
}

function systemPackagesSeen(manager: string, file: Dockerfile, word: Typed, { workspace, knowledge }: World): ReadonlyMap<string, string> {
  const family = familyOf(manager);
  const typed = isTyped(file, word);
  const offers = new Map<string, string>();
  const add = (name: string, detail: string): void => {
    if (/^[a-z0-9][a-z0-9.+-]+$/.test(name) && !offers.has(name)) offers.set(name, detail);
  };
  for (const other of workspace.dockerfiles())
    for (const instruction of other.instructions)
      for (const install of systemInstalls(other, instruction))
        if (familyOf(install.manager) === family)
          for (const { value, span } of install.packages) if (!typed(other, span)) add(value.replace(/=.*$/, ''), other.source.path);
  if (family === 'apt') {
    for (const [name, about] of usualSystem) add(name, about);
    for (const { names, libraries = [], build = [] } of knowledge.packageNeeds)
      for (const name of [...libraries.slice(0, 1), ...build]) add(name, `for ${names[0] ?? ''}`);
  }
  return offers;
}

const familyOf = (manager: string): string => (/^apt/.test(manager) ? 'apt' : /^(?:micro|t)?dnf$|^yum$/.test(manager) ? 'rpm' : manager);

/** What ML images take from Debian and Ubuntu, with a word about each. */
const usualSystem: readonly (readonly [name: string, about: string])[] = [
  ['build-essential', 'compilers; a stage that is shipped needs none'],
  ['ca-certificates', 'for HTTPS, with --no-install-recommends'],
  ['cmake', 'builds C++'],
  ['curl', 'downloads, health checks'],
  ['ffmpeg', 'audio and video'],
  ['g++', 'compiles C++'],
  ['gcc', 'compiles C'],
  ['git', 'pip install git+https://…'],
  ['git-lfs', 'large files of repositories'],
  ['libgl1', 'for opencv-python'],
  ['libglib2.0-0', 'for opencv-python'],
  ['libgomp1', 'for lightgbm'],
  ['libpq-dev', 'compiles psycopg2'],
  ['libpq5', 'for psycopg2'],
  ['libsndfile1', 'for soundfile and librosa'],
  ['ninja-build', 'builds CUDA extensions faster'],
  ['pkg-config', 'finds libraries to compile with'],
  ['python3', 'the system’s Python'],
  ['python3-dev', 'headers, to compile for it'],
  ['python3-pip', 'pip of the system’s Python'],
  ['python3-venv', 'python3 -m venv'],
  ['tini', 'passes on signals, as docker run --init'],
  ['tzdata', 'time zones'],
  ['unzip', 'ZIP files'],
  ['wget', 'downloads'],
];
