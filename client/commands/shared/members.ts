import type { Container } from '../../engine/engine.ts';
import type { Project } from '../../views/node.ts';

/** The containers meant by a selection of containers and projects, each once. */
export function members(subjects: readonly (Container | Project)[]): readonly Container[] {
  const all = subjects.flatMap((subject) => (subject.kind === 'project' ? subject.containers : [subject]));
  return [...new Map(all.map((container) => [container.id, container])).values()];
}
