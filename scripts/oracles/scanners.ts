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
        0.95,
        all.filter(({ triggers }) => triggers),
        verdict,
      ),
      score(
        'quiet',
        0.98,
        all.filter(({ triggers }) => !triggers),
        verdict,
      ),
    ];
  },
};
