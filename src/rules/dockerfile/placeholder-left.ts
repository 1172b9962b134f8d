import { dockerfileRule } from '../../lint/rule.ts';
import { placeholder } from '../shared/placeholder.ts';

const looked = new Set(['FROM', 'COPY', 'ADD', 'CMD', 'ENTRYPOINT', 'WORKDIR', 'USER', 'EXPOSE', 'VOLUME']);

export default dockerfileRule({
  id: 'placeholder-left',
  severity: 'warning',
  title: 'Put your own names in the place of an example’s',
  why: 'A word of a template such as `<project>`, `your-image` or `/path/to/model` stands where a name of this project belongs: the image is not found, or the container ends at once with «No such file».',
  looksAt: [...looked].flatMap((keyword) => ['<', 'your', 'YOUR', '/path/to/'].map((word) => `${keyword} ${word}`)),
  examples: [
    {
      bad: 'FROM python:3.12-slim\nENTRYPOINT ["python", "-u", "src/«<project>»/train.py"]\n',
      good: 'FROM python:3.12-slim\nENTRYPOINT ["python", "-u", "src/forecast/train.py"]\n',
    },
    { bad: 'FROM «your-registry»/base:1\nCOPY «/path/to/model» /model\n' },
    {
      title: 'said once in a command; a file is read in shell form',
      bad: 'FROM python:3.12-slim\nCMD ["serve", "--model", "«/path/to/model»", "--host", "<host>"]\n',
    },
    {
      title: 'a file that the shell reads; a domain; an account; words of a comment, a label, a variable',
      good: 'FROM python:3.12-slim\nENV USAGE="/path/to/model"\nLABEL hint=your-image\nCOPY my-your-app /app\nADD https://your-domain.example.org/a.txt /a\nCMD app <input\n# COPY <path> /app\n',
    },
    {
      title: 'names that only look like one',
      good: 'FROM python:3.12-slim\nRUN cat <in >out\nCOPY yourapp /app\nLABEL org.example.usage="docker run <image>"\n',
    },
  ],
  *check(file) {
    for (const { keyword, args, json, flags } of file.instructions) {
      if (!looked.has(keyword)) continue;
      const words = [...(json ?? args), ...flags.flatMap(({ value }) => value ?? [])];
      for (const word of words) {
        // In shell form `<name>` reads a file.
        if (!json && (keyword === 'CMD' || keyword === 'ENTRYPOINT') && word.text.includes('<')) continue;
        const found = placeholder(word.text);
        if (!found) continue;
        const start = word.span.start + found.index;
        yield {
          span: word.text.length === word.span.end - word.span.start ? { start, end: start + found.text.length } : word.span,
          message: `«${found.text}» is the word of an example: write the name that this project has.`,
        };
        // The command of an example is full of them: one says it.
        if (keyword === 'CMD' || keyword === 'ENTRYPOINT') break;
      }
    }
  },
});
