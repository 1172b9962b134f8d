import type { ComposeFile, MapNode } from '../../compose/model.ts';
import type { Instruction } from '../../dockerfile/model.ts';
import { rootImage } from '../../dockerfile/scope.ts';
import { composeRule, type World } from '../../lint/rule.ts';
import { imageReference } from '../../text/imageReference.ts';
import { serviceBuild } from '../shared/composeImage.ts';
import { installedRequirements } from '../shared/installedRequirements.ts';
import { mlflowServers, serverSetting } from '../shared/mlflow.ts';
import { placeOf } from '../shared/replaceText.ts';
import { stagePackages } from '../shared/stagePackages.ts';
import { stageText } from '../shared/stageText.ts';

const drivers = [
  { scheme: /^postgres(?:ql)?(?:\+psycopg2)?:\/\//, module: 'psycopg2', what: 'psycopg2-binary', store: 'PostgreSQL', brings: /psycopg2/ },
  { scheme: /^mysql(?:\+pymysql)?:\/\//, module: 'pymysql', what: 'pymysql', store: 'MySQL', brings: /pymysql|mysqlclient/ },
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
      title: 'an image of one’s own without it',
      files: { 'mlflow/Dockerfile': 'FROM python:3.12-slim\nRUN pip install mlflow==3.4.0 boto3\n' },
      bad: 'services:\n  mlflow:\n    build: ./mlflow\n    command: mlflow server --backend-store-uri «postgresql://mlflow:x@db/mlflow»\n',
    },
    {
      title: 'an image of one’s own with it, by an extra',
      files: { 'mlflow/Dockerfile': 'FROM python:3.12-slim\nRUN pip install "mlflow[db]==3.4.0"\n' },
      good: 'services:\n  mlflow:\n    build: ./mlflow\n    command: mlflow server --backend-store-uri postgresql://mlflow:x@db/mlflow\n',
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
  *check(file, world) {
    for (const server of mlflowServers(file, world.knowledge)) {
      const uri = serverSetting(server, '--backend-store-uri', 'MLFLOW_BACKEND_STORE_URI');
      const driver = uri && drivers.find(({ scheme }) => scheme.test(uri.value));
      if (!uri || !driver || /\bpip\b|\buv\b/.test(server.command)) continue;
      const span = placeOf(file.source, uri.node, uri.value) ?? uri.node.span;
      if (server.image === undefined) {
        const built = builtWithout(file, server.service.node, driver.brings, world);
        if (built !== undefined)
          yield {
            span,
            severity: 'warning',
            message: `${built} installs mlflow and no ${driver.store} driver: the server ends with «No module named '${driver.module}'». Install ${driver.what} there too.`,
          };
      } else if (/(?:^|\/)mlflow\/mlflow(?::[^-]*)?$/.test(server.image))
        yield {
          span,
          message: `«${server.image}» has no ${driver.store} driver: the server ends with «No module named '${driver.module}'». Build on it an image that installs ${driver.what}.`,
        };
    }
  },
});

/** The Dockerfile of a service, when all that it installs is known, mlflow is among it, and nothing that could bring the driver. */
function builtWithout(file: ComposeFile, service: MapNode, brings: RegExp, world: World): string | undefined {
  const built = serviceBuild(file, service, world);
  const root = built && rootImage(built.dockerfile, built.stage, built.buildArgs);
  if (!built || root === undefined || imageReference(root).name !== 'python') return undefined;
  const { dockerfile, stage, buildArgs } = built;
  const there = { ...world, options: { ...world.options, buildArgs } };
  const packages = stagePackages(dockerfile, stage, there);
  const complete = packages.every((each) => installedRequirements(dockerfile, each.stage, each.install, world.files).complete);
  // An extra, or a package about databases, may bring one.
  const open = packages.some(
    ({ requirement: { name, extras, url } }) =>
      extras.length > 0 || url !== undefined || brings.test(name) || /postgres|mysql|airflow|feast/.test(name),
  );
  const mlflow = packages.some(({ requirement }) => requirement.name === 'mlflow');
  const others = /psycopg|pymysql|mysqlclient|conda/i.test(stageText(stage)) || stage.instructions.some(copiesFrom);
  return complete && mlflow && !open && !others ? dockerfile.source.path : undefined;
}

const copiesFrom = ({ keyword, flags }: Instruction): boolean => keyword === 'COPY' && flags.some(({ name }) => name === 'from');
