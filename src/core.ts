import { parseCompose } from './compose/parse.ts';
import { parseDockerfile } from './dockerfile/parse.ts';
import type { Document, Language } from './document.ts';
import { parseRequirements } from './python/requirements.ts';

// The front door of the core: what the adapters call.

/** Which of our languages a file is in, by its name; undefined when it is none of ours. */
export function languageOf(path: string): Language | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/^(Dockerfile|Containerfile)(\..+)?$/.test(name) || /\.(d|D)ockerfile$/.test(name))
    return name.endsWith('.dockerignore') ? undefined : 'dockerfile';
  if (/^(docker-)?compose[^/]*\.ya?ml$/.test(name)) return 'compose';
  if (/^(requirements|constraints)[^/]*\.(txt|in)$/.test(name)) return 'requirements';
  return undefined;
}

/** Parses a text; never throws, whatever the bytes. */
export function open(path: string, text: string, language: Language): Document {
  switch (language) {
    case 'dockerfile':
      return parseDockerfile(path, text);
    case 'compose':
      return parseCompose(path, text);
    case 'requirements':
      return parseRequirements(path, text);
  }
}
