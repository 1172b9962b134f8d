import { instructionSpec } from '../../dockerfile/instructions.ts';
import { globalArgs, platformArgs } from '../../dockerfile/scope.ts';
import type { Dockerfile, Instruction, Stage } from '../../dockerfile/model.ts';
import type { World } from '../../lint/rule.ts';
import type { Completion } from '../model.ts';
import { healthChecks } from './healthChecks.ts';
import { baseImages } from '../images.ts';
import { offer, startingWith } from '../offer.ts';
import { contextPaths, stagePaths } from './context.ts';
import { offered, stageNames, stageOf } from './flags.ts';
import { unquoted, type Typed } from './place.ts';
import { signals } from './shapes.ts';
import { users } from './users.ts';
import { completeTags } from './values/baseTags.ts';
import { predefined } from './values/predefined.ts';
import { condaShell, environment, labels, shells } from './values/wellKnown.ts';

/** What can stand as an argument, and before the first one the flags too. */
export function completeArgument(
  file: Dockerfile,
  instruction: Instruction,
  stage: Stage | undefined,
  word: Typed,
  offset: number,
  world: World,
): readonly Completion[] {
  const { keyword, args, keywordSpan } = instruction;
  const index = args.filter(
    ({ span }) => span.end < word.span.start || (span.end <= word.span.start && span.start < word.span.start),
  ).length;
  const specs = instructionSpec(keyword)?.flags ?? [];
  // What most lines go on with comes first: an image, a path.
  const flags =
    index === 0 && word.prefix === '' && offset > keywordSpan.end
      ? offered(specs, instruction, word).map((flag) => ({ ...flag, sort: `~${flag.sort ?? flag.label}` }))
      : [];
  const { prefix: typed, span } = unquoted(file, word);
  const item = (text: string, kind: Completion['kind'], detail?: string): Completion => offer({ span }, text, kind, detail);
  const matching = (items: readonly Completion[]): readonly Completion[] => startingWith(items, typed);

  switch (keyword) {
    case 'FROM': {
      if (index > 0)
        return matching(index === 1 && args[index - 1] ? [item('AS', 'keyword')] : []).filter(() => typed !== '' || word.prefix === '');
      return [
        ...flags,
        ...matching(
          stageNames(file, instruction)
            .filter((name) => !/^\d+$/.test(name))
            .map((name) => item(name, 'stage')),
        ),
        ...distinct([
          ...completeTags(file, typed, span, world),
          ...matching(baseImages(world).map(({ reference, detail }) => item(reference, 'image', detail))),
        ]),
      ];
    }
    case 'COPY':
    case 'ADD': {
      const from = instruction.flags.find(({ name }) => name === 'from');
      // What people end a line with is no beginning: Enter behind `COPY . .` must not take what is offered for it.
      if (/^(?:\.|\.\.|\.\/)$/.test(typed) && (index > 0 || typed !== './')) return [];
      const folders =
        index > 0
          ? matching(workdirs(stage, instruction).map((path) => item(path, 'folder'))).filter(({ text }) => text !== `${typed}/`)
          : [];
      const other = from && stageOf(file, instruction, from.value?.value);
      const paths = other
        ? matching(stagePaths(file, other, world).map((path) => item(path, 'folder', `in ${from.value?.value ?? ''}`)))
        : from || typed.startsWith('/')
          ? []
          : contextPaths(file, typed, world).map((path) => item(path, path.endsWith('/') ? 'folder' : 'file'));
      return [...flags, ...folders, ...paths];
    }
    case 'HEALTHCHECK': {
      if (index > 0) return [];
      const commands = [
        ...healthChecks(file, stage, world).map(({ text, detail }) => ({ ...item(text, 'value', detail), sort: ' ' })),
        { ...item('CMD [ "executable" ]', 'keyword'), text: 'CMD', snippet: 'CMD [ "${1:executable}" ]' },
        item('NONE', 'keyword'),
      ];
      const wanted = typed.toUpperCase();
      return [...commands.filter(({ text }) => text.startsWith(wanted) && text !== wanted), ...flags];
    }
    case 'STOPSIGNAL':
      return index ? [] : matching(signals.map((name) => item(name, 'enum')));
    case 'USER':
      return index ? [] : matching(users(file, instruction).map((name) => item(name, 'value')));
    case 'RUN':
      return flags;
    case 'EXPOSE':
      return /^\d+(?:-\d+)?\/\w*$/.test(typed)
        ? matching(['tcp', 'udp'].map((protocol) => item(typed.replace(/\/.*$/, `/${protocol}`), 'value')))
        : matching(ports(file).map((port) => item(port, 'value')));
    case 'WORKDIR':
      return index ? [] : matching(elsewhere(file, instruction).map((path) => item(path, 'folder')));
    case 'SHELL':
      return word.prefix === '' && !index && !file.source.text.slice(keywordSpan.end, offset).includes('\n')
        ? [...shells, ...environments(file).map((name) => ({ text: condaShell(name), summary: `as after conda activate ${name}` }))].map(
            ({ text, summary }) => item(text, 'value', summary),
          )
        : [];
    case 'ARG':
      return typed && !typed.includes('=')
        ? matching(declarable(file, stage, instruction).map(({ name, summary }) => item(name, 'variable', summary)))
        : [];
    case 'ENV':
      // A value is anything; only names can be known.
      return typed && !typed.includes('=') && !file.source.text.slice(word.span.start, word.span.end).includes('=')
        ? matching(environment.map(({ name, value, summary }) => ({ ...item(`${name}=${value}`, 'variable', summary), label: name })))
        : [];
    case 'LABEL':
      return typed && !typed.includes('=')
        ? matching(
            labels.map(({ name, summary }) => ({ ...item(`${name}=`, 'property', summary), label: name, snippet: `${name}="\${1}"` })),
          )
        : [];
    default:
      return flags;
  }
}

/** Each text once: the first says most about it. */
const distinct = (items: readonly Completion[]): readonly Completion[] =>
  [...new Map(items.toReversed().map((each) => [each.text, each])).values()].toReversed();

/** The ports that the file's commands and variables name. */
function ports({ instructions }: Dockerfile): readonly string[] {
  const found = instructions.flatMap(({ keyword, json, body, pairs = [] }) => {
    if (keyword === 'ENV' || keyword === 'ARG')
      return pairs.flatMap(({ name, value }) =>
        /PORT$/i.test(name.value) && /^\d{2,5}$/.test(value?.value ?? '') ? (value?.value ?? '') : [],
      );
    if (!/^(?:CMD|ENTRYPOINT|HEALTHCHECK)$/.test(keyword)) return [];
    const text = json ? json.map(({ value }) => value).join(' ') : body.text;
    return [...text.matchAll(/(?:--?(?:[\w-]*port|bind)[ =](?:[\w.*]+:)?|localhost:|127\.0\.0\.1:|0\.0\.0\.0:)(\d{2,5})\b/g)].map(
      (match) => match[1] ?? '',
    );
  });
  return [...new Set(found)];
}

/** The ARGs that an instruction may repeat: those before the first FROM, and what a build sets by itself. */
function declarable(
  file: Dockerfile,
  stage: Stage | undefined,
  own: Instruction,
): readonly { readonly name: string; readonly summary: string }[] {
  if (!stage) return [];
  const declared = new Set(
    stage.instructions.flatMap(({ keyword, pairs = [], span }) =>
      keyword === 'ARG' && span.start < own.span.start ? pairs.map(({ name }) => name.value) : [],
    ),
  );
  const globals = [...globalArgs(file)].map(([name, { value }]) => ({ name, summary: value ?? 'declared before the first FROM' }));
  const built = [...platformArgs].map((name) => ({ name, summary: predefined[name] ?? '' }));
  return [...globals, ...built].filter(({ name }) => !declared.has(name));
}

/** The folders that WORKDIR names anywhere else in the file. */
const elsewhere = ({ instructions }: Dockerfile, own: Instruction): readonly string[] => [
  ...new Set(instructions.flatMap((each) => (each.keyword === 'WORKDIR' && each !== own ? (each.args[0]?.value ?? []) : []))),
];

/** The conda environments that the file makes by name. */
const environments = ({ instructions }: Dockerfile): readonly string[] => [
  ...new Set(
    instructions.flatMap(
      ({ body }) => /\b(?:conda|mamba|micromamba)\s+(?:env\s+)?create\b[^&;|]*?(?:-n|--name)[ =]([\w.-]+)/.exec(body.text)?.[1] ?? [],
    ),
  ),
];

/** The folders that WORKDIR has named in the stage, with a slash behind. */
function workdirs(stage: Stage | undefined, before: Instruction): readonly string[] {
  const paths = (stage?.instructions ?? []).flatMap(({ keyword, args, span }) =>
    keyword === 'WORKDIR' && span.start < before.span.start ? (args[0]?.value ?? []) : [],
  );
  return [...new Set(paths.map((path) => (path.endsWith('/') ? path : `${path}/`)))];
}
