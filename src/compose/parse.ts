import { parseAllDocuments, type Document } from 'yaml';
import { source } from '../text/text.ts';
import type { ComposeFile } from './model.ts';

/** Never fails: whatever cannot be understood becomes a fault. */
export function parseCompose(path: string, text: string): ComposeFile {
  const documents = parseAllDocuments(text, { keepSourceTokens: true });
  const yaml: readonly Document.Parsed[] = Array.isArray(documents) ? documents : [];
  return { language: 'compose', source: source(path, text), yaml, services: [], faults: [] };
}
