import { mountsOf } from '../../dockerfile/mounts.ts';
import { allInstructions, lineage, rootImage } from '../../dockerfile/scope.ts';
import type { Dockerfile, Stage, Word } from '../../dockerfile/model.ts';
import { imageFacts } from '../../knowledge/lookup.ts';
import { dockerfileRule, type Fix } from '../../lint/rule.ts';
import { beside } from '../shared/looksAt.ts';
import { usersAdded } from '../shared/users.ts';

export default dockerfileRule({
  id: 'cache-mount-wrong-home',
  severity: 'warning',
  title: 'Mount the cache where the user’s programs look for it',
  why: 'pip and uv keep their cache in the home directory of the user that runs them. A mount at `/root/.cache` does nothing for another user: it is not used, or «Permission denied».',
  looksAt: ['RUN --mount', ...beside('RUN useradd', 'RUN adduser', 'USER')],
  examples: [
    { bad: 'FROM python:3.12-slim\nUSER app\nRUN --mount=«type=cache,target=/root/.cache/pip» pip install torch\n' },
    {
      bad: 'FROM python:3.12-slim\nRUN useradd -m -u 1000 app\nUSER app\nRUN --mount=«type=cache,target=/root/.cache/pip» pip install torch\n',
      good: 'FROM python:3.12-slim\nRUN useradd -m -u 1000 app\nUSER app\nRUN --mount=type=cache,target=/home/app/.cache/pip,uid=1000 pip install torch\n',
    },
    {
      title: 'the user of the image',
      bad: 'FROM quay.io/jupyter/scipy-notebook:2024-10-07\nRUN --mount=«type=cache,target=/root/.cache/pip» pip install torch\n',
    },
    { good: 'FROM python:3.12-slim\nUSER app\nRUN --mount=type=cache,target=/home/app/.cache/pip,uid=1000 pip install torch\n' },
    { good: 'FROM python:3.12-slim\nRUN --mount=type=cache,target=/root/.cache/pip pip install torch\nUSER app\n' },
  ],
  *check(file, { knowledge, options }) {
    for (const stage of file.stages) {
      const all = allInstructions(stage);
      const image = rootImage(file, stage, options.buildArgs);
      const first = image === undefined ? undefined : imageFacts(knowledge, image)?.user;
      for (const instruction of stage.instructions) {
        if (instruction.keyword !== 'RUN') continue;
        const user =
          all.findLast(({ keyword, span }) => keyword === 'USER' && span.start < instruction.span.start)?.args[0]?.value ?? first;
        if (user === undefined || /^(?:root|0)(?::|$)|\$/.test(user) || /_CACHE_DIR|--cache-dir|\bsudo\b/.test(instruction.body.text))
          continue;
        for (const flag of instruction.flags) {
          const mount = flag.name === 'mount' ? flag.value : undefined;
          if (!mount || !mountsOf(instruction).some((each) => each.type === 'cache') || !/type=cache/.test(mount.value)) continue;
          if (/(?:target|dst|destination)=\/root\/\.cache\/(?:pip|uv)/.test(mount.value))
            yield {
              span: mount.span,
              message: `This RUN runs as «${user}», whose pip does not look in /root/.cache: the mount is not used. Mount the cache in the user’s home, with uid=.`,
              fixes: fixes(file, stage, mount, user),
            };
        }
      }
    }
  },
});

/** The mount in the home of a user that the file makes, and belonging to them. */
function fixes(file: Dockerfile, stage: Stage, mount: Word, user: string): readonly Fix[] {
  const [name = ''] = user.split(':');
  const made = usersAdded(file).findLast((each) => each.name === name && lineage(stage).some((below) => below === each.call.section.stage));
  if (made?.uid === undefined || !/^\d+$/.test(made.uid) || mount.text !== mount.value) return [];
  const home = made.folder ?? `/home/${name}`;
  const owner = /(?:^|,)uid=/.test(mount.value) ? '' : `,uid=${made.uid}`;
  const text = mount.value.replace(/((?:target|dst|destination)=)\/root\//, `$1${home.replace(/\/$/, '')}/`) + owner;
  return [{ title: `Mount it in ${home}`, safe: false, edits: [{ span: mount.span, text }] }];
}
