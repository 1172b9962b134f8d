import type { Instruction, Word } from '../../dockerfile/model.ts';
import { dockerfileRule } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'tilde-not-home',
  severity: 'warning',
  title: 'Write the home folder out',
  why: 'A build does not know `~`: `WORKDIR ~/app` and `COPY x ~/` make a folder that is called «~», and in ENV and in the JSON form of CMD the character stays. Only a shell puts the home folder in.',
  looksAt: ['WORKDIR ~', 'COPY ~', 'ADD ~', 'ENV ~', 'ARG ~', 'VOLUME ~', 'CMD ~', 'ENTRYPOINT ~', '&USER'],
  examples: [
    { bad: 'FROM debian:12\nWORKDIR «~/app»\n', good: 'FROM debian:12\nWORKDIR /root/app\n' },
    { bad: 'FROM debian:12\nCOPY config.toml «~/.streamlit/»\n', good: 'FROM debian:12\nCOPY config.toml /root/.streamlit/\n' },
    { bad: 'FROM debian:12\nENV PATH="«~/.local/bin»:${PATH}"\n', good: 'FROM debian:12\nENV PATH="/root/.local/bin:${PATH}"\n' },
    { bad: 'FROM debian:12\nUSER app\nCMD ["python", «"~/app.py"»]\n' },
    {
      title: 'in RUN and in the middle of a name; what programs read themselves',
      good: 'FROM debian:12\nRUN cp x ~/x\nCOPY a~b /x\nENV HF_HOME=~/.cache/huggingface A=1~2\nCMD python ~/app.py\n',
    },
  ],
  *check({ stages }) {
    for (const { instructions } of stages) {
      let user = 'root';
      for (const instruction of instructions) {
        const { keyword, args } = instruction;
        if (keyword === 'USER') user = args[0]?.value ?? '';
        for (const { word, pattern } of wordsOf(instruction)) {
          const match = pattern.exec(word.text);
          if (!match) continue;
          const exact = word.text.length === word.span.end - word.span.start;
          const [whole, before = ''] = match;
          const start = word.span.start + match.index + before.length;
          const json = keyword === 'CMD' || keyword === 'ENTRYPOINT';
          const span = exact && !json ? { start, end: start + whole.length - before.length } : word.span;
          const tilde = { start, end: start + 1 };
          const home = /^(?:root|0)(?::|$)/.test(user) ? '/root' : undefined;
          yield {
            span,
            message: json
              ? `Without a shell «~» is no home folder: the program gets the path as it is written. Write it out${home === undefined ? '' : `: ${home}`}.`
              : keyword === 'ENV' || keyword === 'ARG'
                ? `«~» stays in the variable as it is, and most programs take it for a folder of that name. Write the home folder out${home === undefined ? '' : `: ${home}`}.`
                : `A build takes «~» for a folder of that name. Write the home folder out${home === undefined ? '' : `: ${home}`}.`,
            fixes:
              home !== undefined && exact && !json && word !== sourceOf(instruction, word)
                ? [{ title: `Write ${home}`, safe: false, edits: [{ span: tilde, text: home }] }]
                : [],
          };
        }
      }
    }
  },
});

const path = /^(["']?)~(?:\/[^\s"':]*)?(?=["']?$)/;
/** In a list of folders, such as PATH. */
const listed = /(^["']?|:)~\/[^\s"':]*/;

function wordsOf({ keyword, args, json, pairs = [] }: Instruction): readonly { readonly word: Word; readonly pattern: RegExp }[] {
  switch (keyword) {
    case 'WORKDIR':
    case 'VOLUME':
      return args.map((word) => ({ word, pattern: path }));
    case 'COPY':
    case 'ADD':
      return args.map((word) => ({ word, pattern: path }));
    case 'CMD':
    case 'ENTRYPOINT':
      return json?.some(({ value }) => /(?:^|\/)(?:ba|da|z|)sh$/.test(value))
        ? []
        : (json ?? []).slice(1).map((word) => ({ word, pattern: /^(")~\/[^\s"]*(?="$)/ }));
    case 'ENV':
      // Programs of Python put the home folder in for their own variables.
      return pairs.flatMap(({ name, value }) => (value && /PATH$/.test(name.value) ? [{ word: value, pattern: listed }] : []));
    default:
      return [];
  }
}

/** The word, when it is a source of COPY: what was meant lies outside of the build context. */
const sourceOf = ({ keyword, args }: Instruction, word: Word): Word | undefined =>
  (keyword === 'COPY' || keyword === 'ADD') && word !== args.at(-1) ? word : undefined;
