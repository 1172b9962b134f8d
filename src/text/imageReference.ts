/** An image reference in its parts. `name` has no default registry: `docker.io/library/python:3.12` is `python` with the tag `3.12`. */
export interface ImageReference {
  readonly registry: string;
  readonly name: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** Splits a reference as Docker does: what stands before the first `/` is a registry when it has a dot or a colon or is `localhost`. */
export function imageReference(text: string): ImageReference {
  const at = text.indexOf('@');
  const digest = at < 0 ? undefined : text.slice(at + 1);
  let rest = at < 0 ? text : text.slice(0, at);
  const slash = rest.indexOf('/');
  const head = slash < 0 ? '' : rest.slice(0, slash);
  let registry = 'docker.io';
  if (head === 'localhost' || /[.:]/.test(head)) {
    registry = head === 'index.docker.io' || head === 'registry-1.docker.io' ? 'docker.io' : head;
    rest = rest.slice(slash + 1);
  }
  const colon = rest.lastIndexOf(':');
  const tag = colon > rest.lastIndexOf('/') ? rest.slice(colon + 1) : undefined;
  const name = (tag === undefined ? rest : rest.slice(0, colon)).replace(/^library\//, registry === 'docker.io' ? '' : 'library/');
  return { registry, name, ...(tag === undefined ? {} : { tag }), ...(digest === undefined ? {} : { digest }) };
}

/** The form the tables know: the default registry left out, the tag kept, the digest dropped. */
export function tableName({ registry, name, tag }: ImageReference): string {
  return `${registry === 'docker.io' ? '' : `${registry}/`}${name}${tag === undefined ? '' : `:${tag}`}`;
}
