import { composeRule } from '../../lint/rule.ts';
import { get, text } from '../../compose/model.ts';
import { mlflowServers, serverSetting } from '../shared/mlflow.ts';
import { serviceMounts, within } from '../shared/published.ts';
import { replaceText } from '../shared/replaceText.ts';

export default composeRule({
  id: 'mlflow-sqlite-relative',
  severity: 'info',
  title: 'Say where the SQLite file is',
  why: '`sqlite:///mlflow.db` is relative to the working directory of the container; four slashes make the path absolute. Beside the volume, all runs are lost with the container.',
  looksAt: ['image', 'build', 'command', 'entrypoint', 'environment', 'volumes', 'working_dir'],
  examples: [
    {
      bad: 'services:\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.4.0\n    command: «mlflow server --backend-store-uri sqlite:///mlflow.db»\n    volumes: ["data:/mlflow"]\n',
      good: 'services:\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.4.0\n    command: mlflow server --backend-store-uri sqlite:////mlflow/mlflow.db\n    volumes: ["data:/mlflow"]\n',
    },
    {
      good: 'services:\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.4.0\n    command: mlflow server --backend-store-uri sqlite:////mlflow/mlflow.db\n    volumes: ["data:/mlflow"]\n',
    },
    {
      good: 'services:\n  mlflow:\n    build: .\n    working_dir: /mlflow\n    command: mlflow server --backend-store-uri sqlite:///mlflow.db\n',
    },
  ],
  *check(file, { knowledge }) {
    for (const server of mlflowServers(file, knowledge)) {
      const uri = serverSetting(server, '--backend-store-uri', 'MLFLOW_BACKEND_STORE_URI');
      if (!uri || server.image === undefined || text(get(server.service.node, 'working_dir')) !== undefined) continue;
      const path = /^sqlite:\/\/\/(?!\/)(.+)$/.exec(uri.value)?.[1];
      const [folder, ...others] = serviceMounts(server.service.node).filter(({ target, readOnly }) => !readOnly && !/\.\w+$/.test(target));
      const right = folder && !others.length ? `sqlite:///${folder.target.replace(/\/+$/, '')}/${path ?? ''}` : undefined;
      // From `/` it leads where the volume is, as long as nobody changes the working directory.
      const kept =
        path !== undefined && serviceMounts(server.service.node).some(({ target }) => within(`/${path.replace(/^\.\//, '')}`, target));
      if (path !== undefined && !kept && !/\bcd\s/.test(server.command))
        yield {
          span: uri.node.span,
          message: `«${uri.value}» is relative to the working directory, which is / in this image: the file is /${path}, outside a volume. Write four slashes and the whole path: ${right ?? `sqlite:////mlflow/${path}`}.`,
          fixes: right !== undefined && uri.node.kind === 'scalar' ? replaceText(file.source, uri.node, right, false, uri.value) : [],
        };
    }
  },
});
