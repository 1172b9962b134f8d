import { environmentOf } from '../../compose/insert.ts';
import { entry, get, type MapNode, type Node } from '../../compose/model.ts';
import { composeRule, type Fix } from '../../lint/rule.ts';
import { slice, type Source } from '../../text/text.ts';
import { mlflowServers } from '../shared/mlflow.ts';

/** Names that look like settings of the server, and the ones it reads. */
const unread: Readonly<Record<string, string>> = {
  BACKEND_STORE_URI: 'MLFLOW_BACKEND_STORE_URI',
  ARTIFACT_ROOT: 'MLFLOW_DEFAULT_ARTIFACT_ROOT',
  DEFAULT_ARTIFACT_ROOT: 'MLFLOW_DEFAULT_ARTIFACT_ROOT',
  MLFLOW_ARTIFACT_ROOT: 'MLFLOW_DEFAULT_ARTIFACT_ROOT',
  MLFLOW_ARTIFACT_URI: 'MLFLOW_DEFAULT_ARTIFACT_ROOT',
  MLFLOW_S3_ENDPOINT: 'MLFLOW_S3_ENDPOINT_URL',
  S3_ENDPOINT_URL: 'MLFLOW_S3_ENDPOINT_URL',
  MLFLOW_BACKEND_URI: 'MLFLOW_BACKEND_STORE_URI',
  MLFLOW_SERVER_HOST: 'MLFLOW_HOST',
  MLFLOW_SERVER_PORT: 'MLFLOW_PORT',
};

export default composeRule({
  id: 'mlflow-unread-env',
  severity: 'info',
  title: 'Use the variables that the MLflow server reads',
  why: 'MLflow reads its settings from variables with exact names. Others have no effect, and the server starts with its defaults: a local SQLite file.',
  looksAt: ['image', 'build', 'command', 'entrypoint', 'environment'],
  examples: [
    {
      bad: 'services:\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.4.0\n    command: mlflow server --host 0.0.0.0\n    environment:\n      BACKEND_STORE_URI: «sqlite:////data/mlflow.db»\n',
      good: 'services:\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.4.0\n    command: mlflow server --host 0.0.0.0\n    environment:\n      MLFLOW_BACKEND_STORE_URI: sqlite:////data/mlflow.db\n',
    },
    {
      title: 'the command uses it',
      good: 'services:\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.4.0\n    command: sh -c "mlflow server --backend-store-uri $$BACKEND_STORE_URI"\n    environment:\n      BACKEND_STORE_URI: postgresql://db/mlflow\n',
    },
    {
      good: 'services:\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.4.0\n    environment:\n      MLFLOW_BACKEND_STORE_URI: postgresql://db/mlflow\n',
    },
  ],
  *check(file, { knowledge }) {
    for (const { service, command, image } of mlflowServers(file, knowledge)) {
      // An image of one's own may have a script that reads them.
      if (image === undefined || !/(?:^|\/)mlflow\/mlflow(?::|$)/.test(image) || /\.sh\b/.test(command)) continue;
      const environment = environmentOf(service.node);
      for (const [name, { node }] of environment) {
        const right = Object.hasOwn(unread, name) ? unread[name] : undefined;
        if (right !== undefined && !command.includes(name))
          yield {
            span: node.span,
            message: `MLflow does not read ${name}: the server starts with its default. The variable is ${right}.`,
            fixes: environment.has(right) ? [] : renamed(file.source, service.node, node, name, right),
          };
      }
    }
  },
});

/** A fix that gives a variable another name, in the form the service has. */
function renamed(file: Source, service: MapNode, node: Node, name: string, right: string): readonly Fix[] {
  const environment = get(service, 'environment');
  const from = environment?.kind === 'list' ? node.span.start : (entry(environment, name)?.keySpan.start ?? -1);
  const start = from + (/["']/.test(file.text[from] ?? '') ? 1 : 0);
  const span = { start, end: start + name.length };
  return from >= 0 && slice(file, span) === name ? [{ title: `Name it ${right}`, safe: false, edits: [{ span, text: right }] }] : [];
}
