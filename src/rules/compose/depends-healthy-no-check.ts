import { addKey } from '../../compose/insert.ts';
import { entry, get, text, type ComposeFile, type MapNode } from '../../compose/model.ts';
import { allInstructions, rootImage } from '../../dockerfile/scope.ts';
import type { Service } from '../../knowledge/knowledge.ts';
import { imageFacts, serviceFacts } from '../../knowledge/lookup.ts';
import { composeRule, type World } from '../../lint/rule.ts';
import { runsKnown } from '../shared/knownHealth.ts';
import { serviceBuild, serviceImage } from '../shared/composeImage.ts';

export default composeRule({
  id: 'depends-healthy-no-check',
  severity: 'warning',
  quiet: 'Compose takes the file: an error is what it refuses before it starts anything.',
  title: 'Give a health check to what others wait for',
  why: '`condition: service_healthy` waits until a health check has passed. Where there is none, Compose gives up with «has no healthcheck configured».',
  reach: ['depends_on', 'healthcheck', 'image', 'build', 'command', 'entrypoint'],
  examples: [
    {
      bad: 'services:\n  api:\n    image: api:1\n    depends_on:\n      db:\n        condition: «service_healthy»\n  db:\n    image: postgres:17\n',
      good: 'services:\n  api:\n    image: api:1\n    depends_on:\n      db:\n        condition: service_healthy\n  db:\n    image: postgres:17\n    healthcheck:\n      test: ["CMD-SHELL", "pg_isready -U $${POSTGRES_USER:-postgres} -d $${POSTGRES_DB:-postgres}"]\n      interval: 5s\n      timeout: 5s\n      retries: 12\n      start_period: 10s\n',
    },
    {
      title: 'built here, without HEALTHCHECK',
      files: { Dockerfile: 'FROM python:3.12-slim\nCMD ["python", "app.py"]\n' },
      bad: 'services:\n  web:\n    image: web:1\n    depends_on: {api: {condition: «service_healthy»}}\n  api:\n    build: .\n',
    },
    {
      title: 'an image that may bring its own',
      good: 'services:\n  api:\n    image: api:1\n    depends_on:\n      db:\n        condition: service_healthy\n  db:\n    image: company.example/db:1\n',
    },
    {
      title: 'the Dockerfile has one',
      files: { Dockerfile: 'FROM python:3.12-slim\nHEALTHCHECK CMD ["python", "check.py"]\n' },
      good: 'services:\n  web:\n    image: web:1\n    depends_on: {api: {condition: service_healthy}}\n  api:\n    build: .\n',
    },
  ],
  *check(file, world) {
    for (const { name, node } of file.services) {
      const wanted = get(node, 'depends_on');
      if (wanted?.kind !== 'map') continue;
      for (const { key, value, merged } of wanted.entries) {
        const condition = get(value, 'condition');
        const target = file.services.find((service) => service.name === key);
        if (merged || !condition || text(condition) !== 'service_healthy' || !target || key === name) continue;
        const disabled =
          text(get(target.node, 'healthcheck', 'disable')) === 'true' || text(get(target.node, 'healthcheck', 'test')) === 'NONE';
        const missing = disabled ? { why: `«${key}» switches its health check off` } : withoutCheck(file, target.node, key, world);
        if (!missing) continue;
        const edit = missing.service && checkOf(file, target.node, missing.service);
        yield {
          span: condition.span,
          message: `${missing.why}, so Compose gives up waiting for it.`,
          fixes: edit ? [{ title: `Add a health check to «${key}»`, safe: true, edits: [edit] }] : [],
        };
      }
    }
  },
});

/** Why a service surely has no health check; undefined when it has one or may have one. */
function withoutCheck(
  file: ComposeFile,
  service: MapNode,
  name: string,
  world: World,
): { readonly why: string; readonly service?: Service } | undefined {
  if (entry(service, 'healthcheck') || entry(service, 'extends')) return undefined;
  const built = serviceBuild(file, service, world);
  if (built) {
    const root = rootImage(built.dockerfile, built.stage, built.buildArgs);
    const facts = root === undefined ? undefined : imageFacts(world.knowledge, root);
    // Language and OS images have none; what a service image brings is not known.
    const plain =
      facts?.sure === 'certain' && /^(?:python|ubuntu|debian|alpine|nvidia\/cuda|busybox|mambaorg\/micromamba)\b/.test(root ?? '');
    if (!plain || allInstructions(built.stage).some(({ keyword }) => keyword === 'HEALTHCHECK')) return undefined;
    return { why: `«${name}» has no health check, neither here nor in ${built.dockerfile.source.path}` };
  }
  const image = serviceImage(service);
  const known = image === undefined ? undefined : serviceFacts(world.knowledge, image);
  // A known check to add means that the image brings none.
  if (!known?.health?.test || known.sure !== 'certain' || !known.images.some((each) => image?.startsWith(each))) return undefined;
  return { why: `«${name}» has no health check, and ${known.name} brings none`, service: known };
}

function checkOf(file: ComposeFile, service: MapNode, known: Service) {
  const { health, startPeriod } = known;
  if (!health?.test || !runsKnown(service, known)) return undefined;
  const start = startPeriod !== undefined && /^\d+(?:s|m)$/.test(startPeriod) && startPeriod !== '0s' ? { start_period: startPeriod } : {};
  return addKey(file.source, service, 'healthcheck', { test: health.test, interval: '5s', timeout: '5s', retries: '12', ...start });
}
