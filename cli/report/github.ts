import type { Severity } from '../../src/lint/rule.ts';
import { place, type Report } from './report.ts';

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice', hint: 'notice' };
const escapeData = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/** Workflow commands that GitHub Actions shows as annotations. */
export const github: Report = (checked) =>
  checked
    .flatMap(({ document, findings }) =>
      findings.map((finding) => {
        const { line, column, endLine, endColumn } = place(document, finding);
        const where = `file=${escapeProperty(document.source.path)},line=${line},endLine=${endLine}${line === endLine ? `,col=${column},endColumn=${endColumn}` : ''}`;
        return `::${levels[finding.severity]} ${where},title=${escapeProperty(finding.rule)}::${escapeData(finding.message)}\n`;
      }),
    )
    .join('');
