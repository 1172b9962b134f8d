import { get, text } from '../../compose/model.ts';
import { composeRule, type Fix, type Problem, type World } from '../../lint/rule.ts';
import { nearest } from '../../text/nearest.ts';
import type { Source } from '../../text/text.ts';
import { looksLikeFile } from '../shared/bindFile.ts';
import { isAbsent } from '../shared/missing.ts';
import { baseName, folderOf, join } from '../../text/paths.ts';
import { serviceMounts, type ServiceMount } from '../shared/published.ts';
import { replaceText } from '../shared/replaceText.ts';

export default composeRule({
  id: 'bind-folder-missing',
  severity: 'hint',
  quiet: 'Docker makes the folder of a short mount, and for results that is what people want.',
  title: 'Know which mounted folders Docker will make',
  why: 'Where the folder of a bind mount is missing, Docker makes an empty one that belongs to root: a container that runs as another user cannot write to it, and one that reads models or settings from it finds nothing. In the long form Compose makes it only with `create_host_path: true`; without, the container does not start («bind source path does not exist»).',
  looksAt: ['volumes'],
  examples: [
    { title: 'made at the start', bad: 'services:\n  train:\n    image: train:1\n    volumes:\n      - «./data:/data»\n' },
    {
      title: 'another name is meant',
      files: { 'models/llama/config.json': '{}' },
      bad: 'services:\n  llm:\n    image: llm:1\n    volumes:\n      - «./model:/models:ro»\n',
      good: 'services:\n  llm:\n    image: llm:1\n    volumes:\n      - ./models:/models:ro\n',
    },
    {
      title: 'the long form, which makes none',
      bad: 'services:\n  train:\n    image: train:1\n    volumes:\n      - type: bind\n        source: «./data»\n        target: /data\n        bind:\n          create_host_path: false\n',
    },
    {
      title: 'there, not kept with the sources, of the machine, named volumes',
      files: { 'data/x.csv': '', '.gitignore': 'checkpoints/\n' },
      good: 'services:\n  train:\n    image: train:1\n    volumes:\n      - ./data:/data\n      - ./checkpoints:/ckpt\n      - cache:/cache\n      - /mnt/nas:/nas\n      - ~/.cache:/root/.cache\n      - ${DATA}/x:/x\n      - .:/app\nvolumes:\n  cache: {}\n',
    },
  ],
  *check(file, world) {
    for (const { node } of file.services)
      for (const mount of serviceMounts(node)) {
        const problem = missing(file.source, mount, world);
        if (problem) yield problem;
      }
  },
});

function missing(file: Source, mount: ServiceMount, { files }: World): Problem | undefined {
  const { type, source, target, node, readOnly } = mount;
  if (type !== 'bind' || !/^\.{1,2}\/./.test(source) || source.includes('$') || looksLikeFile(source, target)) return undefined;
  const path = source.replace(/\/+$/, '');
  const folder = folderOf(file.path);
  const full = join(folder, path);
  // A path that leaves what can be seen may be there.
  if (full.startsWith('..') || files.list(folderOf(full)) === undefined) return undefined;
  if (!isAbsent(folder, path, files)) return undefined;
  const at = node.kind === 'map' ? get(node, 'source') : node;
  if (at?.kind !== 'scalar') return undefined;
  const name = baseName(full);
  const folders = (files.list(folderOf(full)) ?? []).flatMap((each) => (each.endsWith('/') ? each.slice(0, -1) : []));
  const meant = nearest(name, folders);
  const fixes: readonly Fix[] = meant === undefined ? [] : replaceText(file, at, path.replace(/[^/]*$/, meant), false, path);
  const question = meant === undefined ? '' : ` Did you mean «${meant}»?`;
  const refused = node.kind === 'map' && text(get(node, 'bind', 'create_host_path')) !== 'true';
  if (refused)
    return {
      span: at.span,
      severity: text(get(node, 'bind', 'create_host_path')) === 'false' ? 'warning' : 'info',
      message: `There is no folder «${path}», and in the long form Compose makes one only with create_host_path: true: the container does not start.${question}`,
      fixes,
    };
  return {
    span: at.span,
    ...(meant === undefined ? {} : { severity: 'info' }),
    message: `There is no folder «${path}» yet: Docker makes an empty one that belongs to root${readOnly ? ', and this container only reads it' : ''}.${question}`,
    fixes,
  };
}
