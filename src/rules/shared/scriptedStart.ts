import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import type { ShellWord } from '../../dockerfile/shell/model.ts';
import { parseShell } from '../../dockerfile/shell/parse.ts';
import type { World } from '../../lint/rule.ts';
import { join } from '../../text/paths.ts';
import { imageContent, startFolder } from './imageContents.ts';
import { launched, type Start } from './startCommand.ts';

/** What a shell script of the build context starts at its end, where a container starts with that script. */
export interface ScriptedStart {
  /** The word of the Dockerfile that names the script. */
  readonly word: ShellWord;
  readonly path: string;
  /** Their places are those of the script. */
  readonly words: readonly ShellWord[];
}

/** The last command of `["./start.sh"]` or `["bash", "start.sh"]`, unless it is given to the script or something else may answer, too. */
export function scriptedStart(
  file: Dockerfile,
  stage: Stage,
  { words: [first, second] }: Start,
  world: Pick<World, 'files' | 'options'>,
): ScriptedStart | undefined {
  const byShell = first !== undefined && /^(?:\/(?:usr\/)?bin\/)?(?:ba|da)?sh$/.test(first.value);
  const word = byShell ? second : first;
  if (!word || !/^[\w./-]+\.sh$/.test(word.value)) return undefined;
  const folder = startFolder(stage);
  if (folder === undefined) return undefined;
  const content = imageContent(file, stage, join(byShell || word.value.includes('/') ? folder : '/usr/local/bin', word.value), world);
  const text = content.kind === 'file' ? world.files.read(content.path) : undefined;
  if (content.kind !== 'file' || text === undefined || others.test(text) || (text.startsWith('#!') && !/^#!.*sh\b/.test(text)))
    return undefined;
  const last = parseShell(text, (index) => index).commands.findLast(({ substituted }) => !substituted);
  if (!last || last.depth > 0 || last.under.length) return undefined;
  return { word, path: content.path, words: launched(last.words) };
}

/** Programs that may pass requests on, and what runs beside the last command. */
const others = /\b(?:nginx|caddy|haproxy|envoy|supervisord|socat|traefik)\b|(?:^|[^&>])&[^\S\n]*$/m;
