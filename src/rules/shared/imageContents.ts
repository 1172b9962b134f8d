import type { Dockerfile, Instruction, Stage } from '../../dockerfile/model.ts';
import { mountsOf } from '../../dockerfile/mounts.ts';
import { allInstructions, lineage, rootImage } from '../../dockerfile/scope.ts';
import { commandsOf, programOf } from '../../dockerfile/shell/scripts.ts';
import type { World } from '../../lint/rule.ts';
import { imageReference } from '../../text/imageReference.ts';
import { ignored } from './dockerignore.ts';
import { baseName, folderOf, join, upwards } from '../../text/paths.ts';
import { within } from './published.ts';

/** What is at a path of an image: a file of the build context, surely nothing, or something that cannot be told. */
export type Content = { readonly kind: 'file'; readonly path: string } | { readonly kind: 'nothing' } | { readonly kind: 'unknown' };

const unknown: Content = { kind: 'unknown' };

/** Programs that put no files of the project anywhere. */
const quiet =
  /^(?:apt-get|apt|apk|pip[\d.]*|useradd|groupadd|adduser|addgroup|userdel|usermod|chmod|chown|mkdir|rm|set|echo|export|true|ldconfig|update-ca-certificates|locale-gen|rmdir|test|\[|if|then|fi)$/;

/** Images that bring no files where a project keeps its own. */
const plain = /^(?:python|ubuntu|debian|nvidia\/cuda|pytorch\/pytorch|alpine|continuumio\/miniconda3)$/;

/** What COPY has put at an absolute path of a stage's image by its end. */
export function imageContent(file: Dockerfile, stage: Stage, path: string, world: Pick<World, 'files' | 'options'>): Content {
  const root = rootImage(file, stage, world.options.buildArgs);
  if (root === undefined || !plain.test(imageReference(root).name) || /[$*]/.test(path)) return unknown;
  const copies = copiesOf(file, stage, path);
  if (!copies) return unknown;
  const context = contextOf(file, world.files);
  if (context === undefined) return unknown;
  const skip = ignored(file.source.path, world.files);
  for (const { source, target, alone } of copies.toReversed()) {
    const clean = join('', source.replace(/^\/+/, ''));
    const name = baseName(clean);
    const from = join(context, clean);
    const folder = world.files.list(from) !== undefined;
    if (!folder && !world.files.exists(from)) {
      // It may be made before the build.
      if (within(path, target)) return unknown;
      continue;
    }
    const candidates = folder
      ? within(path, target) && path !== target
        ? [join(clean, path.slice(target.replace(/\/+$/, '').length + 1))]
        : []
      : path === (alone ? target : join(target, name))
        ? [clean]
        : [];
    for (const candidate of candidates)
      if (world.files.exists(join(context, candidate)))
        return skip(candidate) ? { kind: 'nothing' } : { kind: 'file', path: join(context, candidate) };
  }
  return { kind: 'nothing' };
}

interface Copy {
  readonly source: string;
  readonly target: string;
  /** Whether the target is the file itself and not the folder that takes it. */
  readonly alone: boolean;
}

/** The copies of a stage from the context; undefined when something else may put a file at the path. */
function copiesOf(file: Dockerfile, stage: Stage, path: string): readonly Copy[] | undefined {
  const copies: Copy[] = [];
  let at = '/';
  for (const instruction of allInstructions(stage)) {
    const { keyword, args, flags, heredocs } = instruction;
    if (keyword === 'WORKDIR') at = join(at, args[0]?.value ?? '');
    if (keyword === 'ONBUILD' || at.includes('$')) return undefined;
    if (keyword === 'RUN' && !isQuiet(file, instruction)) return undefined;
    if (keyword !== 'COPY' && keyword !== 'ADD') continue;
    const written = args.at(-1)?.value ?? '';
    const target = join(at, written);
    if (/\$/.test(written)) return undefined;
    const sources = args.slice(0, -1).map(({ value }) => value);
    const outside = flags.some(({ name }) => name === 'from' || name === 'parents') || heredocs.length > 0;
    if (outside || sources.some((value) => /[$*?[]|:\/\/|\.(?:tar|t?gz|tgz|zip)/.test(value))) {
      if (within(path, target)) return undefined;
      continue;
    }
    const alone = sources.length === 1 && !/\/$|^\.$/.test(written) && target !== at;
    copies.push(...sources.map((source) => ({ source, target, alone })));
  }
  return copies;
}

function isQuiet(file: Dockerfile, instruction: Instruction): boolean {
  if (mountsOf(instruction).some(({ type }) => type === 'bind') && /\bcp\b/.test(instruction.body.text)) return false;
  const commands = commandsOf(file, instruction);
  return (
    commands.length > 0 &&
    commands.every((command) => {
      const [program, ...rest] = programOf(command);
      const name = baseName(program?.value ?? '');
      if (command.redirects.some(({ target }) => !/^(?:\/dev\/|&?\d|\/etc\/)/.test(target?.value ?? '&1'))) return false;
      return (
        quiet.test(name) ||
        (/^python[\d.]*$/.test(name) && rest[0]?.value === '-m' && rest[1]?.value === 'pip') ||
        (name === 'uv' && rest[0]?.value === 'pip')
      );
    })
  );
}

/** The folder that is the build context: the nearest one that holds everything that is copied. */
function contextOf(file: Dockerfile, files: World['files']): string | undefined {
  const sources = file.stages.flatMap(({ instructions }) =>
    instructions.flatMap(({ keyword, args, flags, heredocs }) =>
      (keyword === 'COPY' || keyword === 'ADD') && !heredocs.length && !flags.some(({ name }) => name === 'from')
        ? args.slice(0, -1).flatMap(({ value }) => (/[$*?[]|:\/\//.test(value) ? [] : [join('', value.replace(/^\/+/, ''))]))
        : [],
    ),
  );
  return upwards(folderOf(file.source.path)).find((folder) =>
    sources.every((source) => source === '' || files.exists(join(folder, source))),
  );
}

/** The working directory that a container of a stage starts in, where the file says it. */
export function startFolder(stage: Stage): string | undefined {
  let at: string | undefined;
  for (const { instructions } of lineage(stage).toReversed())
    for (const { keyword, args } of instructions) {
      const path = args[0]?.value ?? '';
      if (keyword === 'WORKDIR') at = path.includes('$') || (at === undefined && !path.startsWith('/')) ? undefined : join(at ?? '/', path);
    }
  return at;
}
