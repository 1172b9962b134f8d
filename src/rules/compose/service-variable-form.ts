import { substitute } from '../../compose/interpolate.ts';
import { environmentOf } from '../../compose/insert.ts';
import { entry, get, type MapNode } from '../../compose/model.ts';
import { variablesFor } from '../../compose/variables.ts';
import type { SettingForm } from '../../knowledge/knowledge.ts';
import { serviceFacts } from '../../knowledge/lookup.ts';
import { composeRule } from '../../lint/rule.ts';
import type { Span } from '../../text/text.ts';
import { folderOf } from '../../text/paths.ts';
import { commandWords } from '../shared/serviceCommand.ts';
import { imageServices } from '../shared/serviceImages.ts';
import { asks, envFileVariables, hasData, setElsewhere } from '../shared/serviceSettings.ts';
import { surroundingsOf } from '../shared/surroundings.ts';

export default composeRule({
  id: 'service-variable-form',
  severity: 'warning',
  title: 'Give a service a value that it accepts',
  why: 'Some images look at a variable before they start and end at once when they do not like it: MinIO wants a password of eight characters, Neo4j too, SQL Server and OpenSearch a mixed one, MySQL a user who is not root. With `restart` they end again and again, and whatever waits for them never starts.',
  looksAt: ['image', 'build', 'command', 'entrypoint', 'environment', 'env_file', 'volumes'],
  examples: [
    {
      bad: 'services:\n  store:\n    image: quay.io/minio/minio:RELEASE.2025-09-07T16-13-09Z\n    command: server /data\n    environment:\n      MINIO_ROOT_USER: minio\n      MINIO_ROOT_PASSWORD: «minio»\n',
      good: 'services:\n  store:\n    image: quay.io/minio/minio:RELEASE.2025-09-07T16-13-09Z\n    command: server /data\n    environment:\n      MINIO_ROOT_USER: minio\n      MINIO_ROOT_PASSWORD: minio-123\n',
    },
    {
      title: 'a value from .env, and a default',
      files: { '.env': 'GRAPH=neo4j/test\n' },
      bad: 'services:\n  graph:\n    image: neo4j:5.26\n    environment: [«"NEO4J_AUTH=${GRAPH}"»]\n  store:\n    image: quay.io/minio/minio\n    command: ["server", "/data"]\n    environment:\n      MINIO_ROOT_PASSWORD: «${SECRET:-minio}»\n',
    },
    {
      title: 'an env file',
      files: { 'minio.env': 'MINIO_ROOT_USER=minio\nMINIO_ROOT_PASSWORD=secret\n' },
      bad: 'services:\n  store:\n    image: quay.io/minio/minio\n    command: server /data\n    «env_file»: minio.env\n',
    },
    {
      title: 'a user who is there anyway, a weak password',
      bad: 'services:\n  db:\n    image: mysql:8.4\n    environment:\n      MYSQL_ROOT_PASSWORD: ${ROOT:?}\n      MYSQL_USER: «root»\n  sql:\n    image: mcr.microsoft.com/mssql/server:2022-latest\n    environment:\n      ACCEPT_EULA: "Y"\n      MSSQL_SA_PASSWORD: «password1»\n',
    },
    {
      title: 'a user or a form that Neo4j does not know, in every version',
      bad: 'services:\n  graph:\n    image: neo4j:4.4\n    environment: {NEO4J_AUTH: «admin/long-enough»}\n  other:\n    image: neo4j:5\n    environment: [«NEO4J_AUTH=long-enough»]\n',
    },
    {
      title: 'what the shell knows; a login that is off; an older version; another program',
      good: 'services:\n  store:\n    image: quay.io/minio/minio\n    command: server /data\n    environment: {MINIO_ROOT_PASSWORD: "${SECRET}"}\n  graph:\n    image: neo4j:5\n    environment: {NEO4J_AUTH: none}\n  old:\n    image: neo4j:4.4\n    environment: {NEO4J_AUTH: neo4j/test}\n  first:\n    image: neo4j:5.1.0\n    environment: {NEO4J_AUTH: neo4j/test}\n  short:\n    image: neo4j:5\n    environment: {NEO4J_AUTH: neo4j/test, NEO4J_dbms_security_auth__minimum__password__length: 4}\n  client:\n    image: quay.io/minio/minio\n    entrypoint: [sleep, "9"]\n    environment: {MINIO_ROOT_PASSWORD: minio}\n',
    },
    {
      title: 'another file of the project says it better, whatever it is called',
      files: { 'prod.yaml': 'services:\n  store:\n    environment:\n      MINIO_ROOT_PASSWORD: ${PASSWORD:?}\n' },
      good: 'services:\n  store:\n    image: quay.io/minio/minio\n    command: server /data\n    environment:\n      MINIO_ROOT_PASSWORD: minio\n',
    },
  ],
  *check(file, world) {
    const variables = variablesFor(folderOf(file.source.path), surroundingsOf(world));
    for (const { service, image } of imageServices(file)) {
      const facts = serviceFacts(world.knowledge, image);
      const forms = facts?.forms?.filter((each) => asks(each, image, service.node) || calls(each, service.node)) ?? [];
      if (!facts || !forms.length || hasData(file, service.node, world)) continue;
      const files = envFileVariables(file, service.node, world, variables.get);
      const own = environmentOf(service.node);
      const place = entry(service.node, 'env_file');
      for (const { variables: names, form, says, unless = [], failsWith, sure = facts.sure } of forms) {
        if (!files || unless.some((name) => own.has(name) || files.has(name))) continue;
        for (const name of names) {
          const written = own.get(name);
          const value = written ? filled(written.value, variables.get) : files.get(name);
          const span: Span | undefined = written ? written.node.span : place?.keySpan;
          if (value === undefined || !span || new RegExp(form, 'u').test(value)) continue;
          if (setElsewhere(file, service.name, (set) => set.has(name), world)) continue;
          yield {
            span,
            ...(sure === 'certain' && !(value !== written?.value && isLeftOpen(value)) ? {} : { severity: 'info' as const }),
            message: `${facts.name} ends at its start with this ${name}${written ? '' : ' of the env file'}: it has to be ${says}. It says «${failsWith}».`,
          };
        }
      }
    }
  },
});

/** Whether a value waits for somebody to fill it in: that is said where an env file or a variable gives it, and no fault of the project. */
const isLeftOpen = (value: string): boolean =>
  /^(?:|<.*>|\.{3}|x{3,}|\*+|todo|(?:please[ _-]?)?(?:change|replace|fill|set|insert|enter)[ _-]?(?:me|this|it|in|your).*|your[ _-].*|example.*|place[ _-]?holder.*)$/i.test(
    value,
  );

/** Whether an entrypoint of the project’s own calls the program that looks. */
const calls = ({ programs = [], image }: SettingForm, service: MapNode): boolean =>
  image === undefined && get(service, 'entrypoint') !== undefined && commandWords(service).some(({ value }) => programs.includes(value));

/** A value with its variables put in; undefined when one of them is not set here. */
function filled(value: string | undefined, lookup: (name: string) => string | undefined): string | undefined {
  if (!value?.includes('$')) return value;
  const result = substitute(value, lookup);
  return result.ok && !result.unset.length ? result.text : undefined;
}
