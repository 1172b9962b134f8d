import { get, text, type Node } from '../../compose/model.ts';
import { composeRule, type Problem, type World } from '../../lint/rule.ts';
import { nearest } from '../../text/nearest.ts';
import type { Source } from '../../text/text.ts';
import { looksLikeFile } from '../shared/bindFile.ts';
import { isAbsent } from '../shared/missing.ts';
import { folderOf, join } from '../../text/paths.ts';
import { serviceMounts, settled } from '../shared/published.ts';
import { replaceText } from '../shared/replaceText.ts';

export default composeRule({
  id: 'bind-file-missing',
  severity: 'warning',
  quiet: 'A script or a person may make the file before the start.',
  title: 'Have the files that are mounted',
  why: 'Where a mounted file is missing, Docker makes an empty folder of its name. The container then gets a folder for a file and does not start («not a directory»), and the folder stays.',
  looksAt: ['volumes'],
  examples: [
    {
      files: { 'prometheus/prometheus.yml': 'scrape_configs: []\n' },
      bad: 'services:\n  prometheus:\n    image: prom/prometheus:v3.5.0\n    volumes:\n      - «./prometheus/prometheus.yaml:/etc/prometheus/prometheus.yml:ro»\n',
      good: 'services:\n  prometheus:\n    image: prom/prometheus:v3.5.0\n    volumes:\n      - ./prometheus/prometheus.yml:/etc/prometheus/prometheus.yml:ro\n',
    },
    {
      title: 'a config and a secret',
      bad: 'services:\n  proxy:\n    image: nginx:1.29\n    configs: [site]\n    secrets: [key]\nconfigs:\n  site:\n    file: «./nginx.conf»\nsecrets:\n  key:\n    file: «./key.pem»\n',
    },
    {
      title: 'certificates and settings of a machine: a remark only',
      bad: 'services:\n  a:\n    image: a:1\n    volumes:\n      - «./certs/root-ca.pem:/etc/ssl/root-ca.pem»\n      - «./.env:/app/.env»\n',
    },
    {
      title: 'a variable in the path; what Dokploy writes',
      good: 'services:\n  a:\n    image: a:1\n    volumes:\n      - ./php${PHP_VERSION}.ini:/etc/php.ini\n      - ../files/nginx.conf:/etc/nginx/nginx.conf\n',
    },
    {
      title: 'folders, what has an example or is not kept with the sources, paths of the machine',
      files: { '.gitignore': '/certs/\n*.key\n', 'config.yaml.example': 'a: 1\n' },
      good: 'services:\n  a:\n    image: a:1\n    volumes:\n      - ./data:/data\n      - ./conf.d:/etc/conf.d\n      - ./certs/tls.crt:/tls.crt\n      - ./tls.key:/tls.key\n      - ./config.yaml:/config.yaml\n      - /etc/localtime:/etc/localtime:ro\n      - ~/.netrc:/root/.netrc\n      - ${CONFIG}/a.yml:/a.yml\n',
    },
  ],
  *check(file, world) {
    for (const { node } of file.services)
      for (const { type, source, target, node: at } of serviceMounts(node))
        if (type === 'bind' && !source.includes('$') && looksLikeFile(source, target))
          yield* missing(file.source, at.kind === 'map' ? get(at, 'source') : at, source, world);
    for (const section of ['configs', 'secrets']) {
      const all = get(file.root, section);
      for (const { value } of all?.kind === 'map' ? all.entries : []) {
        const at = get(value, 'file');
        const path = settled(text(at) ?? '$');
        if (path !== undefined && /^[^/~]/.test(path)) yield* missing(file.source, at, path, world, 'the container does not start.');
      }
    }
  },
});

/** What is made on each machine and kept out of the sources: keys, certificates, what is set there. */
const madeThere = /\.(?:pem|crt|cer|key|p12|pfx|jks|keystore|env)$|^\.env/i;

/** Where Dokploy puts the files that it writes for a project. */
const filledIn = /^\.\.\/files\//;

function* missing(
  file: Source,
  at: Node | undefined,
  path: string,
  { files }: Pick<World, 'files'>,
  then = 'Docker makes a folder of that name, and the container gets a folder for a file.',
): Generator<Problem> {
  const folder = folderOf(file.path);
  const full = join(folder, path);
  if (at?.kind !== 'scalar') return;
  const inside = files.list(full);
  if (inside && !inside.length && full !== '')
    yield {
      span: at.span,
      message: `«${path}» is an empty folder, as Docker makes one where a mounted file is missing: the container gets a folder for a file. Remove it and put the file there.`,
    };
  if (!isAbsent(folder, path, files) || (filledIn.test(path) && files.list(join(folder, '../files')) === undefined)) return;
  const parent = folderOf(full);
  const name = full.slice(parent.length).replace(/^\//, '');
  const meant = nearest(
    name,
    (files.list(parent) ?? []).filter((each) => !each.endsWith('/')),
  );
  const right = meant === undefined ? undefined : `${path.slice(0, path.length - name.length)}${meant}`;
  yield {
    span: at.span,
    ...(madeThere.test(name) && right === undefined ? { severity: 'info' as const } : {}),
    message: `There is no file «${path}»: ${then}${right === undefined ? '' : ` Did you mean «${right}»?`}`,
    fixes: right === undefined ? [] : replaceText(file, at, right, false, path),
  };
}
