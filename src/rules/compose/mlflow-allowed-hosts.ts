import { addVariable, environmentOf } from '../../compose/insert.ts';
import { entry, type ComposeFile, type Service } from '../../compose/model.ts';
import { composeRule, type World } from '../../lint/rule.ts';
import { builtMlflow, mlflowServers, othersText } from '../shared/mlflow.ts';
import { compareVersions } from '../shared/pins.ts';
import { envFilesOf, envFileVariables } from '../shared/serviceSettings.ts';

export default composeRule({
  id: 'mlflow-allowed-hosts',
  severity: 'warning',
  quiet: 'The server runs; requests by another name than the service’s are answered.',
  title: 'Allow the service name as host of the MLflow server',
  why: 'From 3.5 on, MLflow answers requests only for host names it knows: localhost and private addresses. Other services that call `http://mlflow:5000` get «403 Invalid Host header» until `--allowed-hosts` or `MLFLOW_SERVER_ALLOWED_HOSTS` names it.',
  reach: 'file',
  examples: [
    {
      title: 'a server that is built here',
      files: { Dockerfile: 'FROM python:3.12-slim\nRUN pip install mlflow==3.7.0\nCMD ["mlflow", "server", "--host", "0.0.0.0"]\n' },
      bad: 'services:\n  mlflow:\n    build: «.»\n  train:\n    image: t:1\n    environment: {MLFLOW_TRACKING_URI: "http://mlflow:5000"}\n',
    },
    {
      bad: 'services:\n  mlflow:\n    image: «ghcr.io/mlflow/mlflow:v3.5.0»\n    command: mlflow server --host 0.0.0.0\n  train:\n    build: .\n    environment:\n      MLFLOW_TRACKING_URI: http://mlflow:5000\n',
      good: 'services:\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.5.0\n    environment:\n      MLFLOW_SERVER_ALLOWED_HOSTS: "mlflow:5000,localhost:5000"\n    command: mlflow server --host 0.0.0.0\n  train:\n    build: .\n    environment:\n      MLFLOW_TRACKING_URI: http://mlflow:5000\n',
    },
    {
      title: 'clients and server are told by env files',
      files: { 'train.env': 'MLFLOW_TRACKING_URI=http://mlflow:5000\n', 'server.env': 'MLFLOW_PORT=5000\n' },
      bad: 'services:\n  mlflow:\n    image: «ghcr.io/mlflow/mlflow:v3.5.0»\n    command: mlflow server --host 0.0.0.0\n    env_file: server.env\n  train:\n    build: .\n    env_file: train.env\n',
    },
    {
      title: 'an env file allows it, or may',
      files: { 'train.env': 'MLFLOW_TRACKING_URI=http://mlflow:5000\n', 'server.env': 'MLFLOW_SERVER_ALLOWED_HOSTS=*\n' },
      good: 'services:\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.5.0\n    command: mlflow server --host 0.0.0.0\n    env_file: [server.env]\n  other:\n    image: ghcr.io/mlflow/mlflow:v3.5.0\n    command: mlflow server --host 0.0.0.0\n    env_file: [{path: mine.env, required: false}]\n  train:\n    build: .\n    env_file: train.env\n',
    },
    {
      title: 'older servers do not ask',
      good: 'services:\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.4.0\n    command: mlflow server --host 0.0.0.0\n  train:\n    build: .\n    environment: {MLFLOW_TRACKING_URI: "http://mlflow:5000"}\n',
    },
    {
      title: 'allowed',
      good: 'services:\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.5.0\n    command: mlflow server --host 0.0.0.0 --allowed-hosts "*"\n  train:\n    build: .\n    environment: {MLFLOW_TRACKING_URI: "http://mlflow:5000"}\n',
    },
  ],
  *check(file, world) {
    const { knowledge, today } = world;
    const built = file.services.flatMap((service) => {
      const found = builtMlflow(file, service.node, world);
      return found ? [{ service, command: file.source.text.slice(service.span.start, service.span.end), ...found }] : [];
    });
    for (const { service, version, command } of [...mlflowServers(file, knowledge), ...built]) {
      const latest = version === 'latest' && today >= '2025-11-01';
      if (version === undefined || (!latest && (version === 'latest' || compareVersions(version, '3.5') < 0))) continue;
      if (/--allowed-hosts|--disable-security/.test(command) || entry(service.node, 'extends')) continue;
      const given = envFileVariables(file, service.node, world);
      if (
        !given ||
        [...given.keys(), ...environmentOf(service.node).keys()].some((name) =>
          /^MLFLOW_SERVER_(?:ALLOWED_HOSTS|DISABLE_SECURITY)/.test(name),
        )
      )
        continue;
      const client = [...clientsText(file, service, world).matchAll(/https?:\/\/(([\w.-]+):\d+)/g)].find(
        ([, , host]) => host === service.name,
      )?.[1];
      const image = (entry(service.node, 'image') ?? entry(service.node, 'build'))?.value;
      if (client === undefined || !image) continue;
      const port = client.slice(client.indexOf(':') + 1);
      const hosts = `${client},localhost:${port}`;
      const edit = addVariable(file.source, service.node, 'MLFLOW_SERVER_ALLOWED_HOSTS', hosts);
      yield {
        span: image.span,
        message: `MLflow ${latest ? '3.5 and later' : version} answers «403 Invalid Host header» to http://${client}, which other services of this file use. Set MLFLOW_SERVER_ALLOWED_HOSTS to ${hosts}.`,
        fixes: edit ? [{ title: `Allow ${client}`, safe: true, edits: [edit] }] : [],
      };
    }
  },
});

/** What the other services say, in the file and in the env files that they name. */
const clientsText = (file: ComposeFile, server: Service, { files }: World): string =>
  [
    othersText(file, server),
    ...file.services.flatMap((each) =>
      each === server ? [] : envFilesOf(file, each.node, files).map(({ content = '' }) => content.replace(/^\s*#.*/gm, '')),
    ),
  ].join('\n');
