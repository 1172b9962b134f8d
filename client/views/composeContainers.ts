import type { Container } from '../engine/engine.ts';

/** A file by its absolute path, and the project's name where the file says it. */
export interface ComposePlace {
  readonly path: string;
  readonly project?: string;
}

// Windows writes a drive's letter either way.
const tidy = (path: string): string => path.replaceAll('\\', '/').replace(/^[A-Z]:/, (drive) => drive.toLowerCase());
const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/'));

/**
 * The containers that Compose made of a file: by the labels it left on them. A file of the same folder makes the same ones, unless it says
 * another project's name.
 */
export function containersOf({ path, project }: ComposePlace, containers: readonly Container[]): readonly Container[] {
  const wanted = tidy(path);
  return containers.filter(({ labels, service, project: own }) => {
    if (service === undefined) return false;
    const label = (name: string): string => tidy(labels[`com.docker.compose.project.${name}`] ?? '');
    if (
      label('config_files')
        .split(',')
        .some((file) => tidy(file) === wanted)
    )
      return true;
    return label('working_dir') === folderOf(wanted) && (project === undefined || project === own);
  });
}
