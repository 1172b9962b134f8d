/** The page that describes an image, and how much of the reference names the image (without tag and digest). */
export interface ImagePage {
  readonly url: string;
  readonly length: number;
}

const pages: readonly { readonly registry: string; readonly url: (path: string) => string }[] = [
  {
    registry: 'ghcr.io',
    url: (path) =>
      `https://github.com/${path.split('/').slice(0, 2).join('/')}/pkgs/container/${encodeURIComponent(path.split('/').slice(1).join('/'))}`,
  },
  { registry: 'mcr.microsoft.com', url: (path) => `https://mcr.microsoft.com/artifact/mar/${path}` },
  { registry: 'quay.io', url: (path) => `https://quay.io/repository/${path}` },
  {
    registry: 'nvcr.io',
    url: (path) =>
      `https://catalog.ngc.nvidia.com/orgs/${path.split('/').slice(0, -1).join('/teams/')}/containers/${path.split('/').at(-1) ?? ''}`,
  },
  { registry: 'docker.io', url: (path) => hub(path) },
];

const hub = (path: string): string =>
  path.startsWith('library/') && path.split('/').length === 2
    ? `https://hub.docker.com/_/${path.slice(8)}`
    : path.includes('/')
      ? `https://hub.docker.com/r/${path}`
      : `https://hub.docker.com/_/${path}`;

/** Undefined for references with variables, `scratch` and registries without pages. */
export function imagePage(reference: string): ImagePage | undefined {
  if (!reference || reference === 'scratch' || /[${}\s]/.test(reference)) return undefined;
  const name = reference.replace(/@.*$/, '').replace(/:[^/]*$/, '');
  if (!/^[a-z0-9][a-z0-9._/:-]*$/.test(name)) return undefined;
  const slash = name.indexOf('/');
  const host = slash < 0 ? '' : name.slice(0, slash);
  if (/[.:]/.test(host) || host === 'localhost') {
    const page = pages.find(({ registry }) => registry === host);
    const path = name.slice(slash + 1);
    // GitHub and NVIDIA keep images under an owner.
    if (path.includes(':') || path.endsWith('/') || (/^(?:ghcr|nvcr)\.io$/.test(host) && !path.includes('/'))) return undefined;
    return page && path ? { url: page.url(path), length: name.length } : undefined;
  }
  // A registry's name alone is no image.
  return slash < 0 && name.includes('.') ? undefined : name.split('/').length > 2 ? undefined : { url: hub(name), length: name.length };
}
