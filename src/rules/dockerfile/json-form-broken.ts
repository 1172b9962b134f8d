import { dockerfileRule } from '../../lint/rule.ts';
import { brokenList } from '../shared/brokenList.ts';

export default dockerfileRule({
  id: 'json-form-broken',
  severity: 'error',
  title: 'Write the list of the JSON form as JSON',
  why: 'A list with a missing comma, bracket or quote is no JSON, and a build says nothing about it: `CMD ["python" "app.py"]` is given to the shell, which looks for a program called `[python` and ends with «not found» (127). In COPY and VOLUME the brackets become part of the names.',
  also: ['buildkit:JSONArgsRecommended', 'hadolint:DL3025'],
  looksAt: ['ADD [', 'CMD [', 'COPY [', 'ENTRYPOINT [', 'HEALTHCHECK [', 'RUN [', 'VOLUME ['],
  examples: [
    {
      title: 'a comma is missing',
      bad: 'FROM python:3.12-slim\nCMD «["python" "app.py"]»\n',
      good: 'FROM python:3.12-slim\nCMD ["python", "app.py"]\n',
    },
    {
      title: 'a bracket, a comma too many, quotes of a text program, none at all',
      bad: 'FROM python:3.12-slim\nENTRYPOINT «["python", "app.py"»\nCMD «["--port", "80",]»\nHEALTHCHECK CMD «[“./main”, “health”]»\nVOLUME «[/data, /cache]»\n',
      good: 'FROM python:3.12-slim\nENTRYPOINT ["python", "app.py"]\nCMD ["--port", "80"]\nHEALTHCHECK CMD ["./main", "health"]\nVOLUME ["/data", "/cache"]\n',
    },
    {
      title: 'a shell behind the list: the check always fails',
      bad: 'FROM python:3.12-slim\nHEALTHCHECK CMD «["./main", "health"] || exit 1»\n',
      good: 'FROM python:3.12-slim\nHEALTHCHECK CMD ["./main", "health"]\n',
    },
    {
      title: 'a test of the shell',
      good: 'FROM alpine:3.22\nRUN [ "$A" = "b" ] && [ -f /x ]\nCMD [ -d /data ] && exec app\nHEALTHCHECK CMD [ -f /tmp/up ] || exit 1\n',
    },
  ],
  *check({ instructions }) {
    for (const outer of instructions) {
      const instruction = outer.trigger ?? outer;
      const list = brokenList(instruction);
      if (!list) continue;
      const { keyword } = instruction;
      const runs = keyword === 'CMD' || keyword === 'ENTRYPOINT' || keyword === 'HEALTHCHECK' || keyword === 'RUN';
      yield {
        span: list.span,
        message: `This list is no JSON: ${list.wrong}. ${runs ? 'The shell gets it as it stands, brackets included, and finds no such program.' : 'The brackets become part of the names.'}`,
        also: (keyword === 'CMD' || keyword === 'ENTRYPOINT') && !outer.trigger ? ['buildkit:JSONArgsRecommended', 'hadolint:DL3025'] : [],
        fixes:
          list.meant === undefined ? [] : [{ title: `Write ${list.meant}`, safe: false, edits: [{ span: list.span, text: list.meant }] }],
      };
    }
  },
});
