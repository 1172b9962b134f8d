import { environmentOf } from '../../compose/insert.ts';
import { get, items, text, type MapNode } from '../../compose/model.ts';
import { composeRule } from '../../lint/rule.ts';
import { nearest } from '../../text/nearest.ts';
import { effectiveServices } from '../shared/composeServices.ts';
import { serviceMounts } from '../shared/published.ts';
import { replaceText } from '../shared/replaceText.ts';

export default composeRule({
  id: 'secret-not-granted',
  severity: 'warning',
  title: 'Give a service the secrets that it reads',
  why: 'A secret is a file in /run/secrets only for services that have it under their `secrets`, by its name or its `target`. A variable that names another file there points at nothing.',
  reach: ['environment', 'secrets', 'volumes'],
  examples: [
    {
      bad: 'services:\n  db:\n    image: postgres:17\n    environment:\n      POSTGRES_PASSWORD_FILE: «/run/secrets/db_password»\n    secrets: [db_pasword]\nsecrets:\n  db_pasword: {file: ./db.txt}\n',
      good: 'services:\n  db:\n    image: postgres:17\n    environment:\n      POSTGRES_PASSWORD_FILE: /run/secrets/db_pasword\n    secrets: [db_pasword]\nsecrets:\n  db_pasword: {file: ./db.txt}\n',
    },
    {
      title: 'none at all',
      bad: 'services:\n  db:\n    image: postgres:17\n    environment: ["POSTGRES_PASSWORD_FILE=«/run/secrets/db»"]\nsecrets:\n  db: {file: ./db.txt}\n',
    },
    {
      title: 'by its target, or a folder that is mounted',
      good: 'services:\n  a:\n    image: a:1\n    environment: {KEY_FILE: /run/secrets/key}\n    secrets: [{source: other, target: key}]\n  b:\n    image: b:1\n    environment: {KEY_FILE: /run/secrets/key}\n    volumes: ["./keys:/run/secrets:ro"]\nsecrets:\n  other: {file: ./k}\n',
    },
  ],
  *check(file, world) {
    for (const { name, node } of effectiveServices(file, world)) {
      const granted = grants(node);
      for (const [variable, { value = '', node: place }] of environmentOf(node)) {
        const [path, secret = ''] = /^\/run\/secrets\/([\w.-]+)$/.exec(value) ?? [];
        if (path === undefined || granted.has(secret) || place.kind !== 'scalar' || place.span.start < 0) continue;
        if (serviceMounts(node).some(({ target }) => target.startsWith('/run'))) continue;
        const meant = nearest(secret, [...granted]) ?? (granted.size === 1 ? [...granted][0] : undefined);
        const start = file.source.text.slice(place.span.start, place.span.end).indexOf(path);
        yield {
          span: start < 0 ? place.span : { start: place.span.start + start, end: place.span.start + start + path.length },
          message: `${variable} names the secret «${secret}», and «${name}» has ${granted.size ? `only ${[...granted].map((each) => `«${each}»`).join(', ')}` : 'no secrets'}: there is no such file.`,
          fixes: meant === undefined ? [] : replaceText(file.source, place, `/run/secrets/${meant}`, false, path),
        };
      }
    }
  },
});

/** The names of the files in /run/secrets. */
const grants = (service: MapNode): ReadonlySet<string> =>
  new Set(
    items(get(service, 'secrets')).flatMap((item) => {
      const target = text(item) ?? text(get(item, 'target')) ?? text(get(item, 'source'));
      return target === undefined ? [] : target.replace(/^\/run\/secrets\//, '');
    }),
  );
