import { entry, get } from '../../compose/model.ts';
import { composeRule, type Fix } from '../../lint/rule.ts';
import { slice, type Source } from '../../text/text.ts';
import { listeningOn } from '../shared/listening.ts';
import { publishedPorts, type PublishedPort } from '../shared/published.ts';

export default composeRule({
  id: 'port-mismatch',
  severity: 'warning',
  quiet: 'What a program listens on may be set where the file does not show it.',
  title: 'Publish the port that the container listens on',
  why: 'In `"HOST:CONTAINER"` the right side is the port inside. When nothing listens there, the host’s port opens and every connection is reset.',
  looksAt: [
    'image',
    'build',
    'command',
    'entrypoint',
    'environment',
    'env_file',
    'healthcheck',
    'ports',
    'expose',
    'volumes',
    'configs',
    'network_mode',
  ],
  examples: [
    {
      title: 'a port in the command',
      bad: 'services:\n  llm:\n    image: vllm/vllm-openai:v0.11.0\n    command: ["--model", "/m", "--port", "9000"]\n    ports: [«"8000:8000"»]\n  open:\n    image: vllm/vllm-openai:v0.11.0\n    command: ["--model", "/m", "--port=${PORT}"]\n    ports: ["8000:8001"]\n',
      good: 'services:\n  llm:\n    image: vllm/vllm-openai:v0.11.0\n    command: ["--model", "/m", "--port", "9000"]\n    ports: ["8000:9000"]\n  open:\n    image: vllm/vllm-openai:v0.11.0\n    command: ["--model", "/m", "--port=${PORT}"]\n    ports: ["8000:8001"]\n',
    },
    {
      bad: 'services:\n  db:\n    image: postgres:17\n    ports: [«"127.0.0.1:5433:5433"»]\n',
      good: 'services:\n  db:\n    image: postgres:17\n    ports: ["127.0.0.1:5433:5432"]\n',
    },
    {
      title: 'what the Dockerfile exposes',
      files: { Dockerfile: 'FROM python:3.12-slim\nEXPOSE 8000\nCMD ["uvicorn", "app:app", "--host", "0.0.0.0", "--port", "8000"]\n' },
      bad: 'services:\n  api:\n    build: .\n    ports:\n      - «"8080:80"»\n',
      good: 'services:\n  api:\n    build: .\n    ports:\n      - "8080:8000"\n',
    },
    {
      title: 'what its start script tells the server, whatever is exposed',
      files: {
        Dockerfile: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nEXPOSE 8000\nCMD ["./start.sh"]\n',
        'start.sh': '#!/bin/sh\nset -e\npython migrate.py\nexec uvicorn app:app --host 0.0.0.0 --port 8080\n',
      },
      bad: 'services:\n  api:\n    build: .\n    ports:\n      - «"8000:8000"»\n',
      good: 'services:\n  api:\n    build: .\n    ports:\n      - "8000:8080"\n',
    },
    {
      title: 'told otherwise, or one of several ports',
      files: { Dockerfile: 'FROM python:3.12-slim\nENV PORT=9000\nEXPOSE 8000\n' },
      good: 'services:\n  db:\n    image: postgres:17\n    command: ["-p", "5433"]\n    ports: ["127.0.0.1:5433:5433"]\n  a:\n    build: .\n    ports: ["9000:9000"]\n  b:\n    build: .\n    ports: ["8000:8000", "5678:5678"]\n  dev:\n    build: .\n    command: npm run dev\n    ports: ["5173:5173"]\n  c:\n    image: nginx:1.29\n    volumes: ["./nginx.conf:/etc/nginx/nginx.conf:ro"]\n    ports: ["8080:8080"]\n',
    },
    {
      title: 'told in the settings of the program',
      files: {
        Dockerfile: 'FROM eclipse-temurin:21-jre\nEXPOSE 8080\n',
        'src/main/resources/application.properties': 'quarkus.http.port=8081\n',
      },
      good: 'services:\n  reader:\n    build: .\n    ports: ["8081:8081"]\n',
    },
    {
      title: 'a configuration that the start writes, or that Compose brings',
      good: `services:\n  a:\n    image: nginx:1.29\n    entrypoint:\n      - sh\n      - -c\n      - |\n        cat > /etc/nginx/nginx.conf <<EOF\n        http { server { listen 3100; } }\n        EOF\n        exec nginx -g "daemon off;"\n    ports: ["3100:3100"]\n  b:\n    image: nginx:1.29\n    configs: [{ source: conf, target: /etc/nginx/nginx.conf }]\n    ports: ["3100:3100"]\nconfigs:\n  conf:\n    content: "http { server { listen 3100; } }"\n`,
    },
  ],
  *check(file, world) {
    for (const { name, node } of file.services) {
      if (entry(node, 'network_mode') || entry(node, 'extends')) continue;
      const published = publishedPorts(node).filter(({ protocol }) => protocol === 'tcp');
      const listens = published.length ? listeningOn(file, node, world, ['healthcheck']) : undefined;
      if (!listens || published.some(({ target }) => listens.ports.includes(target) || listens.mentioned(target))) continue;
      const wrong = [...new Set(published.map(({ node: at }) => at))];
      const right = listens.ports.length === 1 || listens.known ? listens.ports[0] : undefined;
      for (const at of wrong) {
        const port = published.find((each) => each.node === at);
        if (!port || at.span.start < 0) continue;
        yield {
          span: at.kind === 'map' ? (get(at, 'target')?.span ?? at.span) : at.span,
          message: `${listens.says} ${listens.ports.join(', ')}; nothing in «${name}» listens on ${port.target}.`,
          fixes: right === undefined || wrong.length > 1 ? [] : toTarget(file.source, port, right),
        };
      }
    }
  },
});

function toTarget(file: Source, { node, target }: PublishedPort, right: number): readonly Fix[] {
  const at = node.kind === 'map' ? get(node, 'target') : node;
  if (at?.kind !== 'scalar') return [];
  const written = slice(file, at.span);
  const found = new RegExp(`(\\d+)(?=(?:/tcp)?["']?$)`).exec(written);
  if (found?.[1] !== String(target)) return [];
  const start = at.span.start + found.index;
  return [{ title: `Publish ${right}`, safe: false, edits: [{ span: { start, end: start + found[1].length }, text: String(right) }] }];
}
