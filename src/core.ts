import { catalogueNames, parseCatalogue } from './catalogue/parse.ts';
import { parseCompose } from './compose/parse.ts';
import { parseDevcontainer } from './devcontainer/parse.ts';
import { parseDockerfile } from './dockerfile/parse.ts';
import { parseDockerignore } from './dockerignore/parse.ts';
import type { Document, Language } from './document.ts';
import { readRequirements, requirementsFormat } from './python/read.ts';
import { baseName } from './text/paths.ts';

// The front door of the core: what the adapters call.

/** Which of our languages a file is in, by its name; undefined when it is none of ours. */
export function languageOf(path: string): Language | undefined {
  const name = baseName(path);
  if (isDockerfile(name)) return 'dockerfile';
  if (/^(docker-)?compose[^/]*\.ya?ml$/.test(name)) return workflows.test(path) ? undefined : 'compose';
  if (name.endsWith('.dockerignore')) return 'dockerignore';
  if (/^\.?devcontainer\.json$/.test(name)) return 'devcontainer';
  if (catalogueNames.includes(name)) return 'catalogue';
  return requirementsFormat(path) && 'requirements';
}

/** Where GitHub and its like keep what they run, whatever it is called. */
const workflows = /(?:^|\/)\.(?:github|gitea|forgejo)\/workflows\/[^/]+$/;

/** What is about Dockerfiles, or what an editor leaves behind, is none: `Dockerfile.md`, `Dockerfile.dockerignore`, `Dockerfile~`. */
const notes =
  /\.(?:dockerignore|md|markdown|rst|adoc|txt|html?|json|ya?ml|toml|xml|lock|log|diff|patch|orig|rej|sw[a-p]|tmp|pdf|png|svg)$|~$/i;
/** Programs that are called after Dockerfiles: `dockerfile.go`, `dockerfile_test.py`. `Dockerfile.go` is one for Go. */
const programs =
  /\.(?:go|py|pyi|rb|jsx?|mjs|cjs|tsx?|java|kt|scala|c|cc|cpp|h|hpp|cs|rs|php|lua|pl|sh|bash|zsh|ps1|bat|ipynb|rego|tf|cue|jsonnet|libsonnet|gradle|groovy|proto|sql|exs?|dart|vue|svelte|jl|nix)$/i;

/** `Dockerfile`, `Dockerfile.gpu`, `Dockerfile_amd64`, `dockerfile-cuda`, `api.Dockerfile`, and the same of a Containerfile. */
function isDockerfile(name: string): boolean {
  if (notes.test(name)) return false;
  if (/.\.(?:[dD]ockerfile|[cC]ontainerfile)$/.test(name)) return true;
  const match = /^(?:dockerfile|containerfile)(?:([._-]).+)?$/i.exec(name);
  return match !== null && (!programs.test(name) || (match[1] === '.' && /^[DC]/.test(name)));
}

/** Parses a text; never throws, whatever the bytes. With an earlier state of the same file, what an edit left alone is taken from there. */
export function open(path: string, text: string, language: Language, before?: Document): Document {
  switch (language) {
    case 'dockerfile':
      return parseDockerfile(path, text, before?.language === 'dockerfile' ? before : undefined);
    case 'compose':
      return parseCompose(path, text, before?.language === 'compose' ? before : undefined);
    case 'requirements':
      return readRequirements(path, text);
    case 'devcontainer':
      return parseDevcontainer(path, text);
    case 'catalogue':
      return parseCatalogue(path, text);
    case 'dockerignore':
      return parseDockerignore(path, text);
  }
}
