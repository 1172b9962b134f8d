import { open } from '../../src/core.ts';
import { lint } from '../../src/lint/lint.ts';
import { rules } from '../../src/rules/index.ts';
import { bareWorld, score, type Oracle } from '../oracle.ts';

interface Row {
  readonly tool: 'trivy' | 'checkov' | 'semgrep';
  readonly rule?: string;
  readonly dockerfile?: string;
  readonly triggers?: boolean;
  readonly name: string;
}

/** `DS-0029` is `DS029` in reports. */
const idOf = ({ tool, rule = '' }: Row): string => `${tool}:${rule.replace(/^DS-0(\d{3})$/, 'DS$1')}`;

function verdict(row: Row): string | undefined {
  const document = open('Dockerfile', row.dockerfile ?? '', 'dockerfile');
  const findings = lint(document, rules, bareWorld(), { all: true, severities: {} }, (_, error) => {
    throw error;
  });
  const found = findings.some(({ also }) => also.includes(idOf(row)));
  return found === row.triggers ? undefined : `${idOf(row)} ${row.triggers ? 'missing' : 'false'}: ${JSON.stringify(row.dockerfile)}`;
}

/** What comes out otherwise on purpose. */
const differences: readonly { readonly reason: string; readonly applies: (row: Row) => boolean }[] = [
  {
    reason: 'two stages of one name are reported whatever the case of AS, as BuildKit does',
    applies: ({ rule, triggers, dockerfile = '' }) => {
      const names = [...dockerfile.matchAll(/^FROM\s+\S+\s+as\s+(\S+)/gim)].map(([, name = '']) => name.toLowerCase());
      return rule === 'DS-0012' && triggers === false && new Set(names).size < names.length;
    },
  },
  {
    reason: 'whoever builds gives what the name ends with, which may be the tag',
    applies: ({ rule, triggers, dockerfile = '' }) =>
      rule === 'DS-0001' && triggers === true && /^FROM \S*\$\{?\w+\}?\s*$/m.test(dockerfile),
  },
];
const deliberate = (row: Row): string | undefined => differences.find(({ applies }) => applies(row))?.reason;

/** Trivy's and Checkov's own tests of their Dockerfile checks; Semgrep's rules have no counterpart each. */
export const oracle: Oracle = {
  file: 'scanners.jsonl',
  measure: (rows) => {
    const all = (rows as readonly Row[]).filter(
      ({ tool, dockerfile, triggers }) => tool !== 'semgrep' && dockerfile !== undefined && triggers !== undefined,
    );
    return [
      score(
        'triggering',
        1,
        all.filter(({ triggers }) => triggers),
        verdict,
        deliberate,
      ),
      score(
        'quiet',
        1,
        all.filter(({ triggers }) => !triggers),
        verdict,
        deliberate,
      ),
    ];
  },
};
