import { platform, upCommand } from '../compose.ts';
import type { ProjectKind } from '../kind.ts';

const kind: ProjectKind = {
  id: 'mlflow',
  title: 'MLflow platform',
  detail: 'Tracking and model registry with PostgreSQL, an object store and its bucket',
  python: false,
  gpu: 'no',
  suits: ({ packages, imports }) => (packages.has('mlflow') || imports.has('mlflow') ? 'the code logs to MLflow' : undefined),
  make: ({ survey }, tables) => ({ ...platform(survey, ['mlflow'], tables), start: upCommand(false, 'up --build -d') }),
};
export default kind;
