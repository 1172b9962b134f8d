import { readEnv } from '../../compose/envFile.ts';
import { environmentOf } from '../../compose/insert.ts';
import { rootImage } from '../../dockerfile/scope.ts';
import { composeRule } from '../../lint/rule.ts';
import { imageReference } from '../../text/imageReference.ts';
import { serviceBuild } from '../shared/composeImage.ts';
import { compareVersions } from '../shared/pins.ts';
import { imageServices } from '../shared/serviceImages.ts';
import { envFilesOf } from '../shared/serviceSettings.ts';

const renamed: Readonly<Record<string, string>> = {
  AIRFLOW__CORE__SQL_ALCHEMY_CONN: 'AIRFLOW__DATABASE__SQL_ALCHEMY_CONN',
  AIRFLOW__CORE__SQL_ALCHEMY_SCHEMA: 'AIRFLOW__DATABASE__SQL_ALCHEMY_SCHEMA',
  AIRFLOW__CORE__BASE_LOG_FOLDER: 'AIRFLOW__LOGGING__BASE_LOG_FOLDER',
  AIRFLOW__CORE__REMOTE_LOGGING: 'AIRFLOW__LOGGING__REMOTE_LOGGING',
  AIRFLOW__CORE__REMOTE_BASE_LOG_FOLDER: 'AIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER',
};

export default composeRule({
  id: 'airflow-old-env',
  severity: 'warning',
  quiet: 'Airflow 2 still reads most of the old names, with a warning; only version 3 ignores them.',
  title: 'Use the settings’ current names in Airflow',
  why: 'The database settings moved from `[core]` to `[database]` in Airflow 2.3, logging to `[logging]` in 2.0. Under the old name, newer versions ignore them and fall back to SQLite in the container.',
  reach: 'file',
  examples: [
    {
      title: 'the version of what is built here',
      files: { Dockerfile: 'FROM apache/airflow:2.2.3\n' },
      good: 'services:\n  web:\n    build: .\n    environment: {AIRFLOW__CORE__SQL_ALCHEMY_CONN: "postgresql://x"}\n',
    },
    {
      title: 'before the new name',
      good: 'services:\n  web:\n    image: apache/airflow:1.10.15\n    environment: ["AIRFLOW__CORE__SQL_ALCHEMY_CONN=postgresql://x"]\n',
    },
    {
      title: 'between brackets',
      bad: 'services:\n  web:\n    image: apache/airflow:3.0.2\n    environment: ["«AIRFLOW__CORE__SQL_ALCHEMY_CONN»=postgresql://x"]\n',
      good: 'services:\n  web:\n    image: apache/airflow:3.0.2\n    environment: ["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN=postgresql://x"]\n',
    },
    {
      bad: 'services:\n  web:\n    image: apache/airflow:2.10.5\n    environment:\n      «AIRFLOW__CORE__SQL_ALCHEMY_CONN»: postgresql+psycopg2://db/airflow\n',
      good: 'services:\n  web:\n    image: apache/airflow:2.10.5\n    environment:\n      AIRFLOW__DATABASE__SQL_ALCHEMY_CONN: postgresql+psycopg2://db/airflow\n',
    },
    {
      title: 'in an env file of several services',
      files: { 'airflow.env': 'AIRFLOW__CORE__SQL_ALCHEMY_CONN=postgresql://x\n' },
      bad: 'services:\n  web:\n    image: apache/airflow:2.10.5\n    env_file: «airflow.env»\n  scheduler:\n    image: apache/airflow:2.10.5\n    env_file: airflow.env\n',
    },
    {
      title: 'both are set in an env file',
      files: { 'airflow.env': 'AIRFLOW__CORE__SQL_ALCHEMY_CONN=x\nAIRFLOW__DATABASE__SQL_ALCHEMY_CONN=x\n' },
      good: 'services:\n  web:\n    image: apache/airflow:2.10.5\n    env_file: airflow.env\n',
    },
    {
      title: 'both are set',
      good: 'x-env: &env\n  AIRFLOW__CORE__SQL_ALCHEMY_CONN: a\n  AIRFLOW__DATABASE__SQL_ALCHEMY_CONN: a\nservices:\n  web:\n    image: apache/airflow:2.10.5\n    environment: *env\n',
    },
  ],
  *check(file, world) {
    const { text } = file.source;
    const said = new Map(
      file.services
        .flatMap(({ node }) => envFilesOf(file, node, world.files))
        .toReversed()
        .flatMap((each) => (each.content?.includes('AIRFLOW__CORE__') ? [[each.path, each] as const] : [])),
    );
    if (!text.includes('AIRFLOW__CORE__') && !said.size) return;
    const inFiles = [...said.values()].map((each) => ({ ...each, names: new Set(readEnv(each.content ?? '', () => '').keys()) }));
    const names = new Set([
      ...file.services.flatMap(({ node }) => [...environmentOf(node).keys()]),
      ...inFiles.flatMap((each) => [...each.names]),
    ]);
    // Before these versions the old name is the only one.
    const built = file.services.flatMap(({ node }) => {
      const build = serviceBuild(file, node, world);
      const root = build && rootImage(build.dockerfile, build.stage, build.buildArgs);
      return root === undefined ? [] : [imageReference(root)];
    });
    const versions = [...imageServices(file).map(({ parts }) => parts), ...built].flatMap(({ name, tag }) =>
      /airflow/.test(name) ? (/^(\d+\.\d+)/.exec(tag ?? '')?.[1] ?? []) : [],
    );
    const before = (first: string): boolean => versions.some((version) => compareVersions(version, first) < 0);
    for (const [old, now] of Object.entries(renamed)) {
      if (!names.has(old) || names.has(now) || before(now.includes('DATABASE') ? '2.3' : '2.0')) continue;
      for (const each of inFiles)
        if (each.names.has(old))
          yield {
            span: each.node.span,
            message: `Airflow reads ${now}; ${old} of ${each.path ?? ''} is the name of before and is ignored by newer versions.`,
          };
      for (const match of text.matchAll(new RegExp(`(?:^[ \\t-]*|[[{,][ \\t]*)["']?(${old})(?=["']?\\s*[:=])`, 'gm'))) {
        const start = match.index + match[0].length - old.length;
        const span = { start, end: start + old.length };
        yield {
          span,
          message: `Airflow reads ${now}; ${old} is the name of before and is ignored by newer versions.`,
          fixes: [{ title: `Use ${now}`, safe: true, edits: [{ span, text: now }] }],
        };
      }
    }
  },
});
