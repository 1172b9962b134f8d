import type { Dockerfile, Instruction, Stage } from '../../dockerfile/model.ts';
import { installs } from '../../dockerfile/packages/system.ts';
import { allInstructions, rootImage } from '../../dockerfile/scope.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { imageReference } from '../../text/imageReference.ts';
import { lineBefore } from '../shared/edits.ts';
import { beside } from '../shared/looksAt.ts';
import { comesAlone } from '../shared/packagesAlone.ts';
import { bringsNothing } from '../shared/plainCommands.ts';
import { isGivenImage } from '../shared/givenImage.ts';
import { runSteps } from '../shared/runSteps.ts';

export default dockerfileRule({
  id: 'user-missing',
  severity: 'error',
  title: 'Make a user before switching to it',
  why: 'USER makes nobody: with a name that is not in the image’s /etc/passwd the next RUN, and the container, end with «unable to find user». Make the user with useradd (adduser in Alpine), or name a number, which needs no entry.',
  looksAt: ['USER', ...beside('RUN', 'COPY', 'ADD')],
  examples: [
    {
      bad: 'FROM python:3.12-slim\nCOPY . /app\nUSER «appuser»\nCMD ["python", "/app/main.py"]\n',
      good: 'FROM python:3.12-slim\nCOPY . /app\nRUN useradd --create-home appuser\nUSER appuser\nCMD ["python", "/app/main.py"]\n',
    },
    {
      bad: 'FROM alpine:3.22\nRUN apk add --no-cache curl\nUSER «app»:app\n',
      good: 'FROM alpine:3.22\nRUN apk add --no-cache curl\nRUN adduser -D app\nUSER app:app\n',
    },
    {
      title: 'made here, made elsewhere, in the image, or a number',
      good: 'FROM debian:12\nRUN useradd app\nUSER app\nFROM debian:12\nRUN ./setup.sh\nUSER app\nFROM debian:12\nRUN apt-get update && apt-get install -y postgresql\nUSER postgres\nFROM debian:12\nCOPY --from=a /etc/passwd /etc/passwd\nUSER app\nFROM ubuntu:24.04\nUSER ubuntu\nFROM debian:12\nUSER www-data\nUSER 1000:1000\nUSER $APP\nFROM company.example/base:1\nUSER app\n',
    },
  ],
  *check(file, { options }) {
    for (const stage of file.stages) {
      const root = rootImage(file, stage, options.buildArgs);
      // Whoever builds may give an image that has one.
      const given = isGivenImage(stage);
      const users = root === undefined || given ? undefined : usersOf(root);
      if (!users) continue;
      for (const instruction of stage.instructions) {
        const [word] = instruction.args;
        if (instruction.keyword !== 'USER' || !word || word.text !== word.value) continue;
        const name = /^[a-z_][\w-]*(?=:|$)/i.exec(word.value)?.[0];
        if (name === undefined || users.has(name) || mayBeMade(file, stage, instruction, name)) continue;
        const alpine = imageReference(root ?? '').name === 'alpine' || /-alpine|alpine/.test(root ?? '');
        const edit = lineBefore(file, instruction, alpine ? `RUN adduser -D ${name}` : `RUN useradd --create-home ${name}`);
        yield {
          span: { start: word.span.start, end: word.span.start + name.length },
          message: `«${root ?? ''}» has no user «${name}», and nothing here makes one: what runs next ends with «unable to find user ${name}».`,
          fixes: edit ? [{ title: `Make the user ${name}`, safe: false, edits: [edit] }] : [],
        };
        break;
      }
    }
  },
});

const users = (names: string): ReadonlySet<string> => new Set(names.split(' '));
const debian = users('root daemon bin sys sync games man lp mail news uucp proxy www-data backup list irc gnats _apt nobody');
const ubuntu = new Set([...debian, 'ubuntu']);
const alpine = users(
  'root bin daemon lp sync shutdown halt mail news uucp cron ftp sshd games ntp guest nobody man postmaster operator squid xfs adm at cyrus vpopmail smmsp svn',
);

/** The users of images that are well known; undefined for others. */
function usersOf(image: string): ReadonlySet<string> | undefined {
  const { registry, name, tag = '' } = imageReference(image);
  if (registry !== 'docker.io') return undefined;
  if (name === 'alpine' || (/^(?:python|golang|rust)$/.test(name) && tag.includes('alpine'))) return alpine;
  if (/^(?:python|debian|golang|rust)$/.test(name) && !/windows|nanoserver/.test(tag)) return debian;
  if (/^(?:ubuntu|nvidia\/cuda)$/.test(name) && !/ubi|rocky|centos|oracle/.test(tag)) return ubuntu;
  return undefined;
}

/** Whether something before an instruction may make a user of this name: everything that is not surely something else. */
function mayBeMade(file: Dockerfile, stage: Stage, user: Instruction, name: string): boolean {
  const before = allInstructions(stage).filter(({ span }) => span.start < user.span.start);
  for (const step of runSteps(file, before, bringsUsers)) {
    if (!step) return true;
    const { command, words, call } = step;
    const program = words[0]?.value ?? '';
    if (call) {
      if (installs(call) && call.operands.some(({ value, dynamic }) => dynamic || !comesAlone(value))) return true;
    } else if (/^(?:useradd|adduser|usermod|groupadd|addgroup)$/.test(program)) {
      if (words.some(({ value, dynamic }) => dynamic || value === name) || program === 'usermod') return true;
    } else if (!/^(?:pip[\d.]*|python[\d.]*|uv|chown|chmod|mkdir|curl|wget|git|tar|unzip|rm)$/.test(program) && !bringsNothing(words))
      return true;
    if (command.redirects.length && /passwd|group/.test(command.redirects.map(({ target }) => target?.value ?? '').join(' '))) return true;
  }
  return false;
}

/** Whether files come from another stage, or into the folder where the users are listed. */
const bringsUsers = ({ keyword, args, flags }: Instruction): boolean =>
  (keyword === 'COPY' || keyword === 'ADD') &&
  (flags.some(({ name }) => name === 'from') || /^\/(?:etc(?:\/.*)?)?$/.test(args.at(-1)?.value ?? ''));
