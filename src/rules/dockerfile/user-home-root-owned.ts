import type { Instruction } from '../../dockerfile/model.ts';
import { allInstructions, variablesAt } from '../../dockerfile/scope.ts';
import { shippedSections } from '../../dockerfile/sections.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { homeVariables, runsAs } from '../shared/homeless.ts';
import { within } from '../shared/published.ts';
import { shippedStages } from '../shared/shipped.ts';
import { stageText, textOf } from '../shared/stageText.ts';
import { usersAdded } from '../shared/users.ts';
import { beside, stageWords } from '../shared/looksAt.ts';

/** What makes folders that are not there. */
const makers = /^(?:COPY|ADD|WORKDIR)$/;

export default dockerfileRule({
  id: 'user-home-root-owned',
  severity: 'warning',
  title: 'Let users own their home folder',
  why: 'COPY and WORKDIR make missing folders, and root owns them. When that is how a user’s home folder comes to be, the user can read what is in it but not make `~/.cache`: the first download of a model ends with «PermissionError». `useradd -m` before makes the folder for the user.',
  reach: 'shipped',
  looksAt: ['RUN useradd', 'RUN adduser', ...beside(...stageWords, 'USER', 'WORKDIR')],
  examples: [
    {
      bad: 'FROM python:3.12 AS build\nRUN pip install --user transformers\nFROM python:3.12-slim\nRUN useradd app\nCOPY --from=build /root/.local «/home/app/.local»\nUSER app\n',
      good: 'FROM python:3.12 AS build\nRUN pip install --user transformers\nFROM python:3.12-slim\nRUN useradd -m app\nCOPY --from=build /root/.local /home/app/.local\nUSER app\n',
    },
    { title: 'the folder is made before the user is', bad: 'FROM python:3.12-slim\nWORKDIR «/home/app»\nRUN useradd -m app\nUSER app\n' },
    { title: 'it is handed over', good: 'FROM python:3.12-slim\nRUN useradd app\nCOPY --chown=app . /home/app\nUSER app\n' },
    { good: 'FROM python:3.12-slim\nWORKDIR /home/app\nRUN useradd -d /home/app app && chown app /home/app\nUSER app\n' },
    { title: 'caches are elsewhere', good: 'FROM python:3.12-slim\nENV HF_HOME=/models\nRUN useradd app\nCOPY x /home/app/x\nUSER app\n' },
  ],
  *check(file, world) {
    const [stage] = shippedStages(file);
    const name = stage && runsAs(stage);
    if (!stage || name === undefined) return;
    const instructions = allInstructions(stage);
    const isHome = ({ keyword, args }: Instruction): boolean => makers.test(keyword) && args.at(-1)?.value.startsWith('/home/') === true;
    if (!instructions.some(isHome) && !/\b(?:useradd|adduser)\b[^;&|]* -(?:[dh] |-home)/.test(stageText(stage))) return;
    const user = usersAdded(file, shippedSections(file)).find((each) => each.name === name);
    const set = variablesAt(file, stage, undefined, world.options.buildArgs);
    if (!user || homeVariables.some((variable) => set.has(variable))) return;
    const home = user.folder ?? `/home/${name}`;
    const made = instructions.indexOf(user.call.instruction);
    // What a RUN does to the folder itself is the file's own business; switching to the user makes later folders the user's.
    if (
      instructions.some((each) => each.keyword === 'RUN' && /\b(?:chown|mkdir|install)\b/.test(textOf(each)) && textOf(each).includes(home))
    )
      return;
    for (const [at, { keyword, args, flags }] of instructions.entries()) {
      const target = args.at(-1);
      if (!target || !makers.test(keyword) || !within(target.value, home)) continue;
      if (flags.some((flag) => flag.name === 'chown') || (user.home && made < at)) return;
      const now = instructions.slice(0, at).findLast((each) => each.keyword === 'USER')?.args[0]?.value;
      if (now !== undefined && !/^(?:root|0)(?::|$)/.test(now) && keyword === 'WORKDIR') return;
      const head = user.call.head.span;
      yield {
        span: target.span,
        message: `Root owns «${home}» when ${keyword} makes it: «${name}» cannot make ~/.cache there, and the first download of a model fails. ${user.home ? `Make the user before this line.` : 'Make the home folder with useradd -m, before this line.'}`,
        fixes:
          !user.home && made < at && user.call.program === 'useradd' && !user.call.instruction.json
            ? [{ title: 'Make the home folder with -m', safe: true, edits: [{ span: { start: head.end, end: head.end }, text: ' -m' }] }]
            : [],
      };
      return;
    }
  },
});
