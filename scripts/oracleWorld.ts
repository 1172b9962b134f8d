import { open } from '../src/core.ts';
import type { Language } from '../src/document.ts';
import { lint } from '../src/lint/lint.ts';
import type { Finding, World } from '../src/lint/rule.ts';
import { rules } from '../src/rules/index.ts';
import { lineAt } from '../src/text/text.ts';
import { bareWorld } from './oracle.ts';

/** What an oracle's case has around its file. */
export interface Around {
  readonly files?: Readonly<Record<string, string>>;
  readonly buildArgs?: Readonly<Record<string, string>>;
  readonly options?: Partial<World['options']>;
}

export function worldOf({ files = {}, buildArgs = {}, options = {} }: Around = {}): World {
  return {
    ...bareWorld({ buildArgs, ...options }),
    files: {
      read: (path) => files[path],
      exists: (path) => path in files,
      list: () => Object.keys(files),
      size: (path) => files[path]?.length,
    },
  };
}

/** All findings with every rule on, with their lines counted from 1. */
export function findingsOf(
  text: string,
  around: Around = {},
  language: Language = 'dockerfile',
  path = language === 'compose' ? 'compose.yaml' : 'Dockerfile',
): readonly (Finding & { readonly line: number })[] {
  const document = open(path, text, language);
  const failed = (rule: string, error: unknown): void => {
    throw new Error(`rule ${rule} failed`, { cause: error });
  };
  return lint(document, rules, worldOf(around), { all: true, severities: {} }, failed).map((finding) => ({
    ...finding,
    line: lineAt(document.source, finding.span.start) + 1,
  }));
}
