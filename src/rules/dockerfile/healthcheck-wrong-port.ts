import { allInstructions } from '../../dockerfile/scope.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { servedPort } from '../shared/servedPort.ts';
import { shippedStages } from '../shared/shipped.ts';
import { textOf } from '../shared/stageText.ts';

export default dockerfileRule({
  id: 'healthcheck-wrong-port',
  severity: 'warning',
  quiet: 'The container runs; which port its program listens on is read from an option of its command.',
  title: 'Check the port that is served',
  why: 'The check runs inside the container and asks a port on which nothing listens: it fails every time, and the container is unhealthy for ever.',
  reach: 'shipped',
  looksAt: ['HEALTHCHECK', '&CMD', '&ENTRYPOINT', '&COPY', '&ADD', '&WORKDIR', '&ENV', '&RUN'],
  examples: [
    {
      bad: 'FROM python:3.12\nHEALTHCHECK CMD curl -f http://localhost:«8000»/health || exit 1\nCMD ["uvicorn", "app:app", "--host", "0.0.0.0", "--port", "8080"]\n',
      good: 'FROM python:3.12\nHEALTHCHECK CMD curl -f http://localhost:8080/health || exit 1\nCMD ["uvicorn", "app:app", "--host", "0.0.0.0", "--port", "8080"]\n',
    },
    {
      title: 'served by a start script',
      files: { 'start.sh': '#!/bin/sh\npython migrate.py\nexec gunicorn --bind 0.0.0.0:5000 app:app\n' },
      bad: 'FROM python:3.12\nWORKDIR /app\nCOPY . .\nHEALTHCHECK CMD ["curl", "-f", "http://127.0.0.1:«8000»/"]\nCMD ["./start.sh"]\n',
      good: 'FROM python:3.12\nWORKDIR /app\nCOPY . .\nHEALTHCHECK CMD ["curl", "-f", "http://127.0.0.1:5000/"]\nCMD ["./start.sh"]\n',
    },
    {
      title: 'the same one, a variable, a second program, no server that is known',
      files: { 'both.sh': 'python metrics.py &\nuvicorn app:app --port 8080\n' },
      good: 'FROM python:3.12 AS a\nHEALTHCHECK CMD curl -f http://localhost:8000/ || exit 1\nCMD uvicorn app:app --port ${PORT}\nFROM a AS b\nWORKDIR /app\nCOPY both.sh .\nCMD ["bash", "both.sh"]\n',
    },
    { good: 'FROM python:3.12\nHEALTHCHECK CMD curl -f http://localhost:8000/ || exit 1\nCMD ["python", "app.py"]\n' },
    {
      good: 'FROM python:3.12\nENV METRICS_PORT=9090\nHEALTHCHECK CMD curl -f http://localhost:9090/metrics\nCMD ["uvicorn", "a:b", "--port", "8000"]\n',
    },
  ],
  *check(file, world) {
    const [stage] = shippedStages(file);
    const instructions = stage ? allInstructions(stage) : [];
    const check = instructions.findLast(({ keyword }) => keyword === 'HEALTHCHECK');
    if (!stage || !check || check.stage !== stage.index) return;
    for (const { index, 1: asked = '' } of check.body.text.matchAll(/(?:localhost|127\.0\.0\.1|0\.0\.0\.0):(\d+)/g)) {
      const named = new RegExp(`(?:^|\\D)${asked}(?:\\D|$)`);
      // It is the server's, or something else of the image may listen there.
      if (instructions.some((each) => /^(?:ENV|RUN|CMD|ENTRYPOINT)$/.test(each.keyword) && named.test(textOf(each)))) continue;
      const served = servedPort(file, stage, world);
      if (!served || asked === served.port) continue;
      const at = index + check.body.text.slice(index).indexOf(`:${asked}`) + 1;
      const span = { start: check.body.offsetAt(at), end: check.body.offsetAt(at + asked.length) };
      yield {
        span,
        message: `${served.path} starts ${served.tool} on port ${served.port}, and the check asks ${asked}, where nothing listens.`,
        fixes: [{ title: `Check port ${served.port}`, safe: true, edits: [{ span, text: served.port }] }],
      };
    }
  },
});
