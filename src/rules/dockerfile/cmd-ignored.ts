import { lineage } from '../../dockerfile/scope.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { jsonForm } from '../shared/jsonForm.ts';

export default dockerfileRule({
  id: 'cmd-ignored',
  severity: 'warning',
  title: 'Give CMD an ENTRYPOINT that takes it',
  why: 'An ENTRYPOINT in shell form is run as `sh -c "…"`, and nothing of CMD, or of what stands behind the image in `docker run`, reaches the program. In JSON form both are its arguments.',
  looksAt: ['CMD', '&ENTRYPOINT'],
  examples: [
    {
      bad: 'FROM python:3.12-slim\nENTRYPOINT python train.py\n«CMD» ["--lr", "0.1"]\n',
      good: 'FROM python:3.12-slim\nENTRYPOINT ["python", "train.py"]\nCMD ["--lr", "0.1"]\n',
    },
    {
      title: 'in JSON form, in another stage, and where the entrypoint asks for it',
      good: 'FROM python:3.12-slim AS a\nENTRYPOINT python a.py\nFROM python:3.12-slim\nENTRYPOINT ["python"]\nCMD ["b.py"]\nFROM python:3.12-slim\nENTRYPOINT exec python c.py "$@"\nCMD ["-x"]\nFROM a\nENTRYPOINT []\nCMD python d.py\n',
    },
  ],
  *check(file) {
    for (const stage of file.stages) {
      const command = stage.instructions.findLast(({ keyword }) => keyword === 'CMD');
      if (!command || command.json?.length === 0 || !command.args.length) continue;
      const entry = lineage(stage)
        .flatMap(({ instructions }) => instructions.filter(({ keyword }) => keyword === 'ENTRYPOINT').at(-1) ?? [])
        .at(0);
      const [text] = entry?.args ?? [];
      if (!entry || entry.json || !text || /\$(?:[@*\d]|\{[@*\d])/.test(text.text)) continue;
      yield {
        span: command.keywordSpan,
        message: `ENTRYPOINT is in shell form, so this CMD is passed over: no argument reaches «${text.text.split(/\s/, 1)[0] ?? ''}». Write ENTRYPOINT as JSON.`,
        fixes:
          entry.stage === stage.index
            ? jsonForm(entry.body.span, text.text).map((fix) => ({ ...fix, title: 'Write ENTRYPOINT as JSON', safe: false }))
            : [],
      };
    }
  },
});
