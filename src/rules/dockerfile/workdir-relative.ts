import { lineage } from '../../dockerfile/scope.ts';
import { dockerfileRule } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'workdir-relative',
  severity: 'info',
  title: 'Begin with an absolute WORKDIR',
  why: 'A relative WORKDIR continues the one of the base image, which may change with the next release of that image.',
  also: ['buildkit:WorkdirRelativePath'],
  looksAt: ['WORKDIR'],
  examples: [
    { bad: 'FROM python:3.12-slim\nWORKDIR «app»\n', good: 'FROM python:3.12-slim\nWORKDIR /app\n' },
    { title: 'relative to one that is absolute', good: 'FROM python:3.12-slim AS a\nWORKDIR /srv\nWORKDIR app\nFROM a\nWORKDIR tests\n' },
    { title: 'a variable may hold a whole path', good: 'FROM python:3.12-slim\nARG HOME_DIR=/srv\nWORKDIR $HOME_DIR/app\n' },
  ],
  *check({ stages }) {
    const set = new Set<number>();
    for (const stage of stages) {
      if (
        lineage(stage)
          .slice(1)
          .some(({ index }) => set.has(index))
      )
        set.add(stage.index);
      for (const { keyword, args } of stage.instructions) {
        const [path] = args;
        if (keyword !== 'WORKDIR' || !path || set.has(stage.index)) continue;
        set.add(stage.index);
        if (!/^["']?(?:\/|\$|[A-Za-z]:[\\/]|\\)/.test(path.text))
          yield {
            span: path.span,
            message: `«${path.value}» continues the base image’s WORKDIR, wherever that is. Write an absolute path.`,
            fixes: /^[\w.-]/.test(path.text)
              ? [
                  {
                    title: `Write /${path.text.replace(/^(?:\.\/)+/, '')}`,
                    safe: false,
                    edits: [{ span: path.span, text: `/${path.text.replace(/^(?:\.\/)+/, '')}` }],
                  },
                ]
              : [],
          };
      }
    }
  },
});
