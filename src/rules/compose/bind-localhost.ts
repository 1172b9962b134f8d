import { environmentOf } from '../../compose/insert.ts';
import { get } from '../../compose/model.ts';
import { rootImage, variablesAt } from '../../dockerfile/scope.ts';
import { composeRule } from '../../lint/rule.ts';
import { commandScript, lastOf } from '../shared/commandScript.ts';
import { serviceBuild, serviceImage } from '../shared/composeImage.ts';
import { mayBeSet, unreachable } from '../shared/localServers.ts';
import { publishedPorts } from '../shared/published.ts';
import { replaceText } from '../shared/replaceText.ts';
import { commandWords } from '../shared/serviceCommand.ts';
import { launched } from '../shared/startCommand.ts';

export default composeRule({
  id: 'bind-localhost',
  severity: 'warning',
  title: 'Let servers listen on all addresses of the container',
  why: '127.0.0.1 inside a container is the container alone: a published port reaches the container’s own address, where nothing listens, and answers «connection reset» or «empty reply». To keep a port private, publish it on 127.0.0.1 of the host instead: `"127.0.0.1:5000:5000"`.',
  looksAt: ['image', 'build', 'command', 'entrypoint', 'environment', 'env_file', 'ports', 'network_mode'],
  examples: [
    {
      title: 'at the end of a script',
      bad: 'services:\n  api:\n    image: python:3.12-slim\n    command: «bash -c "pip install -r requirements.txt && uvicorn app:app --port 8080"»\n    ports: ["8080:8080"]\n  two:\n    image: python:3.12-slim\n    command: bash -c "uvicorn a:app --port 9000 & nginx"\n    ports: ["9000:9000"]\n',
    },
    {
      bad: 'services:\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.4.0\n    command: «mlflow server --backend-store-uri sqlite:////db/mlflow.db»\n    ports: ["5000:5000"]\n',
    },
    {
      bad: 'services:\n  api:\n    image: api:1\n    command: ["uvicorn", "app:app", "--host", «"127.0.0.1"»]\n    ports: ["8000:8000"]\n',
      good: 'services:\n  api:\n    image: api:1\n    command: ["uvicorn", "app:app", "--host", "0.0.0.0"]\n    ports: ["8000:8000"]\n',
    },
    {
      title: 'not published, told by a variable, or the network of the host',
      good: 'services:\n  a:\n    image: a:1\n    command: uvicorn app:app\n  b:\n    image: b:1\n    command: uvicorn app:app\n    environment:\n      UVICORN_HOST: 0.0.0.0\n    ports: ["8000:8000"]\n  c:\n    image: c:1\n    command: uvicorn app:app\n    network_mode: host\n    ports: ["8000:8000"]\n',
    },
    {
      title: 'an image for notebooks, whose settings say it',
      good: 'services:\n  lab:\n    image: quay.io/jupyter/scipy-notebook:2025-12-31\n    entrypoint: [jupyter, lab]\n    ports: ["127.0.0.1:8888:8888"]\n',
    },
    {
      title: 'the Dockerfile sets the variable',
      files: { Dockerfile: 'FROM python:3.12-slim\nENV MLFLOW_HOST=0.0.0.0\n' },
      good: 'services:\n  a:\n    build: .\n    command: mlflow server\n    ports: ["5000:5000"]\n',
    },
  ],
  *check(file, world) {
    for (const { name, node } of file.services) {
      if (get(node, 'network_mode') || get(node, 'env_file') || get(node, 'extends')) continue;
      const command = get(node, 'command') ?? get(node, 'entrypoint');
      const script = commandScript(node);
      const last = script && lastOf(script);
      // Of a script the last command stays.
      const words = launched(last ? last.words.map(({ value }) => ({ value, node: script.node })) : commandWords(node));
      if (!command || !words.length || words.some(({ value }) => /^(?:nginx|caddy|supervisord|socat)$/.test(value))) continue;
      const build = serviceBuild(file, node, world);
      const set = build && variablesAt(build.dockerfile, build.stage, undefined, build.buildArgs);
      const own = environmentOf(node);
      const found = unreachable(words, { has: (variable) => own.has(variable) || (set?.has(variable) ?? false) });
      const port = publishedPorts(node).find(({ target }) => String(target) === found?.port);
      const at = found && words[found.given ?? found.after]?.node;
      if (!found || !port || !at) continue;
      const image = build ? rootImage(build.dockerfile, build.stage, build.buildArgs) : serviceImage(node);
      if (mayBeSet(found, image)) continue;
      yield {
        span: at.span,
        message:
          found.given === undefined
            ? `«${found.tool}» listens on 127.0.0.1 unless told otherwise: port ${found.port} of «${name}» answers nobody. Add ${found.add.join(' ')}.`
            : `«${found.host ?? ''}» is the container alone: port ${found.port} of «${name}» answers nobody. Listen on 0.0.0.0.`,
        fixes:
          found.given !== undefined && at.kind === 'scalar'
            ? replaceText(file.source, at, found.add[0] ?? '0.0.0.0', true, found.host)
            : [],
      };
    }
  },
});
