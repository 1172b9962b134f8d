import { callsOf } from '../../dockerfile/shell/commands.ts';
import { dockerfileRule } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'chmod-777',
  severity: 'info',
  quiet: 'It is a risk only where another user shares the container, which is seldom.',
  title: 'Give files to the user that needs them',
  why: 'With mode 777 everybody in the container may change the code that runs. It also writes every file it touches a second time into the image: for weights that is their whole size. `COPY --chown=user` gives files to the right user while it copies.',
  looksAt: ['RUN chmod', 'COPY', 'ADD'],
  examples: [
    { bad: 'FROM debian:12\nCOPY . /app\nRUN chmod -R «777» /app\n', good: 'FROM debian:12\nCOPY . /app\nRUN chmod -R 755 /app\n' },
    {
      bad: 'FROM debian:12\nCOPY --chmod=«0777» . /app\n',
      good: 'FROM debian:12\nCOPY --chmod=0755 . /app\n',
    },
    { title: 'given while copying', good: 'FROM debian:12\nCOPY --chown=app . /app\n' },
    { bad: 'FROM debian:12\nRUN chmod «a+rwx» /data && chmod «0777» /x\n' },
    {
      title: 'a shared folder with the sticky bit, and cache folders',
      good: 'FROM debian:12\nRUN chmod 1777 /scratch && chmod 755 /app && chmod +x run.sh && chmod 777 /tmp\n',
    },
  ],
  *check(file) {
    for (const { keyword, flags } of file.instructions)
      for (const { name, value } of keyword === 'COPY' || keyword === 'ADD' ? flags : [])
        if (name === 'chmod' && value && /^0?777$/.test(value.value))
          yield {
            span: value.span,
            message: `Mode «${value.value}» lets everybody change these files. Give them to the user that needs them, with --chown.`,
            fixes: [
              { title: 'Let the others only read', safe: false, edits: [{ span: value.span, text: value.text.replace('777', '755') }] },
            ],
          };
    for (const { args } of callsOf(file, 'chmod')) {
      const mode = args.find(({ value }) => !/^-[A-Zvfc]|^--/.test(value));
      if (!mode || !/^(?:0?777|(?:a|ugo)[+=]rw[xX]?)$/.test(mode.value) || args.some(({ value }) => /^\/(?:var\/)?tmp\b/.test(value)))
        continue;
      yield {
        span: mode.span,
        message: `Mode «${mode.value}» lets everybody change these files. Give them to the user that needs them, with COPY --chown.`,
        fixes: [
          {
            title: 'Let the others only read',
            safe: false,
            edits: [{ span: mode.span, text: /^\d/.test(mode.value) ? mode.value.replace('777', '755') : 'u+rwX,go+rX' }],
          },
        ],
      };
    }
  },
});
