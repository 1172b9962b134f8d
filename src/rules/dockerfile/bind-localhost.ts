import { allInstructions, rootImage, variablesAt } from '../../dockerfile/scope.ts';
import { dockerfileRule, type Fix } from '../../lint/rule.ts';
import { builtServices } from '../shared/builtServices.ts';
import { listening, mayBeSet, unreachable, type Unreachable } from '../shared/localServers.ts';
import { setting } from '../shared/looksAt.ts';
import { publishedPorts } from '../shared/published.ts';
import { pythonScript, scriptServer } from '../shared/pythonScript.ts';
import { scriptedStart } from '../shared/scriptedStart.ts';
import { shippedStages } from '../shared/shipped.ts';
import { startCommands, type Start } from '../shared/startCommand.ts';

export default dockerfileRule({
  id: 'bind-localhost',
  severity: 'warning',
  title: 'Let servers listen on all addresses of the container',
  why: '127.0.0.1 inside a container is the container alone: a published port reaches the container’s own address, where nothing listens, and answers «connection reset» or «empty reply». uvicorn, gunicorn, flask, mlflow, tensorboard, jupyter, dagster and others listen on 127.0.0.1 unless told otherwise; streamlit, vLLM and `fastapi run` listen everywhere.',
  reach: 'shipped',
  looksAt: ['CMD', 'ENTRYPOINT', '&EXPOSE', '&COPY', '&ADD', '&WORKDIR', ...setting(...listening, 'GRADIO_SERVER_NAME')],
  examples: [
    {
      bad: 'FROM python:3.12-slim\nEXPOSE 8000\nCMD [«"uvicorn"», "app:app", "--port", "8000"]\n',
      good: 'FROM python:3.12-slim\nEXPOSE 8000\nCMD ["uvicorn", "--host", "0.0.0.0", "app:app", "--port", "8000"]\n',
    },
    {
      bad: 'FROM python:3.12-slim\nEXPOSE 5000\nCMD mlflow server --host «127.0.0.1» --port 5000\n',
      good: 'FROM python:3.12-slim\nEXPOSE 5000\nCMD mlflow server --host 0.0.0.0 --port 5000\n',
    },
    {
      title: 'a notebook image brings its own settings',
      good: 'FROM quay.io/opendatahub/workbench-images:base-ubi9-python-3.12\nEXPOSE 8888\nCMD ["jupyter", "lab"]\n',
    },
    {
      title: 'a Compose file publishes it',
      files: { 'compose.yaml': 'services:\n  board:\n    build: .\n    ports: ["6006:6006"]\n' },
      bad: 'FROM python:3.12-slim\nENTRYPOINT [«"tensorboard"»]\nCMD ["--logdir", "/logs"]\n',
    },
    {
      title: 'a server that the script starts',
      files: {
        'main.py':
          'import uvicorn\nfrom fastapi import FastAPI\n\napp = FastAPI()\n\nif __name__ == "__main__":\n    uvicorn.run(app, port=8000)\n',
        'web/ui.py': 'from flask import Flask\n\napp = Flask(__name__)\napp.run(host="localhost", debug=False)\n',
      },
      bad: 'FROM python:3.12-slim AS a\nWORKDIR /app\nCOPY . .\nEXPOSE 8000\nCMD ["python", «"main.py"»]\n',
    },
    {
      title: 'a server that a shell script starts',
      files: { 'run.sh': '#!/bin/sh\nset -e\npython warm.py\nexec uvicorn api:app --host 127.0.0.1 --port 8000\n' },
      bad: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nEXPOSE 8000\nENTRYPOINT [«"./run.sh"»]\n',
    },
    {
      title: 'a shell script that listens everywhere, starts what it is given, or has something before the server',
      files: {
        'a.sh': 'exec uvicorn api:app --host 0.0.0.0\n',
        'b.sh': 'python warm.py\nexec "$@"\n',
        'c.sh': 'nginx\nuvicorn api:app\n',
      },
      good: 'FROM python:3.12-slim AS x\nWORKDIR /app\nCOPY . .\nEXPOSE 8000\nENTRYPOINT ["./c.sh"]\n',
    },
    {
      title: 'open, or told from elsewhere, or another port',
      files: {
        'main.py': 'import uvicorn\nfrom app import app, settings\n\nuvicorn.run(app, host=settings.host, port=8000)\n',
      },
      good: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nEXPOSE 8000\nCMD ["python", "main.py"]\n',
    },
    {
      title: 'a class that hands on where Gradio listens',
      files: {
        'app.py':
          'import gradio as gr\n\nclass App:\n    def launch(self):\n        self.blocks.queue(\n            max_size=(lambda: (1))()).launch(server_name=args.server_name)\n\napp = App()\napp.launch()\n',
      },
      good: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nEXPOSE 7860\nENTRYPOINT ["python", "app.py"]\n',
    },
    {
      title: 'told by a variable, a file or an option; another port is exposed, that of a proxy; nothing is',
      good: 'FROM python:3.12-slim\nENV UVICORN_HOST=0.0.0.0\nEXPOSE 8000\nCMD ["uvicorn", "app:app"]\n',
    },
    {
      title: 'its arguments are given when it is started',
      good: 'FROM ubuntu:24.04\nCOPY --from=ghcr.io/example/llama:1 /llama-server /usr/local/bin/\nEXPOSE 8080\nENTRYPOINT ["llama-server"]\n',
    },
    { good: 'FROM python:3.12-slim\nEXPOSE 80\nCMD ["uvicorn", "app:app", "--port", "8000"]\n' },
    { good: 'FROM python:3.12-slim\nCMD ["gunicorn", "-c", "gunicorn.py", "app:app"]\nEXPOSE 8000\n' },
    { good: 'FROM python:3.12-slim\nEXPOSE 8501\nCMD ["streamlit", "run", "app.py"]\n' },
  ],
  *check(file, world) {
    const [stage] = shippedStages(file);
    if (!stage) return;
    const isOpen = (port: string): boolean =>
      allInstructions(stage).some(
        ({ keyword, args }) => keyword === 'EXPOSE' && args.some(({ value }) => value.replace(/\/tcp$/i, '') === port),
      ) ||
      builtServices(file, world).some(
        (each) => each.stage === stage && publishedPorts(each.service.node).some(({ target }) => String(target) === port),
      );
    const starts = startCommands(file, stage);
    // A second program may be the one that is reached, and pass requests on.
    const [start] = starts;
    if (!start || starts.some(({ words }) => /^(?:nginx|caddy|haproxy|envoy|supervisord|socat|traefik)$/.test(words[0]?.value ?? '')))
      return;
    const root = rootImage(file, stage, world.options.buildArgs);
    for (const each of starts) {
      const variables = { has: (name: string) => variablesAt(file, stage, undefined, world.options.buildArgs).has(name) };
      const script = pythonScript(file, stage, each, world);
      const started = script && scriptServer(script.text, variables);
      if (script && started && isOpen(started.port))
        yield {
          span: script.word.span,
          message: `${script.path} starts its server with ${started.call}, which listens on 127.0.0.1 here: port ${started.port} of the container answers nobody outside. Give it ${started.add}.`,
        };
      const shell = scriptedStart(file, stage, each, world);
      const inside = shell && unreachable(shell.words, variables);
      if (shell && inside && isOpen(inside.port))
        yield {
          span: shell.word.span,
          message: `${shell.path} starts ${inside.tool} on 127.0.0.1${inside.given === undefined ? ', where it listens unless told otherwise' : ''}: port ${inside.port} of the container answers nobody outside. Give it ${inside.given === undefined ? inside.add.join(' ') : (inside.add[0] ?? '0.0.0.0')} there.`,
        };
      // A program without arguments gets them when the container is started.
      if (each.words.length === 1 && each.instruction.keyword === 'ENTRYPOINT') continue;
      const found = unreachable(each.words, variables);
      const word = found && each.words[found.given ?? found.after];
      if (!found || !word || !isOpen(found.port)) continue;
      if (mayBeSet(found, root)) continue;
      yield {
        span: word.span,
        message:
          found.given === undefined
            ? `«${found.tool}» listens on 127.0.0.1 unless told otherwise: port ${found.port} of the container answers nobody outside. Add ${found.add.join(' ')}.`
            : `«${found.host ?? ''}» is the container alone: port ${found.port} answers nobody outside. Listen on 0.0.0.0.`,
        fixes: fixesOf(each, found),
      };
    }
  },
});

function fixesOf({ words, instruction }: Start, { given, host = '', add, after }: Unreachable): readonly Fix[] {
  const word = words[given ?? after];
  if (!word) return [];
  const title = `Listen on ${add.at(-1) ?? '0.0.0.0'}`;
  if (given !== undefined) {
    const at = word.text.indexOf(host);
    if (at < 0) return [];
    const start = word.span.start + at;
    return [{ title, safe: true, edits: [{ span: { start, end: start + host.length }, text: add[0] ?? '' }] }];
  }
  const list = instruction.json && word.span.start > instruction.span.start && word.text.startsWith('"');
  const text = list ? add.map((each) => `, ${JSON.stringify(each)}`).join('') : ` ${add.join(' ')}`;
  return [{ title, safe: true, edits: [{ span: { start: word.span.end, end: word.span.end }, text }] }];
}
