import { mountVolume } from '../../compose/declare.ts';
import { entry, get, items, type ComposeFile } from '../../compose/model.ts';
import { isOfficial, serviceFacts } from '../../knowledge/lookup.ts';
import { composeRule } from '../../lint/rule.ts';
import { folderOf } from '../../text/paths.ts';
import { examined } from '../shared/composeComplaints.ts';
import { besideData } from '../shared/besideData.ts';
import { inherits, serviceMounts, within } from '../shared/published.ts';
import { imageServices, major } from '../shared/serviceImages.ts';

/** Services that keep something one wants back, with the folders it may be in. */
const data: Readonly<Record<string, readonly string[]>> = {
  postgres: ['/var/lib/postgresql'],
  mysql: ['/var/lib/mysql'],
  mongo: ['/data/db'],
  grafana: ['/var/lib/grafana'],
  qdrant: ['/qdrant/storage'],
  weaviate: ['/var/lib/weaviate'],
  chroma: ['/data', '/chroma/chroma'],
  neo4j: ['/data'],
  'label-studio': ['/label-studio/data'],
  ollama: ['/root/.ollama'],
  'open-webui': ['/app/backend/data'],
};

/** Where a volume goes: PostgreSQL before 18 keeps its files one folder further down, and makes a volume there by itself. */
const home = (id: string, folders: readonly string[], tag: string | undefined): string =>
  id === 'postgres' && (major(tag) ?? 18) < 18 ? '/var/lib/postgresql/data' : (folders[0] ?? '');

/** Folders whose services nobody keeps. */
const examples = /(?:^|\/)(?:examples?|samples?|tests?|demos?|tutorials?|integration[-_]?tests?|e2e|ci|\.github|\.devcontainer)\//i;

export default composeRule({
  id: 'data-not-persistent',
  severity: 'warning',
  title: 'Give services that keep data a volume',
  why: 'Without a volume at its data folder, a service writes into the container: `docker compose down`, a new image or a changed setting, and the dashboards, runs or models are gone.',
  reach: ['image', 'build', 'volumes', 'volumes_from', 'tmpfs', 'command', 'entrypoint', 'profiles'],
  examples: [
    {
      bad: 'services:\n  grafana:\n    image: «grafana/grafana:12.0.0»\n    ports: ["3000:3000"]\n',
      good: 'services:\n  grafana:\n    image: grafana/grafana:12.0.0\n    volumes: ["grafana-data:/var/lib/grafana"]\n    ports: ["3000:3000"]\nvolumes:\n  grafana-data:\n',
    },
    {
      title: 'PostgreSQL 17 and 18',
      bad: 'services:\n  old:\n    image: «postgres:17»\n  new:\n    image: «postgres:18»\nvolumes:\n  models:\n',
    },
    { good: 'services:\n  grafana:\n    image: grafana/grafana:12.0.0\n    volumes:\n      - grafana:/var/lib/grafana\n' },
    { good: 'services:\n  db:\n    image: postgres:17\n    volumes: ["./data:/var/lib/postgresql/data"]\n' },
    {
      title: 'what is started for tests is thrown away',
      path: 'docker-compose.test.yml',
      good: 'services:\n  db:\n    image: postgres:17\n',
    },
    {
      title:
        'volumes of another service or another file; a profile; a command that may name another folder; a variable that may be the one',
      good: 'services:\n  a:\n    image: postgres:17\n    volumes_from: [b]\n  b:\n    image: postgres:17\n    extends: {file: base.yaml, service: db}\n  c:\n    image: postgres:17\n    profiles: [debug]\n  d:\n    image: postgres:17\n    command: postgres -D /mnt/data\n  e:\n    image: postgres:17\n    volumes: ["${DATA_MOUNT}"]\n',
    },
    {
      title: 'a service that other files extend',
      path: 'base.yaml',
      files: {
        'compose.yaml':
          'services:\n  db:\n    extends: {file: base.yaml, service: db-base}\n    volumes: ["./data:/var/lib/postgresql/data"]\n',
      },
      good: 'services:\n  db-base:\n    image: postgres:17\n',
    },
    {
      title: 'volumes that a file laid over this one brings',
      path: 'compose.yaml',
      files: { 'compose.prod.yaml': 'services:\n  db:\n    volumes: ["data:/var/lib/postgresql/data"]\nvolumes:\n  data:\n' },
      good: 'services:\n  db:\n    image: postgres:17\n',
    },
    {
      title: 'services that keep nothing, and images that are built here',
      good: 'services:\n  cache:\n    image: redis:8\n  db:\n    build: ./postgres\n',
    },
    {
      title: 'a folder above or below is mounted',
      good: 'services:\n  a:\n    image: postgres:17\n    volumes: ["data:/var/lib"]\n  b:\n    image: postgres:18\n    volumes: ["data:/var/lib/postgresql/18/docker"]\nvolumes:\n  data:\n',
    },
    {
      title: 'an example, or dashboards that come from files: a remark only',
      path: 'examples/compose.yaml',
      bad: 'services:\n  grafana:\n    image: «grafana/grafana:12.0.0»\n    volumes: ["./provisioning:/etc/grafana/provisioning"]\n',
    },
    {
      title: 'another’s image of the same name, which keeps its data elsewhere; a job that only talks to the server',
      good: 'services:\n  db:\n    image: lscr.io/linuxserver/mariadb:11.4.8\n    volumes: ["./db:/config"]\n  pull:\n    image: ollama/ollama:0.12.0\n    entrypoint: ["ollama", "pull", "llama3.2"]\n    environment: {OLLAMA_HOST: "http://ollama:11434"}\n',
    },
    {
      title: 'from a registry that mirrors it',
      bad: 'services:\n  db:\n    image: «registry.example.com/library/postgres:17»\n',
    },
    {
      title: 'a volume that lies beside the data, or where a variable puts it',
      good: 'services:\n  a:\n    image: postgres:17\n    volumes: ["data:/var/lib/postgres"]\n  b:\n    image: postgres:17\n    environment: {PGDATA: /data}\n    volumes: ["data:/data"]\n',
    },
    { title: 'a service for tests', good: 'services:\n  test_db:\n    image: postgres:17\n' },
    { title: 'for tests, in memory', good: 'services:\n  db:\n    image: postgres:17\n    tmpfs: /var/lib/postgresql/data\n' },
  ],
  *check(file, world) {
    const { knowledge, workspace } = world;
    // What is started for tests is thrown away on purpose.
    if (/(?:test|ci|e2e|dev)[^/]*\.ya?ml$/.test(file.source.path)) return;
    for (const { service, image, parts, node } of imageServices(file)) {
      const known = serviceFacts(knowledge, image);
      const folders = known && data[known.id];
      const body = service.node;
      if (
        !known ||
        !folders ||
        !isOfficial(known, image) ||
        /(?:^|[-_])tests?(?:$|[-_])/i.test(service.name) ||
        inherits(body) ||
        entry(body, 'volumes_from') ||
        entry(body, 'tmpfs')
      )
        continue;
      const written = items(get(body, 'volumes'));
      const mounts = serviceMounts(body);
      // A command may name another folder, and an unread mount may be the one.
      if (mounts.length < written.length || ['command', 'entrypoint', 'profiles'].some((key) => entry(body, key))) continue;
      if (mounts.some(({ target }) => folders.some((folder) => within(target, folder) || within(folder, target)))) continue;
      // What is laid over this file for a server may bring the volume.
      if (isMountedBeside(file, service.name, workspace.composeFiles()) || examined(file, world).isBase()) continue;
      // That a volume lies beside the data is told by itself.
      if (mounts.some(({ target, type }) => type === 'volume' && besideData[known.id]?.beside.test(target))) continue;
      const folder = home(known.id, folders, parts.tag);
      const edits = mountVolume(file, service, 'data', folder);
      const throwaway = examples.test(file.source.path) || mounts.some(({ target }) => target.startsWith('/etc/grafana'));
      yield {
        span: node.span,
        ...(throwaway ? { severity: 'info' as const } : {}),
        message: `${known.name} keeps its data in ${folder}, and no volume is mounted there: it is lost with the container. Mount a named volume.`,
        fixes: edits ? [{ title: 'Mount a named volume', safe: false, edits }] : [],
      };
    }
  },
});

/** Whether another file of the folder gives the service volumes. */
const isMountedBeside = ({ source }: ComposeFile, service: string, others: readonly ComposeFile[]): boolean =>
  others.some(
    (other) =>
      other.source.path !== source.path &&
      folderOf(other.source.path) === folderOf(source.path) &&
      other.services.some(({ name, node }) => name === service && entry(node, 'volumes')),
  );
