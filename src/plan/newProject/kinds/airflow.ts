import { projectName, upCommand } from '../compose.ts';
import { dockerignore } from '../ignoreFiles.ts';
import type { ProjectKind } from '../kind.ts';
import { copyLines, leaveOut } from '../requirementFiles.ts';
import { builtOnTorch } from '../stack.ts';

const dag = `"""Three steps that hand a number on: put your own pipeline here."""

from datetime import datetime

from airflow.sdk import dag, task


@dag(schedule=None, start_date=datetime(2026, 1, 1), catchup=False, tags=["ml"])
def pipeline():
    @task
    def extract() -> list[float]:
        return [1.0, 2.0, 3.0]

    @task
    def train(values: list[float]) -> float:
        return sum(values) / len(values)

    @task
    def report(result: float) -> None:
        print(f"the mean is {result}")

    report(train(extract()))


pipeline()
`;

const kind: ProjectKind = {
  id: 'airflow',
  title: 'Airflow 3 pipeline',
  detail: 'API server, scheduler and DAG processor with PostgreSQL',
  python: false,
  installs: true,
  gpu: 'no',
  suits: ({ packages, imports, paths }) =>
    packages.has('apache-airflow') || imports.has('airflow') || [...paths].some((path) => path.startsWith('dags/'))
      ? 'there are DAGs'
      : undefined,
  make({ survey }, { starters }) {
    const requirements = survey.dependencies === 'requirements.txt' && !survey.installsFolder ? survey.file : undefined;
    const { airflow, postgres } = starters.images;
    const file = requirements ?? 'requirements.txt';
    const torch = survey.packages.has('torch');
    const compiled = builtOnTorch(survey);
    const list = compiled.length ? '/tmp/dags.txt' : `/${file}`;
    const files = survey.files.map((path) => `/${path}`);
    const without = compiled.length
      ? `# Without ${compiled.join(' and ')}, which needs a GPU: such a task belongs into an image of its own.\n${leaveOut(compiled, files, list)}\n`
      : '';
    const index = torch ? '--extra-index-url https://download.pytorch.org/whl/cpu ' : '';
    const dockerfile = `FROM ${airflow}

${requirements === undefined ? `COPY ${file} /` : copyLines(survey.files, '/')}
${without}# With Airflow's own version named, nothing else can replace it.
RUN pip install --no-cache-dir ${index}"apache-airflow==\${AIRFLOW_VERSION}" -r ${list}
`;
    const compose = `name: ${projectName(survey)}

x-airflow: &airflow
  build: .
  environment: &environment
    AIRFLOW__CORE__EXECUTOR: LocalExecutor
    AIRFLOW__CORE__AUTH_MANAGER: airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager
    AIRFLOW__CORE__EXECUTION_API_SERVER_URL: http://airflow:8080/execution/
    AIRFLOW__CORE__FERNET_KEY: \${AIRFLOW_FERNET_KEY:?set it in .env}
    AIRFLOW__CORE__LOAD_EXAMPLES: "false"
    AIRFLOW__API__SECRET_KEY: \${AIRFLOW_SECRET_KEY:?set it in .env}
    AIRFLOW__API_AUTH__JWT_SECRET: \${AIRFLOW_JWT_SECRET:?set it in .env}
    AIRFLOW__DATABASE__SQL_ALCHEMY_CONN: postgresql+psycopg2://airflow:\${POSTGRES_PASSWORD:?set it in .env}@postgres:5432/airflow
    AIRFLOW__SCHEDULER__ENABLE_HEALTH_CHECK: "true"
  volumes:
    - ./dags:/opt/airflow/dags:ro
    - logs:/opt/airflow/logs
${torch || survey.loadsInParallel ? '  # Tasks run in the scheduler: data loaders hand tensors over through shared memory.\n  shm_size: 2gb\n' : ''}  restart: unless-stopped
  depends_on: &ready
    postgres:
      condition: service_healthy
    airflow-init:
      condition: service_completed_successfully

services:
  postgres:
    image: ${postgres}
    restart: unless-stopped
    environment:
      POSTGRES_USER: airflow
      POSTGRES_PASSWORD: \${POSTGRES_PASSWORD:?set it in .env}
      POSTGRES_DB: airflow
    volumes:
      - postgres-data:/var/lib/postgresql/data
    healthcheck:
      test: ["CMD-SHELL", "pg_isready -U airflow -d airflow"]
      interval: 10s
      timeout: 5s
      retries: 6
      start_period: 10s

  # Makes the tables and the first user, and ends.
  airflow-init:
    <<: *airflow
    command: version
    environment:
      <<: *environment
      _AIRFLOW_DB_MIGRATE: "true"
      _AIRFLOW_WWW_USER_CREATE: "true"
      _AIRFLOW_WWW_USER_USERNAME: admin
      _AIRFLOW_WWW_USER_PASSWORD: \${AIRFLOW_PASSWORD:?set it in .env}
    restart: "no"
    depends_on:
      postgres:
        condition: service_healthy

  airflow:
    <<: *airflow
    command: api-server
    ports:
      - "127.0.0.1:8080:8080"
    healthcheck:
      test: ["CMD", "curl", "--fail", "http://localhost:8080/api/v2/version"]
      interval: 30s
      timeout: 10s
      retries: 5
      start_period: 60s

  scheduler:
    <<: *airflow
    command: scheduler
    healthcheck:
      test: ["CMD", "curl", "--fail", "http://localhost:8974/health"]
      interval: 30s
      timeout: 10s
      retries: 5
      start_period: 60s
    depends_on:
      <<: *ready
      airflow:
        condition: service_healthy

  dag-processor:
    <<: *airflow
    command: dag-processor
    healthcheck:
      test: ["CMD-SHELL", 'airflow jobs check --job-type DagProcessorJob --hostname "$\${HOSTNAME}"']
      interval: 30s
      timeout: 20s
      retries: 5
      start_period: 60s

volumes:
  postgres-data:
  logs:
`;
    return {
      files: [
        { path: 'Dockerfile', text: dockerfile },
        dockerignore(survey),
        { path: 'compose.yaml', text: compose },
        ...(requirements === undefined ? [{ path: file, text: '# Packages that your DAGs import, one a line.\n' }] : []),
        ...([...survey.paths].some((path) => path.startsWith('dags/')) ? [] : [{ path: 'dags/pipeline.py', text: dag }]),
      ],
      secrets: ['POSTGRES_PASSWORD', 'AIRFLOW_FERNET_KEY', 'AIRFLOW_SECRET_KEY', 'AIRFLOW_JWT_SECRET', 'AIRFLOW_PASSWORD'],
      start: upCommand(false, 'up --build -d'),
    };
  },
};
export default kind;
