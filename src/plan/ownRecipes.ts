import type { KnowledgeBase, Service } from '../knowledge/knowledge.ts';
import type { Recipe } from '../knowledge/recipe.ts';

/** The services that a project adds to the catalogue, as `Add Service…` writes them: what their rows say, and nothing guessed. */
export const ownRecipes = ({ services }: KnowledgeBase, shipped: Pick<KnowledgeBase, 'services'>): readonly Recipe[] =>
  services.filter((service) => !shipped.services.includes(service)).map(recipe);

// Its health check and how long it takes to start come from the row itself, as with every service.
function recipe({ id, name, category, images, ports, volumes, gpu, wantsShm }: Service): Recipe {
  const [image] = images;
  const web = ports.filter(({ ui }) => ui);
  const taken = new Set<string>();
  const volumeName = (path: string): string => {
    const last =
      path
        .replace(/\/+$/, '')
        .replace(/^.*\//, '')
        .replace(/[^\w.-]/g, '') || 'data';
    let named = last;
    for (let n = 2; taken.has(named); n++) named = `${last}-${n}`;
    taken.add(named);
    return named;
  };
  return {
    id,
    title: name,
    detail: category === 'own' ? 'A service of this project' : category,
    ...(image === undefined ? {} : { image }),
    ...(web.length ? { ports: web.map(({ port }) => [port, port] as const) } : {}),
    ...(volumes.length ? { volumes: volumes.map(({ path }) => [volumeName(path), path] as const) } : {}),
    ...(gpu === 'yes' ? { gpu: true } : {}),
    ...(wantsShm ? { shm: '1gb' } : {}),
  };
}
