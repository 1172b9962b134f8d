import { open } from '../src/core.ts';
import { defaultLintConfig, lint } from '../src/lint/lint.ts';
import type { Files, World } from '../src/lint/rule.ts';
import { rules } from '../src/rules/index.ts';
import { lineAt } from '../src/text/text.ts';
import { bareWorld } from './oracle.ts';

/** One Compose file of an oracle, with what lies around it. */
export interface ComposeCase {
  readonly name: string;
  readonly yaml: string;
  readonly overrides?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly auxFiles?: Readonly<Record<string, string>>;
}

// Rules that say what Compose itself refuses; others know more than Compose does.
const ours = rules.filter(
  ({ language, id }) =>
    language === 'compose' &&
    (id.startsWith('compose-') || ['syntax', 'gpu-count-and-ids', 'gpu-capabilities-missing', 'gpu-reservation-level'].includes(id)),
);

/** What our rules call an error in it: line (from 1) and message. */
export function refusals({ yaml, overrides = [], env = {}, auxFiles = {} }: ComposeCase): { line: number; message: string }[] {
  const texts = new Map(Object.entries(auxFiles).map(([path, text]) => [path.replace(/^\.\//, ''), text]));
  const [override] = overrides;
  if (override !== undefined) texts.set('compose.override.yaml', override);
  const files: Files = {
    read: (path) => texts.get(path),
    exists: (path) => texts.has(path),
    list: () => undefined,
    size: (path) => texts.get(path)?.length,
  };
  const world: World = { ...bareWorld(), files, environment: env };
  const document = open('compose.yaml', yaml, 'compose');
  const failed = (rule: string, error: unknown): void => {
    throw new Error(`the rule ${rule} failed`, { cause: error });
  };
  return lint(document, ours, world, defaultLintConfig, failed)
    .filter(({ severity }) => severity === 'error')
    .map(({ span, rule, message }) => ({ line: lineAt(document.source, span.start) + 1, message: `${rule}: ${message}` }));
}
