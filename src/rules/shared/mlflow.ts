import { environmentOf } from '../../compose/insert.ts';
import { get, items, text, type ComposeFile, type MapNode, type Node, type Service } from '../../compose/model.ts';
import { rootImage } from '../../dockerfile/scope.ts';
import type { KnowledgeBase } from '../../knowledge/knowledge.ts';
import { isOfficial, serviceFacts } from '../../knowledge/lookup.ts';
import type { World } from '../../lint/rule.ts';
import { imageReference } from '../../text/imageReference.ts';
import { serviceBuild, serviceImage } from './composeImage.ts';
import { commandWords, type CommandWord } from './serviceCommand.ts';
import { stagePackages } from './stagePackages.ts';
import { startCommands } from './startCommand.ts';

/** A service that runs an MLflow server. */
export interface MlflowServer {
  readonly service: Service;
  /** The image it pulls; absent when it is built here. */
  readonly image?: string;
  /** `3.4` when the image's tag says so, `latest` for none. */
  readonly version?: string;
  readonly words: readonly CommandWord[];
  /** The command as one text. */
  readonly command: string;
}

/** The MLflow servers of a file, by image or by command. */
export function mlflowServers(file: ComposeFile, knowledge: KnowledgeBase): readonly MlflowServer[] {
  if (!file.source.text.includes('mlflow')) return [];
  return file.services.flatMap((service) => {
    const image = serviceImage(service.node);
    const facts = image === undefined ? undefined : serviceFacts(knowledge, image);
    const known = facts?.id === 'mlflow';
    const official = image !== undefined && known && isOfficial(facts, image);
    if (!known && !commandText(service).includes('mlflow')) return [];
    const words = commandWords(service.node);
    const command = words.map(({ value }) => value).join(' ');
    if (!known && !/\bmlflow\s+(?:server|ui)\b/.test(command)) return [];
    const tag = official ? imageReference(image).tag : undefined;
    const version = tag === undefined ? (official ? 'latest' : undefined) : tag === 'latest' ? tag : /^v?(\d+\.\d+)/.exec(tag)?.[1];
    return [{ service, ...(image === undefined ? {} : { image }), ...(version === undefined ? {} : { version }), words, command }];
  });
}

/** A setting of a server: an option of its command, or a variable. */
export function serverSetting(
  { service, words }: MlflowServer,
  option: string,
  variable: string,
): { readonly value: string; readonly node: Node } | undefined {
  for (const [at, word] of words.entries()) {
    if (word.value.startsWith(`${option}=`)) return { value: word.value.slice(option.length + 1), node: word.node };
    const next = words[at + 1];
    if (word.value === option && next) return next;
  }
  const found = environmentOf(service.node).get(variable);
  return found?.value === undefined ? undefined : { value: found.value, node: found.node };
}

/** The text of the services that are not the server: what clients say. */
export const othersText = (file: ComposeFile, server: Service): string =>
  file.services
    .filter((each) => each !== server)
    .map(({ span }) => file.source.text.slice(span.start, span.end))
    .join('\n');

/** The items of a command or an entrypoint, as text. */
export const commandText = (service: Service): string =>
  ['entrypoint', 'command'].flatMap((key) => items(get(service.node, key)).map((item) => text(item) ?? '')).join(' ');

/** Whether a service is built here to run an MLflow server, with the version that its Dockerfile fixes. */
export function builtMlflow(file: ComposeFile, service: MapNode, world: World): { readonly version?: string } | undefined {
  const built = serviceBuild(file, service, world);
  if (!built) return undefined;
  const { dockerfile, stage, buildArgs } = built;
  const starts = startCommands(dockerfile, stage).map(({ words }) => words.map(({ value }) => value).join(' '));
  if (
    !/\bmlflow\s+(?:server|ui)\b/.test(
      [
        ...starts,
        commandWords(service)
          .map(({ value }) => value)
          .join(' '),
      ].join('\n'),
    )
  )
    return undefined;
  const pin = stagePackages(dockerfile, stage, { ...world, options: { ...world.options, buildArgs } }).findLast(
    ({ requirement }) => requirement.name === 'mlflow',
  )?.requirement.pinned;
  const root = rootImage(dockerfile, stage, buildArgs);
  const official = root !== undefined && serviceFacts(world.knowledge, root)?.id === 'mlflow' ? imageReference(root).tag : undefined;
  const version = /^v?(\d+\.\d+)/.exec(pin ?? official ?? '')?.[1];
  return version === undefined ? {} : { version };
}
