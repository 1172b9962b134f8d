import { rootImage } from '../../dockerfile/scope.ts';
import { lineageOf, sectionsOf } from '../../dockerfile/sections.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { lineBefore } from '../shared/edits.ts';

export default dockerfileRule({
  id: 'copy-without-workdir',
  severity: 'info',
  enabled: false,
  title: 'Say with WORKDIR where a relative path starts',
  why: 'A relative destination starts at the WORKDIR. When the file sets none, it starts wherever the base image says, mostly `/`, and moves when the base image changes.',
  also: ['hadolint:DL3045'],
  looksAt: ['COPY', 'WORKDIR'],
  examples: [
    { bad: 'FROM python:3.12-slim\nCOPY app.py «app.py»\n', good: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY app.py app.py\n' },
    { title: 'set by the stage below', good: 'FROM python:3.12-slim AS base\nWORKDIR /app\nFROM base\nCOPY . .\n' },
    { good: 'FROM python:3.12-slim\nCOPY a /a\nCOPY b "c:\\\\b"\nCOPY c $HOME/c\n' },
  ],
  *check(file, { options }) {
    for (const section of sectionsOf(file)) {
      // Only what stands on nothing at all has no working directory of its own.
      const image = section.stage && rootImage(file, section.stage, options.buildArgs);
      let said = false;
      const workdirs = lineageOf(section).flatMap(({ instructions }) => instructions.filter(({ keyword }) => keyword === 'WORKDIR'));
      for (const { keyword, args, json, span, heredocs } of section.instructions) {
        const target = args.at(-1);
        if (keyword !== 'COPY' || args.length < 2 || !target || (heredocs.length && args.length === 1)) continue;
        const value = json ? target.value : target.text.replace(/^["']/, '');
        if (/^(?:\/|\$|[A-Za-z]:|\\)/.test(value) || workdirs.some((workdir) => workdir.span.start < span.start)) continue;
        const edit = said ? undefined : lineBefore(file, { span }, 'WORKDIR /app');
        said = true;
        yield {
          span: target.span,
          message: `«${target.value}» is relative, and the file sets no WORKDIR: it lands wherever ${image ? `«${image}»` : 'the base image'} says.`,
          fixes: edit ? [{ title: 'Set WORKDIR /app', safe: false, edits: [edit] }] : [],
        };
      }
    }
  },
});
