import { imageReference, tableName } from '../text/imageReference.ts';
import type { BaseImage, KnowledgeBase, Service, TorchRelease } from './knowledge.ts';

const patterns = new Map<string, RegExp>();
const pattern = (source: string): RegExp => {
  let made = patterns.get(source);
  if (!made) patterns.set(source, (made = new RegExp(source, 'u')));
  return made;
};

/** Remembers answers by table and reference: every rule asks about the same few images, and each answer tries a hundred patterns. */
function remembered<T>(find: (knowledge: KnowledgeBase, reference: string) => T): (knowledge: KnowledgeBase, reference: string) => T {
  const most = 2000;
  const answers = new WeakMap<KnowledgeBase, Map<string, { readonly answer: T }>>();
  return (knowledge, reference) => {
    let known = answers.get(knowledge);
    if (!known || known.size > most) answers.set(knowledge, (known = new Map<string, { readonly answer: T }>()));
    let found = known.get(reference);
    if (!found) known.set(reference, (found = { answer: find(knowledge, reference) }));
    return found.answer;
  };
}

/** What is known about an image reference; the Python of the tag is put in. */
export const imageFacts = remembered((knowledge: KnowledgeBase, reference: string): BaseImage | undefined => {
  const name = tableName(imageReference(reference));
  for (const image of knowledge.images) {
    const match = pattern(image.match).exec(name);
    const python = match?.groups?.['python'];
    if (match) return python === undefined ? image : { ...image, python };
  }
  return undefined;
});

/** The service that an image is, if it is a known one, with the health check of this image. */
export const serviceFacts = remembered((knowledge: KnowledgeBase, reference: string): Service | undefined => {
  const name = tableName(imageReference(reference));
  const service = knowledge.services.find(({ recognise }) => pattern(recognise).test(name));
  const other = service?.health?.others?.find(({ recognise }) => pattern(recognise).test(name));
  if (!service || !other) return service;
  const { recognise: _, ...health } = other;
  return { ...service, health: { ...service.health, ...health } };
});

/** Whether an image is one of those that the table names for a service, from whatever registry: not a person’s own of the same name. */
export function isOfficial({ images }: Service, reference: string): boolean {
  const { name } = imageReference(reference);
  return images.some((each) => {
    const known = imageReference(each.split(' ')[0] ?? '').name;
    return name === known || `/${name}`.endsWith(known.includes('/') ? `/${known}` : `/library/${known}`);
  });
}

/** The release of an exact torch version; a patch that is not listed has the facts of its minor version. */
export function torchFacts({ torch }: Pick<KnowledgeBase, 'torch'>, version: string): TorchRelease | undefined {
  const base = version.replace(/\+.*$/, '');
  const minor = /^\d+\.\d+/.exec(base)?.[0];
  return (
    torch.find((release) => release.version === base) ??
    torch.find((release) => minor !== undefined && release.version.startsWith(`${minor}.`))
  );
}

/** The cuDNN that a torch release is built with, as the tags of its image say it: 9 since 2.4. */
export function torchCudnn(version: string): '8' | '9' {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 2 || (major === 2 && minor >= 4) ? '9' : '8';
}
