import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import { rootImage } from '../../dockerfile/scope.ts';
import { copiedStage } from '../../dockerfile/sources.ts';
import type { PackageNeed } from '../../knowledge/knowledge.ts';
import { imageFacts } from '../../knowledge/lookup.ts';
import type { World } from '../../lint/rule.ts';
import { literal } from '../../text/literal.ts';
import { shippedStages } from './shipped.ts';
import { stageText } from './stageText.ts';
import { stagePackages, type StagePackage } from './stagePackages.ts';

/** A package of the shipped image that needs something of the system. */
export interface Needy {
  readonly found: StagePackage;
  readonly need: PackageNeed;
  /** The stage that must have it. */
  readonly stage: Stage;
  readonly image: string;
}

/** The image's own stages, when it is certain that they start with next to nothing installed. */
export function bareStage(
  file: Dockerfile,
  stage: Stage | undefined,
  world: World,
): { readonly stage: Stage; readonly image: string } | undefined {
  const image = stage && rootImage(file, stage, world.options.buildArgs);
  const facts = image === undefined ? undefined : imageFacts(world.knowledge, image);
  if (!stage || image === undefined || facts?.sure !== 'certain' || !facts.packages.includes('apt')) return undefined;
  return /^(?:python:.*-slim|ubuntu|debian|nvidia\/cuda:.*-(?:base|runtime))/.test(image) ? { stage, image } : undefined;
}

/** Packages of the last stage with needs, those that a builder hands over to it included. */
export function needyPackages(file: Dockerfile, world: World): readonly Needy[] {
  const last = bareStage(file, shippedStages(file)[0], world);
  if (!last) return [];
  const given = last.stage.instructions.flatMap((instruction) => {
    const builder = copiedStage(file, instruction);
    const { args } = instruction;
    const source = args[0]?.value ?? '';
    if (
      !builder ||
      !(
        args.some(({ value }) => /venv|site-packages|\.local|^\/usr\/local\/?$|^\/opt|^\/app|^\/install/.test(value)) ||
        isMadeFor(builder, source)
      )
    )
      return [];
    return stagePackages(file, builder, world);
  });
  const packages = [...stagePackages(file, last.stage, world), ...given];
  return packages.flatMap((found) => {
    const need = world.knowledge.packageNeeds.find(({ names }) => names.includes(found.requirement.name));
    return need && found.requirement.url === undefined ? [{ found, need, ...last }] : [];
  });
}

/** Whether a stage makes a folder for Python packages: `python -m venv /v`, `pip install --prefix=/deps`. */
const isMadeFor = (stage: Stage, folder: string): boolean =>
  /^\/\w/.test(folder) &&
  new RegExp(`(?:venv|--prefix|--target|-t|--python)[ =](?:\\S+ )*${literal(folder.replace(/\/$/, ''))}(?![\\w/-])`).test(stageText(stage));
