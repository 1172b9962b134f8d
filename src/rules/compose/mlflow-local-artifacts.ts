import { composeRule } from '../../lint/rule.ts';
import type { Service } from '../../compose/model.ts';
import { mlflowServers, othersText, serverSetting } from '../shared/mlflow.ts';
import { serviceMounts, within } from '../shared/published.ts';

export default composeRule({
  id: 'mlflow-local-artifacts',
  severity: 'info',
  quiet: 'It works where clients mount the same path, which the file cannot always show.',
  title: 'Let the MLflow server take artifacts in',
  why: '`--default-artifact-root /path` is told to the clients, which write to that path themselves, each in its own container: the server never sees the files. `--artifacts-destination /path` lets clients upload to the server.',
  reach: 'file',
  examples: [
    {
      title: 'the same volume at the same place',
      good: 'services:\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v2.18.0\n    command: mlflow server --host 0.0.0.0 --default-artifact-root /data/art\n    volumes: ["runs:/data"]\n  train:\n    image: t:1\n    environment: ["MLFLOW_TRACKING_URI=http://mlflow:5000"]\n    volumes: ["runs:/data"]\nvolumes:\n  runs:\n',
    },
    {
      bad: 'services:\n  mlflow:\n    build: ./mlflow\n    command: «mlflow server --default-artifact-root /mlflow/artifacts --host 0.0.0.0»\n  train:\n    build: ./train\n    environment:\n      MLFLOW_TRACKING_URI: http://mlflow:5000\n',
      good: 'services:\n  mlflow:\n    build: ./mlflow\n    command: mlflow server --artifacts-destination /mlflow/artifacts --host 0.0.0.0\n  train:\n    build: ./train\n    environment:\n      MLFLOW_TRACKING_URI: http://mlflow:5000\n',
    },
    {
      title: 'nobody else logs',
      good: 'services:\n  mlflow:\n    build: ./mlflow\n    command: mlflow server --default-artifact-root /mlflow/artifacts\n',
    },
    {
      title: 'a shared volume',
      good: 'services:\n  mlflow:\n    build: ./mlflow\n    command: mlflow server --default-artifact-root /artifacts\n    volumes: ["art:/artifacts"]\n  train:\n    build: ./train\n    environment: {MLFLOW_TRACKING_URI: "http://mlflow:5000"}\n    volumes: ["art:/artifacts"]\n',
    },
  ],
  *check(file, { knowledge }) {
    for (const server of mlflowServers(file, knowledge)) {
      const root = serverSetting(server, '--default-artifact-root', 'MLFLOW_DEFAULT_ARTIFACT_ROOT');
      if (!root || !/^(?:file:\/\/)?(?:\.{0,2}\/)/.test(root.value) || server.command.includes('--artifacts-destination')) continue;
      const others = othersText(file, server.service);
      const path = root.value.replace(/^file:\/\//, '').replace(/\/$/, '');
      if (!/MLFLOW_TRACKING_URI/.test(others) || others.includes(`:${path}`)) continue;
      // A client that mounts the same volume, or a folder above it, at the same place.
      const shared = serviceMounts(server.service.node).filter(({ target }) => within(path, target));
      const alike = ({ node }: Service): boolean =>
        serviceMounts(node).some(({ source, target }) => shared.some((own) => own.source === source && own.target === target));
      if (file.services.some((each) => each !== server.service && alike(each))) continue;
      const option = '--default-artifact-root';
      const at = file.source.text.indexOf(option, root.node.span.start);
      yield {
        span: root.node.span,
        message: `Clients write to «${root.value}» in their own containers, so the server never gets the files. Use --artifacts-destination ${root.value}: clients then upload to the server.`,
        fixes:
          at >= 0 && at < root.node.span.end
            ? [
                {
                  title: 'Use --artifacts-destination',
                  safe: false,
                  edits: [{ span: { start: at, end: at + option.length }, text: '--artifacts-destination' }],
                },
              ]
            : [],
      };
    }
  },
});
