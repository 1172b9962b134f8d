import { shellAt } from '../../dockerfile/stageShell.ts';
import { sectionsOf } from '../../dockerfile/sections.ts';
import type { Command } from '../../dockerfile/shell/model.ts';
import { commandsOf, programOf } from '../../dockerfile/shell/scripts.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { endsOnError } from '../shared/endsOnError.ts';
import { lineBreak } from '../../text/text.ts';
import { baseName } from '../../text/paths.ts';

export default dockerfileRule({
  id: 'heredoc-goes-on',
  severity: 'info',
  title: 'Let a heredoc script end at its first failure',
  why: 'A RUN fails with the exit status of its last command. In a heredoc the lines are not joined with `&&`: a download or an installation that fails in the middle is passed over, and the image is built without it. `set -e` as the first line ends the script where it fails.',
  looksAt: ['RUN <<'],
  examples: [
    {
      bad: 'FROM debian:12\nRUN <<EOF\n«apt-get update»\napt-get install -y curl\necho done\nEOF\n',
      good: 'FROM debian:12\nRUN <<EOF\nset -e\napt-get update\napt-get install -y curl\necho done\nEOF\n',
    },
    {
      title: 'after the interpreter',
      bad: 'FROM debian:12\nRUN <<EOF\n#!/bin/bash\n«pip install» flask==3.1.0\npip check\nEOF\n',
      good: 'FROM debian:12\nRUN <<EOF\n#!/bin/bash\nset -e\npip install flask==3.1.0\npip check\nEOF\n',
    },
    { title: 'set for the shell', good: 'FROM debian:12\nSHELL ["/bin/bash", "-ec"]\nRUN <<EOF\napt-get update\ntrue\nEOF\n' },
    {
      title: 'one chain, and the last line',
      good: 'FROM debian:12\nRUN <<EOF\nmkdir -p /srv\napt-get update && apt-get install -y curl\nEOF\nRUN bash -e <<EOF\napt-get update\ntrue\nEOF\n',
    },
    { title: 'text, not a script', good: 'FROM debian:12\nRUN cat <<EOF > /x.sh\napt-get update\ntrue\nEOF\n' },
  ],
  *check(file) {
    for (const { stage, instructions } of sectionsOf(file))
      for (const instruction of instructions) {
        const [heredoc] = instruction.heredocs;
        if (instruction.keyword !== 'RUN' || !heredoc || /^#!.*\s-\w*e/.test(heredoc.text)) continue;
        const inside = commandsOf(file, instruction).filter(({ span }) => span.start >= heredoc.content.start);
        const outside = commandsOf(file, instruction).filter(({ span }) => span.start < heredoc.content.start);
        if (!inside.length || [...inside, ...outside].some(endsOnError)) continue;
        if (stage && shellAt(file, stage, instruction).some((word) => /^-\w*e/.test(word) || word === 'errexit')) continue;
        // Of what is joined with && and the like only the end counts: a failure there is the failure of its line.
        const lost = inside.find(
          (command, at) => matters(command) && inside.slice(at + 1).some(({ joint, depth }) => depth === 0 && lineEnd(joint)),
        );
        if (!lost || !outcomeIsLost(inside, lost)) continue;
        const first = /^#!.*(?:\r?\n|$)/.exec(heredoc.text)?.[0].length ?? 0;
        const at = heredoc.content.start + first;
        const [head, ...rest] = programOf(lost);
        const verb = rest.find(({ value }) => !value.startsWith('-'));
        yield {
          span: { start: (head ?? lost).span.start, end: (verb ?? head ?? lost).span.end },
          message: `When «${lost.name}» fails here, the script goes on and the RUN succeeds: begin it with «set -e».`,
          fixes: [
            { title: 'Begin with set -e', safe: false, edits: [{ span: { start: at, end: at }, text: `set -e${lineBreak(file.source)}` }] },
          ],
        };
      }
  },
});

const lineEnd = (joint: Command['joint']): boolean => joint === 'newline' || joint === ';';

/** Whether nothing looks at how the command ended: no condition, no `||`, and another line follows its chain. */
function outcomeIsLost(all: readonly Command[], command: Command): boolean {
  if (command.depth || command.under.length) return false;
  for (let at = all.indexOf(command) + 1; at < all.length; at++) {
    const joint = all[at]?.joint;
    if (joint === '||') return false;
    if (joint !== undefined && lineEnd(joint)) return true;
  }
  return false;
}

/** Commands that often fail, and whose failure leaves something out of the image. */
const matters = (command: Command): boolean => {
  const [head] = programOf(command);
  return /^(?:apt-get|apt|apk|dnf|yum|microdnf|zypper|pip[\d.]*|uv|poetry|conda|mamba|micromamba|npm|yarn|pnpm|curl|wget|git|make|cmake|cargo|go|tar|unzip|huggingface-cli|hf)$/.test(
    baseName(head?.value ?? ''),
  );
};
