import { addVariable, environmentOf } from '../../compose/insert.ts';
import { get, type ComposeFile, type MapNode } from '../../compose/model.ts';
import type { RequiredSetting } from '../../knowledge/knowledge.ts';
import { serviceFacts } from '../../knowledge/lookup.ts';
import { composeRule, type Fix } from '../../lint/rule.ts';
import { examined } from '../shared/composeComplaints.ts';
import { imageServices } from '../shared/serviceImages.ts';
import { asks, envFileVariables, hasData, setElsewhere } from '../shared/serviceSettings.ts';

export default composeRule({
  id: 'service-variable-required',
  severity: 'warning',
  title: 'Set the variables that a service cannot start without',
  why: 'Some images end at once when a variable is missing: PostgreSQL and MySQL want a password for the first start of an empty volume, SQL Server wants its licence accepted, pgAdmin a login. With `restart` they end again and again, and whatever waits for them never starts.',
  looksAt: ['image', 'build', 'command', 'entrypoint', 'environment', 'env_file', 'volumes'],
  examples: [
    {
      bad: 'services:\n  «db»:\n    image: postgres:17\n',
      good: 'services:\n  db:\n    image: postgres:17\n    environment:\n      POSTGRES_PASSWORD: "${POSTGRES_PASSWORD:?set it in .env}"\n',
    },
    {
      bad: 'services:\n  «vectors»:\n    image: pgvector/pgvector:pg17\n    environment:\n      POSTGRES_DB: app\n',
      good: 'services:\n  vectors:\n    image: pgvector/pgvector:pg17\n    environment:\n      POSTGRES_PASSWORD: "${POSTGRES_PASSWORD:?set it in .env}"\n      POSTGRES_DB: app\n',
    },
    {
      title: 'a licence to accept',
      bad: 'services:\n  «sql»:\n    image: mcr.microsoft.com/mssql/server:2022-latest\n    environment:\n      MSSQL_SA_PASSWORD: ${SA:?}\n',
      good: 'services:\n  sql:\n    image: mcr.microsoft.com/mssql/server:2022-latest\n    environment:\n      ACCEPT_EULA: "Y"\n      MSSQL_SA_PASSWORD: ${SA:?}\n',
    },
    {
      title: 'an env file without it',
      files: { 'db.env': 'MYSQL_DATABASE=app\n' },
      bad: 'services:\n  «db»:\n    image: mysql:8.4\n    env_file: db.env\n',
    },
    {
      title: 'one of its names is enough; a value from the shell; an env file, also one that is not here',
      files: { 'db.env': 'MARIADB_ROOT_PASSWORD=x\n' },
      good: 'services:\n  a:\n    image: postgres:17\n    environment: {POSTGRES_PASSWORD_FILE: /run/secrets/db}\n  b:\n    image: postgres:17\n    environment: [POSTGRES_PASSWORD]\n  c:\n    image: mariadb:11\n    env_file: [db.env]\n  d:\n    image: mysql:8.4\n    env_file: [{path: mine.env, required: false}]\n',
    },
    {
      title: 'another program of the image asks for nothing; nor does an old patch release',
      good: 'services:\n  load:\n    image: mcr.microsoft.com/mssql/server:2022-latest\n    command: sh -c "sleep 9 && sqlcmd -S sql"\n  dump:\n    image: postgres:17\n    command: pg_dump -h db app\n  wait:\n    image: mysql:8.4\n    entrypoint: [sh, -c, "sleep 5"]\n  old:\n    image: postgres:9.6.2\n',
    },
    {
      title: 'options for its own program',
      bad: 'services:\n  «db»:\n    image: mysql:8.4\n    command: ["--max-connections=500"]\n',
    },
    {
      title: 'part of another file: what that says of the service counts too',
      files: { 'compose.prod.yaml': 'services:\n  db:\n    environment:\n      POSTGRES_PASSWORD: ${PASSWORD:?}\n' },
      good: 'services:\n  db:\n    image: postgres:17\n',
    },
    {
      title: 'data that was there before',
      files: { 'data/PG_VERSION': '17\n' },
      good: 'services:\n  db:\n    image: postgres:17\n    volumes: ["./data:/var/lib/postgresql/data"]\n',
    },
    {
      title: 'a service that other files extend',
      path: 'base.yaml',
      files: {
        'compose.yaml': 'services:\n  db:\n    extends: {file: base.yaml, service: db-base}\n    environment: {POSTGRES_PASSWORD: x}\n',
      },
      good: 'services:\n  db-base:\n    image: postgres:17\n',
    },
  ],
  *check(file, world) {
    for (const { service, image } of imageServices(file)) {
      const facts = serviceFacts(world.knowledge, image);
      const required = facts?.required?.filter((each) => asks(each, image, service.node)) ?? [];
      // What another file brings is not seen here.
      if (!facts || !required.length || get(service.node, 'extends') || hasData(file, service.node, world)) continue;
      const files = envFileVariables(file, service.node, world);
      if (!files) continue;
      const set = new Set([...files.keys(), ...environmentOf(service.node).keys()]);
      const missing = required.filter(({ anyOf }) => !anyOf.some((name) => set.has(name)));
      if (
        !missing.length ||
        examined(file, world).isBase() ||
        setElsewhere(file, service.name, (names) => missing.every(({ anyOf }) => anyOf.some((each) => names.has(each))), world)
      )
        continue;
      const names = missing.map(({ anyOf: [name = ''] }) => name);
      yield {
        span: service.nameSpan,
        ...(facts.sure === 'certain' ? {} : { severity: 'info' as const }),
        message: `${facts.name} ends at its first start without ${names.join(' and ')}: «${missing.map(({ failsWith }) => failsWith).join('», «')}».`,
        fixes: fixes(file, service.node, missing),
      };
    }
  },
});

function fixes(file: ComposeFile, service: MapNode, missing: readonly RequiredSetting[]): readonly Fix[] {
  const [first, ...others] = missing;
  const name = first?.anyOf[0];
  if (!first || name === undefined || others.length) return [];
  const edit = addVariable(file.source, service, name, first.value ?? `\${${name}:?set it in .env}`);
  return edit ? [{ title: first.value === undefined ? `Take ${name} from .env` : `Set ${name}`, safe: false, edits: [edit] }] : [];
}
