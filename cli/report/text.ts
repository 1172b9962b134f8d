import { styleText } from 'node:util';
import type { Severity } from '../../src/lint/rule.ts';
import { count, place, type Report } from './report.ts';

const colours: Readonly<Record<Severity, Parameters<typeof styleText>[0]>> = {
  error: 'red',
  warning: 'yellow',
  info: 'blue',
  hint: 'gray',
};
const coloured = (): boolean => process.env['NO_COLOR'] === undefined && process.stdout.isTTY;
const paint = (style: Parameters<typeof styleText>[0], text: string): string => (coloured() ? styleText(style, text) : text);
const many = (number: number, one: string): string => `${number} ${one}${number === 1 ? '' : 's'}`;

/** For people: findings by file, a sum at the end. */
export const text: Report = (checked) => {
  const blocks = checked
    .filter(({ findings }) => findings.length)
    .map(({ document, findings }) => {
      const lines = findings.map((finding) => {
        const { line, column } = place(document, finding);
        const at = `${line}:${column}`.padEnd(7);
        return `  ${at} ${paint(colours[finding.severity], finding.severity.padEnd(7))}  ${finding.message}  ${paint('gray', finding.rule)}`;
      });
      return `${paint('underline', document.source.path)}\n${lines.join('\n')}\n`;
    });
  const { error, warning, info, hint } = count(checked);
  const parts = [many(error, 'error'), many(warning, 'warning'), ...(info ? [`${info} info`] : []), ...(hint ? [many(hint, 'hint')] : [])];
  const fixable = checked.reduce((sum, { findings }) => sum + findings.filter(({ fixes }) => fixes?.some(({ safe }) => safe)).length, 0);
  const sum =
    error + warning + info + hint
      ? `${parts.join(', ')} in ${many(checked.length, 'file')}`
      : `${many(checked.length, 'file')} checked, nothing found`;
  return `${[...blocks, `${sum}.${fixable ? ` --fix mends ${fixable} of them.` : ''}`].join('\n')}\n`;
};
