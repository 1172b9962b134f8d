import { instructionSpec } from '../../dockerfile/instructions.ts';
import { dockerfileRule } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'instruction-casing',
  severity: 'info',
  title: 'Write all instructions in one case',
  why: 'Instructions are read without regard to case; in one case, upper by custom, they stand out from their arguments.',
  also: ['buildkit:ConsistentInstructionCasing'],
  reach: 'file',
  looksAt: ['keywords'],
  examples: [
    { bad: 'FROM alpine:3.22\n«run» true\n«Copy» . /app\n', good: 'FROM alpine:3.22\nRUN true\nCOPY . /app\n' },
    { title: 'all in lower case', good: 'from alpine:3.22\nrun true\n' },
  ],
  *check({ source, stages }) {
    const all = stages.flatMap(({ from, instructions }) => [from, ...instructions]).filter(({ keyword }) => instructionSpec(keyword));
    // As nearly all files have it.
    if (all.every(({ keyword, keywordSpan }) => source.text.startsWith(keyword, keywordSpan.start))) return;
    const keywords = all.map(({ keywordSpan }) => ({ span: keywordSpan, text: source.text.slice(keywordSpan.start, keywordSpan.end) }));
    const lower = keywords.filter(({ text }) => text === text.toLowerCase()).length;
    const upper = keywords.filter(({ text }) => text === text.toUpperCase()).length;
    const wanted = (text: string): string => (lower > upper ? text.toLowerCase() : text.toUpperCase());
    for (const { span, text } of keywords)
      if (text !== wanted(text))
        yield {
          span,
          message: `«${text}» is unlike the other instructions: write ${wanted(text)}.`,
          fixes: [{ title: `Write ${wanted(text)}`, safe: true, edits: [{ span, text: wanted(text) }] }],
        };
  },
});
