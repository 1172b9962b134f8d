import type { Stage } from '../../dockerfile/model.ts';
import { allInstructions } from '../../dockerfile/scope.ts';
import type { KnowledgeBase } from '../../knowledge/knowledge.ts';
import { imageFacts } from '../../knowledge/lookup.ts';
import { imageReference } from '../../text/imageReference.ts';

// `conda activate` is a function of the shell, not a program: each of these defines it, or reads a file that may.
const sets = [
  /conda\.sh|mamba\.sh|(?:conda|mamba) init|micromamba|BASH_ENV/,
  // `conda 'shell.bash' 'hook'`, as conda init itself writes it; `mamba shell hook`.
  /shell(?:\.\w+)?["']?\s+["']?hook/,
  // A shell that reads its profile: `bash -lc`, `bash -i -c`, `su -`.
  /\b(?:ba|z)?sh\s+(?:-\S+\s+)*(?:-[a-z]*[il][a-z]*\b|--login\b)|\bsu\s+(?:-\s|-l\b|--login\b)/,
  // A file that is read in, whatever it holds: `source activate`, `. ~/.profile`.
  /(?:^|[;&|({"'\n]|\bthen|\bdo)[\s\\]*(?:source|\.)\s+\S/,
];

/** Whether a script may give its shell the functions of conda. */
export const setsUpConda = (script: string): boolean => sets.some((each) => each.test(script));

/**
 * Whether an image leaves the shell as it is: `ready` where it has a shell or an entrypoint of its own that activates, `bare` where it is known to
 * have none, `unknown` for all others.
 */
export function condaShell(knowledge: KnowledgeBase, image: string | undefined): 'ready' | 'bare' | 'unknown' {
  if (image === undefined) return 'unknown';
  if (/(?:^|\/)micromamba$/.test(imageReference(image).name)) return 'ready';
  return bare.test(imageReference(image).name) || imageFacts(knowledge, image) ? 'bare' : 'unknown';
}

// Their Dockerfiles write `.bashrc` and set neither BASH_ENV nor an entrypoint but tini: ContinuumIO/docker-images, conda-forge/miniforge-images.
const bare = /^(?:continuumio\/(?:mini|ana)conda3|condaforge\/(?:miniforge3|mambaforge))$/;

const launcher = /^\[\s*(?:"(?:\S*\/)?(?:tini|dumb-init)"\s*(?:,\s*"-[^"]*"\s*)*)?\]/;

/** Whether the image of a stage starts its command as it stands: any ENTRYPOINT but a launcher may start it in a shell that is set up, or not at all. */
export function leavesShell(stage: Stage): boolean {
  const entrypoint = allInstructions(stage).findLast(({ keyword }) => keyword === 'ENTRYPOINT');
  return !entrypoint || launcher.test(entrypoint.body.text.trim());
}
