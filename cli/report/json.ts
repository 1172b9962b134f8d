import { count, place, type Report } from './report.ts';

/** One JSON object with every file that was checked. */
export const json: Report = (checked) =>
  `${JSON.stringify(
    {
      version: 1,
      files: checked.map(({ document, findings }) => ({
        path: document.source.path,
        language: document.language,
        findings: findings.map((finding) => ({
          rule: finding.rule,
          severity: finding.severity,
          message: finding.message,
          ...place(document, finding),
          also: finding.also,
          fixable: (finding.fixes?.length ?? 0) > 0,
          url: `docs/rules/${finding.rule}.md`,
        })),
      })),
      summary: { files: checked.length, ...count(checked) },
    },
    null,
    2,
  )}\n`;
