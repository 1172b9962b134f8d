import type { Dockerfile, Instruction, Stage } from '../../../dockerfile/model.ts';
import { mountsOf } from '../../../dockerfile/mounts.ts';
import { allInstructions, stageAround, variablesAt } from '../../../dockerfile/scope.ts';
import type { Command } from '../../../dockerfile/shell/model.ts';
import { commandsOf, programOf } from '../../../dockerfile/shell/scripts.ts';
import type { World } from '../../../lint/rule.ts';
import type { Edit, Span } from '../../../text/text.ts';
import type { Refactoring } from '../../model.ts';
import { chainOf, type Step } from './chain.ts';
import { commentsIn, touchedInside } from './layout.ts';
import { baseName } from '../../../text/paths.ts';

/** What a package manager keeps between builds, and what on its command line or around it speaks against that. */
interface Cache {
  readonly program: RegExp;
  /** The arguments that make it download something. */
  readonly verb: RegExp;
  readonly folders: readonly string[];
  /** The variable that names the folder. */
  readonly variable?: string;
  /** Several of them at once would hinder each other. */
  readonly locked?: true;
  /** Options that switch the cache off. */
  readonly off?: RegExp;
  /** Variables that switch it off. */
  readonly offVariable?: string;
  /** Commands that empty it. */
  readonly cleans?: RegExp;
}

const caches: readonly Cache[] = [
  {
    program: /^(?:pip[\d.]*|python[\d.]*)$/,
    verb: /^(?:-m pip )?(?:install|wheel|download)\b/,
    folders: ['~/.cache/pip'],
    variable: 'PIP_CACHE_DIR',
    off: /^--no-cache-dir$/,
    offVariable: 'PIP_NO_CACHE_DIR',
    cleans: /^(?:pip[\d.]* cache purge|rm -r?f?r? (?:~|\/root|\$HOME)\/\.cache(?:\/pip)?\/?\*?)$/,
  },
  {
    program: /^uv$/,
    verb: /^(?:pip (?:install|sync)|sync|add|tool install|run|venv|python install)\b/,
    folders: ['~/.cache/uv'],
    variable: 'UV_CACHE_DIR',
    off: /^(?:--no-cache|-n|--no-cache-dir)$/,
    offVariable: 'UV_NO_CACHE',
    cleans: /^(?:uv cache (?:clean|prune)|rm -r?f?r? (?:~|\/root|\$HOME)\/\.cache(?:\/uv)?\/?\*?)$/,
  },
  {
    program: /^poetry$/,
    verb: /^(?:install|add|sync)\b/,
    folders: ['~/.cache/pypoetry'],
    variable: 'POETRY_CACHE_DIR',
    off: /^--no-cache$/,
  },
  { program: /^pdm$/, verb: /^(?:install|add|sync)\b/, folders: ['~/.cache/pdm'], variable: 'PDM_CACHE_DIR' },
  {
    program: /^(?:conda|mamba|micromamba)$/,
    verb: /^(?:install|create|env (?:create|update)|update)\b/,
    folders: ['/opt/conda/pkgs'],
    variable: 'CONDA_PKGS_DIRS',
    cleans: /^(?:conda|mamba|micromamba) clean\b.*$/,
  },
  {
    program: /^(?:apt-get|apt)$/,
    verb: /^(?:update|install|upgrade|dist-upgrade)\b/,
    folders: ['/var/cache/apt', '/var/lib/apt'],
    locked: true,
    cleans: /^(?:(?:apt-get|apt) (?:auto)?clean(?: -y)?|rm -r?f?r? \/var\/lib\/apt\/lists(?:\/\*?)?)$/,
  },
  {
    program: /^(?:dnf|microdnf|yum)$/,
    verb: /^(?:install|update|upgrade|module install|groupinstall)\b/,
    folders: ['/var/cache/dnf'],
    locked: true,
    cleans: /^(?:dnf|microdnf|yum) clean all$/,
  },
  { program: /^npm$/, verb: /^(?:ci|install|i|add)\b/, folders: ['~/.npm'], variable: 'npm_config_cache', cleans: /^npm cache clean\b.*$/ },
  {
    program: /^yarn$/,
    verb: /^(?:$|install|add)/,
    folders: ['~/.cache/yarn'],
    variable: 'YARN_CACHE_FOLDER',
    cleans: /^yarn cache clean\b.*$/,
  },
];

/** Gives a RUN the cache mounts of the package managers it calls, and takes away what would empty them. */
export function cacheMounts(file: Dockerfile, selection: Span, { options }: World): readonly Refactoring[] {
  const [run, other] = touchedInside(file, selection);
  const stage = run && stageAround(file, run);
  if (run?.keyword !== 'RUN' || other || run.json || !stage) return [];
  const variables = variablesAt(file, stage, run, options.buildArgs);
  const home = homeAt(stage, run);
  const present = mountsOf(run).flatMap(({ target }) => target ?? []);
  const commands = commandsOf(file, run);
  const used = caches.filter(({ program, verb, offVariable }) => {
    const off = offVariable === undefined ? undefined : variables.get(offVariable)?.value;
    return isOff(off) ? false : commands.some((command) => calls(command, program, verb));
  });
  const edits: Edit[] = [];
  const flags: string[] = [];
  for (const cache of used) {
    const own = cache.variable === undefined ? undefined : variables.get(cache.variable)?.value;
    const folders = own !== undefined && /^\/[^\s,$]+$/.test(own) ? [own] : cache.folders;
    for (const folder of folders) {
      if (folder.startsWith('~') && !home) continue;
      const target = folder.replace('~', home?.folder ?? '');
      if (present.some((path) => path === target || target.startsWith(`${path.replace(/\/$/, '')}/`))) continue;
      const id = home?.uid === undefined || !folder.startsWith('~') ? '' : `,uid=${home.uid}`;
      flags.push(`--mount=type=cache,target=${target}${cache.locked ? ',sharing=locked' : ''}${id}`);
    }
  }
  if (!flags.length) return [];
  const end = run.flags.at(-1)?.span.end ?? run.keywordSpan.end;
  edits.push({ span: { start: end, end }, text: flags.map((flag) => ` ${flag}`).join('') });
  const { removed, ...emptied } = emptying(file, run, used);
  edits.push(...emptied.edits, ...switchedOff(file, commands, used, removed), ...keepPackages(file, run, used));
  return [{ title: flags.length > 1 ? 'Add cache mounts' : 'Add a cache mount', kind: 'rewrite', edits }];
}

const isOff = (value: string | undefined): boolean => value !== undefined && !/^(?:|0|off|no|false)$/i.test(value);

/** Whether a command calls a program with arguments that begin in a way, options left out. */
function calls(command: Command, program: RegExp, verb: RegExp): boolean {
  const [head, ...rest] = programOf(command);
  const name = baseName(head?.value ?? '');
  return program.test(name) && verb.test(rest.flatMap(({ value }) => (/^-(?!m$)/.test(value) ? [] : value)).join(' '));
}

/** The home of the user at an instruction; undefined where the file does not say it. */
function homeAt(stage: Stage, run: Instruction): { readonly folder: string; readonly uid?: string } | undefined {
  const user = allInstructions(stage).findLast(({ keyword, span }) => keyword === 'USER' && span.start < run.span.start)?.args[0]?.value;
  const name = user?.replace(/:.*/, '');
  if (name === undefined || name === 'root' || name === '0') return { folder: '/root' };
  // Whose cache it is has to be said as a number.
  const uid = /^[a-z_][\w-]*$/.test(name) ? uidOf(stage, run, name) : undefined;
  return uid === undefined ? undefined : { folder: `/home/${name}`, uid };
}

function uidOf(stage: Stage, run: Instruction, name: string): string | undefined {
  for (const { keyword, span, body } of allInstructions(stage)) {
    if (keyword !== 'RUN' || span.start >= run.span.start) continue;
    const made = new RegExp(`\\b(?:useradd|adduser)\\b[^&;|]*?(?:\\s-u|\\s--uid)[ =](\\d+)[^&;|]*\\b${name}\\b`).exec(body.text);
    if (made?.[1] !== undefined) return made[1];
  }
  return undefined;
}

/** The steps of the chain that empty a cache, taken out. */
function emptying(
  file: Dockerfile,
  run: Instruction,
  used: readonly Cache[],
): { readonly edits: readonly Edit[]; readonly removed: readonly Step[] } {
  const { steps = [] } = chainOf(file, run) ?? {};
  const removed: Step[] = [];
  const edits: Edit[] = [];
  for (const [index, step] of steps.entries()) {
    const before = steps[index - 1];
    const next = steps[index + 1];
    const text = step.text.replace(/\s+/g, ' ').trim();
    if (step.joint !== '&&' || !before || (next && next.joint !== '&&') || !used.some(({ cleans }) => cleans?.test(text))) continue;
    const span = { start: before.span.end, end: step.span.end };
    if (commentsIn(file, span).length) continue;
    removed.push(step);
    edits.push({ span, text: '' });
  }
  return { edits, removed };
}

/** The options that switch a cache off, taken out. */
function switchedOff(
  { source: { text } }: Dockerfile,
  commands: readonly Command[],
  used: readonly Cache[],
  removed: readonly Step[],
): readonly Edit[] {
  return commands.flatMap((command) =>
    used.flatMap(({ program, verb, off }) =>
      off && calls(command, program, verb) && !removed.some(({ commands: gone }) => gone.includes(command))
        ? command.words.flatMap(({ value, span }) =>
            off.test(value) ? [{ span: { start: span.start - blanksBefore(text, span.start), end: span.end }, text: '' }] : [],
          )
        : [],
    ),
  );
}

const blanksBefore = (text: string, at: number): number => /[ \t]*$/.exec(text.slice(Math.max(0, at - 80), at))?.[0].length ?? 0;

/** Debian's and Ubuntu's images throw the packages away behind every install, unless that is switched off. */
function keepPackages(file: Dockerfile, run: Instruction, used: readonly Cache[]): readonly Edit[] {
  const isApt = used.some(({ folders }) => folders.includes('/var/cache/apt'));
  const chain = isApt && !file.source.text.includes('docker-clean') ? chainOf(file, run) : undefined;
  if (!chain) return [];
  const at = chain.span.start;
  return [{ span: { start: at, end: at }, text: 'rm -f /etc/apt/apt.conf.d/docker-clean && ' }];
}
