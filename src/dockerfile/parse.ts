import { source } from '../text/text.ts';
import type { Dockerfile } from './model.ts';

/** Never fails: whatever cannot be understood becomes a fault. */
export function parseDockerfile(path: string, text: string): Dockerfile {
  return {
    language: 'dockerfile',
    source: source(path, text),
    escape: '\\',
    directives: [],
    comments: [],
    instructions: [],
    stages: [],
    faults: [],
  };
}
