import { composeRule } from '../../lint/rule.ts';
import { mlflowServers, serverSetting } from '../shared/mlflow.ts';
import { placeOf } from '../shared/replaceText.ts';

const drivers = [
  { scheme: /^postgres(?:ql)?(?:\+psycopg2)?:\/\//, module: 'psycopg2', what: 'psycopg2-binary', store: 'PostgreSQL' },
  { scheme: /^mysql(?:\+pymysql)?:\/\//, module: 'pymysql', what: 'pymysql', store: 'MySQL' },
] as const;

export default composeRule({
  id: 'mlflow-drivers-missing',
  severity: 'error',
  title: 'Bring the database driver to the MLflow image',
  why: 'The image `ghcr.io/mlflow/mlflow` holds MLflow and nothing else: no PostgreSQL driver, no boto3. The server ends at start with «No module named psycopg2». Build an image of your own on it that installs them.',
  looksAt: ['image', 'build', 'command', 'entrypoint', 'environment'],
  examples: [
    {
      bad: 'services:\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.4.0\n    command: mlflow server --backend-store-uri «postgresql://mlflow:x@db/mlflow»\n',
    },
    {
      bad: 'services:\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.4.0\n    environment:\n      MLFLOW_BACKEND_STORE_URI: «postgresql://mlflow:x@db/mlflow»\n',
    },
    {
      title: 'installed at start',
      good: 'services:\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.4.0\n    command: sh -c "pip install psycopg2-binary && mlflow server --backend-store-uri postgresql://mlflow:x@db/mlflow"\n',
    },
    {
      title: 'an image of one’s own',
      good: 'services:\n  mlflow:\n    build: ./mlflow\n    command: mlflow server --backend-store-uri postgresql://mlflow:x@db/mlflow\n',
    },
    {
      title: 'the full image',
      good: 'services:\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.4.0-full\n    command: mlflow server --backend-store-uri postgresql://mlflow:x@db/mlflow\n',
    },
  ],
  *check(file, { knowledge }) {
    for (const server of mlflowServers(file, knowledge)) {
      if (server.image === undefined || !/(?:^|\/)mlflow\/mlflow(?::[^-]*)?$/.test(server.image) || /\bpip\b|\buv\b/.test(server.command))
        continue;
      const uri = serverSetting(server, '--backend-store-uri', 'MLFLOW_BACKEND_STORE_URI');
      const driver = uri && drivers.find(({ scheme }) => scheme.test(uri.value));
      if (uri && driver)
        yield {
          span: placeOf(file.source, uri.node, uri.value) ?? uri.node.span,
          message: `«${server.image}» has no ${driver.store} driver: the server ends with «No module named '${driver.module}'». Build on it an image that installs ${driver.what}.`,
        };
    }
  },
});
