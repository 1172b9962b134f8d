import type { Severity } from '../../src/lint/rule.ts';
import { place, type Report } from './report.ts';

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note', hint: 'note' };

/** SARIF 2.1.0. A rule that exists for several languages is listed once. */
export const sarif: Report = (checked, rules) => {
  const listed = [...new Map(rules.map((rule) => [rule.id, rule])).values()];
  const index = new Map(listed.map(({ id }, at) => [id, at]));
  return `${JSON.stringify(
    {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: 'ML Containers',
              rules: listed.map(({ id, title, why, severity, also }) => ({
                id,
                shortDescription: { text: title },
                fullDescription: { text: why },
                help: { text: why, markdown: why },
                defaultConfiguration: { level: levels[severity] },
                properties: { tags: also },
              })),
            },
          },
          columnKind: 'utf16CodeUnits',
          artifacts: checked.map(({ document }) => ({ location: { uri: encodeURI(document.source.path) } })),
          results: checked.flatMap(({ document, findings }, artifact) =>
            findings.map((finding) => {
              const { line, column, endLine, endColumn } = place(document, finding);
              return {
                ruleId: finding.rule,
                ruleIndex: index.get(finding.rule),
                level: levels[finding.severity],
                message: { text: finding.message },
                locations: [
                  {
                    physicalLocation: {
                      artifactLocation: { uri: encodeURI(document.source.path), index: artifact },
                      region: { startLine: line, startColumn: column, endLine, endColumn },
                    },
                  },
                ],
              };
            }),
          ),
        },
      ],
    },
    null,
    2,
  )}\n`;
};
