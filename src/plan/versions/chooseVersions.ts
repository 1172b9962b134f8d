import type { Dockerfile } from '../../dockerfile/model.ts';
import { pipInstalls } from '../../dockerfile/packages/pip.ts';
import { baseImage, lineage } from '../../dockerfile/scope.ts';
import type { Requirements } from '../../python/model.ts';
import { distroOf } from '../../rules/shared/distro.ts';
import { imageReference } from '../../text/imageReference.ts';
import type { Edit } from '../../text/text.ts';
import { baseEdits, pathEdits } from './baseEdits.ts';
import { boundEdits } from './bounds.ts';
import { inDockerfile, inFile, unreadFiles } from './byHand.ts';
import type { Combination } from './framework.ts';
import { installEdits, installing, installLine } from './installEdits.ts';
import { addition, requirementEdits } from './requirementEdits.ts';
import { baseName } from '../../text/paths.ts';

/** The files that say which versions a project has. */
export interface Versioned {
  readonly dockerfile?: Dockerfile;
  readonly requirements: readonly Requirements[];
}

/** What a choice changes in each file, and what a person has to change. */
export interface VersionChange {
  readonly changes: readonly { readonly path: string; readonly edits: readonly Edit[] }[];
  readonly left: readonly string[];
}

/** Writes a combination into `FROM`, install lines and pins. */
export function chooseVersions(combination: Combination, { dockerfile, requirements }: Versioned): VersionChange {
  const files = requirements.map((file) => ({ file, ...requirementEdits(file, combination) }));
  const naming = including(requirements, new Set(files.filter(({ names }) => names).map(({ file }) => baseName(file.source.path))));
  const found = dockerfile ? installing(dockerfile, combination, naming) : [];
  // What an image of the framework's own has is not installed into it.
  const unread = dockerfile && naming.size === 0 ? unreadFiles(dockerfile, combination, requirements) : [];
  const there = naming.size > 0 || unread.length > 0 || found.some(({ operands }) => operands.length) || combination.from === 'whole';
  const pip = there ? undefined : files.find(({ file }) => file.format === 'pip' && /^requirements/.test(baseName(file.source.path)));
  const added = pip ? new Set([baseName(pip.file.source.path)]) : new Set<string>();
  const bringing = dockerfile && pip ? installing(dockerfile, combination, added) : found;
  const bound = boundEdits(combination, requirements, dockerfile, found);
  const ofBounds = (path: string): readonly Edit[] => bound.edits.get(path) ?? [];
  const stages = new Set(bringing.map(({ stage }) => stage));
  const dockerEdits = dockerfile
    ? [
        ...baseEdits(dockerfile, combination, stages),
        ...pathEdits(dockerfile, combination),
        ...installEdits(dockerfile, combination, bringing),
        ...(there || bringing.length ? [] : installLine(dockerfile, combination, bound.missing)),
        ...ofBounds(dockerfile.source.path),
      ]
    : [];
  return {
    changes: [
      ...(dockerfile ? [{ path: dockerfile.source.path, edits: distinct(dockerEdits) }] : []),
      ...files.map(({ file, edits }) => ({
        path: file.source.path,
        edits: [...edits, ...ofBounds(file.source.path), ...(file === pip?.file ? addition(file, combination, bound.missing) : [])],
      })),
    ].filter(({ edits }) => edits.length),
    left: [
      ...new Set([
        ...files.flatMap(({ file, left }) => [...left, ...inFile(file, combination)]),
        ...unread,
        ...bound.left,
        ...(dockerfile ? [...replacing(dockerfile, combination), ...inDockerfile(dockerfile, combination)] : []),
      ]),
    ],
  };
}

/** The files that name a framework, and those that include one of them. */
function including(requirements: readonly Requirements[], naming: Set<string>): ReadonlySet<string> {
  for (const { source, options } of [...requirements, ...requirements])
    if (options.some(({ name, value }) => name === 'requirement' && naming.has(baseName(value)))) naming.add(baseName(source.path));
  return naming;
}

/** What a Dockerfile installs over the builds that the image brings. */
const replacing = (file: Dockerfile, { brings }: Combination): readonly string[] =>
  file.instructions.flatMap((instruction) =>
    pipInstalls(file, instruction).flatMap(({ operands }) =>
      operands.flatMap(({ value }) => {
        const [name = ''] = /^[\w.-]+/.exec(value) ?? [];
        return brings?.includes(name) ? [`${value} in ${baseName(file.source.path)}: the image has a build of its own, take it out`] : [];
      }),
    ),
  );

/** The combinations that keep the image which is there: a CUDA image whose system has a Python that fits. */
export function keeping(combinations: readonly Combination[], { dockerfile }: Versioned): readonly Combination[] {
  const last = dockerfile?.stages.at(-1);
  const root = last && lineage(last).at(-1);
  const image = dockerfile && root ? baseImage(dockerfile, root) : undefined;
  const parts = image === undefined ? undefined : imageReference(image);
  const distro = parts && /(?:^|\/)cuda$/.test(parts.name) ? distroOf(parts) : undefined;
  const python = distro?.product === 'ubuntu' ? systemPython[distro.cycle] : undefined;
  if (image === undefined || python === undefined) return [];
  return combinations
    .filter((each) => each.from === 'python' && each.python === python && each.device === 'gpu')
    .map(({ size: _, ...each }) => ({ ...each, image, from: 'kept' }));
}

/** The Python that each Ubuntu has. */
const systemPython: Readonly<Record<string, string>> = { '20.04': '3.8', '22.04': '3.10', '24.04': '3.12' };

/** One ARG may stand in several places. */
const distinct = (edits: readonly Edit[]): readonly Edit[] => [
  ...new Map(edits.map((edit) => [`${edit.span.start} ${edit.span.end} ${edit.text}`, edit])).values(),
];
