import type { Dockerfile, Instruction, Stage } from '../../dockerfile/model.ts';
import { expand } from '../../dockerfile/expand.ts';
import { allInstructions, baseImage, rootImage, variablesAt } from '../../dockerfile/scope.ts';
import { imageFacts } from '../../knowledge/lookup.ts';
import type { World } from '../../lint/rule.ts';
import { join } from '../../text/paths.ts';
import { lineAt, lineSpan } from '../../text/text.ts';
import type { Hint } from '../model.ts';

/** Which hints are wanted. */
export interface HintChoice {
  readonly images: boolean;
  readonly userAndFolder: boolean;
}

/** In a shorter stage, USER and WORKDIR are in sight. */
const long = 8;

/** What a FROM with variables comes to; who runs the container of a long stage, and where. */
export function hintsInDockerfile(file: Dockerfile, world: World, wanted: HintChoice): readonly Hint[] {
  if (file.template) return [];
  return file.stages.flatMap((stage) => [
    ...(wanted.images ? image(file, stage, world) : []),
    ...(wanted.userAndFolder ? place(file, stage, world) : []),
  ]);
}

function image(file: Dockerfile, stage: Stage, { options }: World): readonly Hint[] {
  if (!stage.image?.text.includes('$')) return [];
  const name = baseImage(file, stage, options.buildArgs);
  return name === undefined ? [] : [{ offset: stage.image.span.end, label: name, tooltip: 'The image with the ARGs put in' }];
}

function place(file: Dockerfile, stage: Stage, world: World): readonly Hint[] {
  const last = stage.instructions.findLast(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT');
  if (!last || stage.instructions.indexOf(last) < long) return [];
  const user = userAt(file, stage, last, world);
  const folder = folderAt(file, stage, last, world);
  const label = [...(user === undefined ? [] : [`as ${user}`]), ...(folder === undefined ? [] : [`in ${folder}`])].join(' ');
  const { end } = lineSpan(file.source, lineAt(file.source, last.span.start));
  return label ? [{ offset: end, label, tooltip: 'The user and the folder that hold here' }] : [];
}

/** A value with the variables of its place put in; undefined where one of them is not known. */
function settled(file: Dockerfile, stage: Stage, at: Instruction, text: string, { options }: World): string | undefined {
  const variables = variablesAt(file, stage, at, options.buildArgs);
  const result = expand(text, (name) => variables.get(name)?.value, { escape: file.escape });
  return result.ok && !result.unset.size ? result.text : undefined;
}

function userAt(file: Dockerfile, stage: Stage, last: Instruction, world: World): string | undefined {
  const said = allInstructions(stage).findLast(({ keyword, span }) => keyword === 'USER' && span.start < last.span.start);
  if (said) return settled(file, stage, said, said.args[0]?.text ?? '', world);
  const base = rootImage(file, stage, world.options.buildArgs);
  return base === undefined ? undefined : imageFacts(world.knowledge, base)?.user;
}

function folderAt(file: Dockerfile, stage: Stage, last: Instruction, world: World): string | undefined {
  let folder: string | undefined;
  for (const instruction of allInstructions(stage)) {
    if (instruction.keyword !== 'WORKDIR' || instruction.span.start >= last.span.start) continue;
    const path = settled(file, stage, instruction, instruction.args[0]?.text ?? '', world);
    if (path === undefined) return undefined;
    if (path.startsWith('/')) folder = path;
    else if (folder !== undefined) folder = join(folder, path);
  }
  return folder;
}
