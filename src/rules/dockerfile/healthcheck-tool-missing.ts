import { systemPackages } from '../../dockerfile/packages/system.ts';
import { commandsOf } from '../../dockerfile/shell/scripts.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { lacks, probedUrl, probeTool, pythonProbe } from '../shared/probe.ts';
import { beside } from '../shared/looksAt.ts';

export default dockerfileRule({
  id: 'healthcheck-tool-missing',
  severity: 'error',
  title: 'Check health with a tool that is in the image',
  why: 'Slim images have neither curl nor wget. The check then fails every time, the container is unhealthy for ever, and whatever waits for it with `condition: service_healthy` never starts. A tool installed in a build stage is not in the final image either.',
  // What another stage has put into a folder that is copied.
  reach: 'needed',
  looksAt: ['HEALTHCHECK', ...beside('RUN', 'COPY', 'ADD')],
  examples: [
    {
      bad: 'FROM python:3.10-slim\nHEALTHCHECK --interval=10s CMD «curl» -f http://localhost:8000/health || exit 1\n',
      good: 'FROM python:3.10-slim\nHEALTHCHECK --interval=10s CMD ["python", "-c", "import urllib.request; urllib.request.urlopen(\'http://localhost:8000/health\', timeout=4)"]\n',
    },
    {
      title: 'curl in the builder only',
      bad: 'FROM python:3.12-slim AS build\nRUN apt-get update && apt-get install -y curl\nFROM python:3.12-slim\nHEALTHCHECK CMD ["«curl»", "-f", "http://127.0.0.1/"]\n',
    },
    {
      title: 'packages that pip has put into a folder of their own',
      bad: 'FROM python:3.12 AS build\nRUN pip install --prefix=/install fastapi\nFROM python:3.12-slim\nCOPY --from=build /install /usr/local\nHEALTHCHECK CMD «curl» -f http://127.0.0.1:8000/\n',
      good: 'FROM python:3.12 AS build\nRUN pip install --prefix=/install fastapi\nFROM python:3.12-slim\nCOPY --from=build /install /usr/local\nHEALTHCHECK CMD ["python", "-c", "import urllib.request; urllib.request.urlopen(\'http://127.0.0.1:8000/\', timeout=4)"]\n',
    },
    {
      title: 'a folder that may hold more',
      good: 'FROM python:3.12 AS build\nRUN pip install --prefix=/install fastapi && cp /usr/bin/curl /install/bin\nFROM python:3.12-slim\nCOPY --from=build /install /usr/local\nCOPY --from=build /usr/local /usr/local\nHEALTHCHECK CMD curl -f http://127.0.0.1:8000/\n',
    },
    {
      title: 'installed',
      good: 'FROM python:3.12-slim\nRUN apt-get update && apt-get install -y --no-install-recommends curl\nHEALTHCHECK CMD curl -f http://localhost/\n',
    },
    { title: 'in the full image it is there', good: 'FROM python:3.12\nHEALTHCHECK CMD curl -f http://localhost/\n' },
    { title: 'an unknown base says nothing', good: 'FROM company.example/base:1\nHEALTHCHECK CMD curl -f http://localhost/\n' },
  ],
  *check(file, { knowledge, options }) {
    for (const stage of file.stages)
      for (const instruction of stage.instructions) {
        const [type] = instruction.args;
        if (instruction.keyword !== 'HEALTHCHECK' || type?.value.toUpperCase() !== 'CMD') continue;
        const found = probeTool(commandsOf(file, instruction));
        const missing = found && lacks(found.tool, knowledge, file, stage, options.buildArgs);
        if (!missing) continue;
        const { tool, command } = found;
        const word = command.words.find(({ value }) => value.endsWith(tool));
        if (!word) continue;
        const span = instruction.json ? { start: word.span.start + 1, end: word.span.end - 1 } : word.span;
        const url = probedUrl(command);
        const python =
          missing.facts.python !== undefined && missing.facts.python !== 'none'
            ? 'python'
            : systemPackages(file, stage).has('python3')
              ? 'python3'
              : undefined;
        yield {
          span,
          message: `«${missing.image}» has no ${tool}, and nothing in this stage installs it: the check fails every time.${python ? ' Python can ask instead.' : ` Install ${tool} in this stage.`}`,
          fixes:
            python && url
              ? [
                  {
                    title: 'Let Python ask',
                    safe: true,
                    edits: [
                      {
                        span: { start: type.span.end, end: instruction.body.span.end },
                        text: ` [${pythonProbe(python, url)
                          .map((part) => JSON.stringify(part))
                          .join(', ')}]`,
                      },
                    ],
                  },
                ]
              : [],
        };
      }
  },
});
