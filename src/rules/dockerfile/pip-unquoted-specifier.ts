import { callsOf } from '../../dockerfile/shell/commands.ts';
import { dockerfileRule } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'pip-unquoted-specifier',
  severity: 'error',
  title: 'Quote version bounds in RUN',
  why: 'For the shell, `>` and `<` are redirections. `pip install torch>=2.0` installs any torch and writes pip’s output into a file called `=2.0`; `numpy<2` reads from a file called `2`, which is not there. In quotes they are part of the requirement.',
  looksAt: ['RUN >', 'RUN <'],
  examples: [
    {
      bad: 'FROM python:3.12-slim\nRUN pip install --no-cache-dir «torch>=2.0» flask\n',
      good: 'FROM python:3.12-slim\nRUN pip install --no-cache-dir "torch>=2.0" flask\n',
    },
    {
      bad: 'FROM python:3.12-slim\nRUN uv pip install --no-cache --system «numpy>=1.26,<2»\n',
      good: 'FROM python:3.12-slim\nRUN uv pip install --no-cache --system "numpy>=1.26,<2"\n',
    },
    { title: 'conda too', bad: 'FROM condaforge/miniforge3:24.9.2-0\nRUN conda install -y «pytorch>=2.1» && conda clean -afy\n' },
    {
      title: 'a real redirection',
      good: 'FROM python:3.12-slim\nRUN pip install --no-cache-dir "torch>=2" flask>log.txt 2>&1 && pip freeze > requirements.lock\n',
    },
  ],
  *check(file) {
    const { text } = file.source;
    for (const { command, instruction } of callsOf(
      file,
      'pip',
      'pip3',
      'pip2',
      'python',
      'python3',
      'uv',
      'conda',
      'mamba',
      'micromamba',
      'poetry',
      'pdm',
      'pipenv',
    )) {
      const verbs = command.words.map(({ value }) => value);
      if (instruction.json || !verbs.some((verb) => /^(?:install|add|create|update)$/.test(verb))) continue;
      for (const [at, { operator, target, span }] of command.redirects.entries()) {
        const word = command.words.find((each) => each.span.end === span.start);
        if (!word || !target || !/^[<>]$/.test(operator) || !/^[A-Za-z0-9]/.test(word.value)) continue;
        if (!(target.text.startsWith('=') || (operator === '<' ? /^\d/ : /^\d+(?:\.\d+)*$/).test(target.text))) continue;
        // `>=1,<2` is one requirement, read as two redirections.
        let { end } = span;
        for (const next of command.redirects.slice(at + 1)) if (next.span.start === end) ({ end } = next.span);
        const whole = { start: word.span.start, end };
        yield {
          span: whole,
          // What is read from is not there, and the build stops; what is written to is made, and it goes on.
          ...(text.slice(span.start, end).includes('<') ? {} : { severity: 'warning' as const }),
          message: `The shell takes «${operator}» for a redirection: the bound is lost${operator === '>' ? `, and a file «${target.value}» is written` : ''}. Put «${text.slice(whole.start, whole.end)}» in quotes.`,
          fixes: /["'$`\\]/.test(text.slice(whole.start, whole.end))
            ? []
            : [{ title: 'Quote it', safe: true, edits: [{ span: whole, text: `"${text.slice(whole.start, whole.end)}"` }] }],
        };
      }
    }
  },
});
