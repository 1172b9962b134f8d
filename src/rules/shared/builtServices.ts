import type { ComposeFile, Service } from '../../compose/model.ts';
import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import type { World } from '../../lint/rule.ts';
import { buildSource, stageOf, type BuildSource } from './buildSource.ts';
import { Attached } from '../../text/attached.ts';
import { join } from '../../text/paths.ts';

/** A service of the workspace that is built from a Dockerfile. */
export interface BuiltService {
  readonly file: ComposeFile;
  readonly service: Service;
  readonly stage: Stage;
}

/** The services of the workspace's Compose files that are built from a Dockerfile. */
export function builtServices(dockerfile: Dockerfile, { workspace }: Pick<World, 'workspace'>): readonly BuiltService[] {
  return buildsOf(dockerfile, workspace).flatMap(({ file, service, built }) => {
    const stage = stageOf(built, dockerfile);
    return stage ? [{ file, service, stage }] : [];
  });
}

/** What a service of a Compose file is built from. */
interface Build {
  readonly file: ComposeFile;
  readonly service: Service;
  readonly built: BuildSource;
}

/** The builds of the workspace's Compose files that name a Dockerfile. */
export function buildsOf(dockerfile: Dockerfile, workspace: World['workspace']): readonly Build[] {
  const path = join('', dockerfile.source.path);
  return workspace.composeFiles().flatMap((file) => buildsIn(file).get(path) ?? []);
}

const known = new Attached<ComposeFile, ReadonlyMap<string, readonly Build[]>>();

/** What the services of a file are built from, by the Dockerfile: many Dockerfiles ask every Compose file. */
function buildsIn(file: ComposeFile): ReadonlyMap<string, readonly Build[]> {
  let builds = known.get(file);
  if (!builds) {
    const byDockerfile = new Map<string, Build[]>();
    for (const service of file.services) {
      const built = buildSource(file, service.node);
      if (!built) continue;
      const same = byDockerfile.get(built.dockerfile);
      if (same) same.push({ file, service, built });
      else byDockerfile.set(built.dockerfile, [{ file, service, built }]);
    }
    known.set(file, (builds = byDockerfile));
  }
  return builds;
}
