import { shifted } from '../text/change.ts';
import type { Span } from '../text/text.ts';
import { bodyOf } from './body.ts';
import type { Flag, Heredoc, Instruction, Pair, Word } from './model.ts';

/** An instruction that stands so much further on. */
export function moved(instruction: Instruction, by: number): Instruction {
  const span = (each: Span): Span => shifted(each, by);
  const word = (each: Word): Word => ({ ...each, span: span(each.span) });
  const flag = ({ value, ...each }: Flag): Flag => ({ ...each, span: span(each.span), ...(value && { value: word(value) }) });
  const heredoc = ({ terminator, ...each }: Heredoc): Heredoc => ({
    ...each,
    opener: span(each.opener),
    content: span(each.content),
    ...(terminator && { terminator: span(terminator) }),
  });
  const { keyword, args, json, pairs, trigger, body, notStrings, stage } = instruction;
  const words = args.map(word);
  const pair = ({ value, legacy, ...each }: Pair, index: number): Pair => ({
    // Without «=» it is the argument itself.
    name: args[index] === each.name ? (words[index] ?? each.name) : word(each.name),
    ...(value && { value: word(value) }),
    legacy,
    span: span(each.span),
  });
  const line = { ...body.line, offsets: body.line.offsets.map((offset) => offset + by) };
  return {
    keyword,
    keywordSpan: span(instruction.keywordSpan),
    span: span(instruction.span),
    flags: instruction.flags.map(flag),
    args: words,
    body: bodyOf(line, line.text.length - body.text.length),
    heredocs: instruction.heredocs.map(heredoc),
    blankLines: instruction.blankLines.map(span),
    ...(json && { json: json === args ? words : json.map(word) }),
    ...(notStrings && { notStrings }),
    ...(pairs && { pairs: pairs.map(pair) }),
    ...(trigger && { trigger: moved(trigger, by) }),
    ...(stage !== undefined && { stage }),
  };
}
