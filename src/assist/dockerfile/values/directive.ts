import { buildkitChecks } from '../../../dockerfile/buildkitChecks.ts';
import type { Span } from '../../../text/text.ts';
import type { Completion } from '../../model.ts';
import { offer } from '../../offer.ts';

const frontends: readonly (readonly [string, string])[] = [
  ['docker/dockerfile:1', 'the newest stable frontend'],
  ['docker/dockerfile:1-labs', 'with what is still being tried: --device, RUN --security'],
];

/** The values of `# syntax=`, `# escape=` and `# check=`; `end` is where the cursor is. */
export function directiveValues(name: string, typed: string, end: number): readonly Completion[] {
  const item = (text: string, span: Span, detail?: string): Completion => offer({ span }, text, 'value', detail);
  const whole = { start: end - typed.length, end };
  switch (name) {
    case 'syntax':
      return frontends.filter(([text]) => text.startsWith(typed)).map(([text, detail]) => item(text, whole, detail));
    case 'escape':
      return typed ? [] : [item('`', whole, 'for Windows paths'), item('\\', whole, 'the usual one')];
    case 'check':
      return checkValues(typed, end, item);
    default:
      return [];
  }
}

/** `skip=A,B;error=true` */
function checkValues(typed: string, end: number, item: (text: string, span: Span, detail?: string) => Completion): readonly Completion[] {
  const part = typed.slice(typed.lastIndexOf(';') + 1);
  const value = /^(skip|error|experimental)=(.*)$/.exec(part);
  if (!value) {
    const span = { start: end - part.length, end };
    const options = ['skip=', 'error=true', 'experimental=all'].filter((each) => each.startsWith(part));
    return options.filter((each) => !typed.includes(`${each.split('=')[0] ?? ''}=`)).map((each) => item(each, span));
  }
  const [, option, list = ''] = value;
  const names = list.split(',');
  const last = names.at(-1) ?? '';
  const span = { start: end - last.length, end };
  const offers = option === 'error' ? ['true', 'false'] : ['all', ...buildkitChecks];
  return offers
    .filter((each) => each.toLowerCase().startsWith(last.toLowerCase()) && !names.slice(0, -1).includes(each))
    .map((each) => item(each, span));
}
