import type { Instruction } from '../../dockerfile/model.ts';
import { installs, managerCalls, type PlacedCall } from '../../dockerfile/packages/system.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { mounted } from '../shared/cacheMount.ts';
import { instructionLines } from '../shared/instructionLines.ts';
import { beside, systemManagers } from '../shared/looksAt.ts';

export default dockerfileRule({
  id: 'apt-update-separate',
  severity: 'warning',
  title: 'Update and install in one RUN',
  why: 'A RUN of its own with `apt-get update` is cached for ever. When the packages below it change months later, the installation asks for versions that are no longer on the mirror: «404 Not Found». In one RUN both are done again together.',
  also: ['trivy:DS017', 'checkov:CKV_DOCKER_5'],
  looksAt: [...systemManagers, ...beside('lines', '#')],
  examples: [
    {
      bad: 'FROM debian:12\nRUN «apt-get update»\nRUN apt-get install -y --no-install-recommends curl\n',
      good: 'FROM debian:12\nRUN apt-get update && apt-get install -y --no-install-recommends curl\n',
    },
    { title: 'nothing follows it', bad: 'FROM alpine:3.20\nRUN «apk update»\n' },
    {
      title: 'an upgrade uses the lists',
      good: 'FROM debian:12\nRUN apt-get update && apt-get upgrade -y\nFROM opensuse/leap:15.6\nRUN zypper update --no-confirm\n',
    },
    {
      title: 'a cache mount',
      good: 'FROM debian:12\nRUN --mount=type=cache,target=/var/lib/apt apt-get update\nRUN --mount=type=cache,target=/var/lib/apt apt-get install -y curl\n',
    },
    { title: 'what fetches packages in another way', good: 'FROM debian:12\nRUN apt-get update && ./install-deps.sh\n' },
  ],
  *check(file) {
    const calls = managerCalls(file);
    const byRun = new Map<Instruction, PlacedCall[]>();
    for (const call of calls) byRun.set(call.run.instruction, [...(byRun.get(call.run.instruction) ?? []), call]);
    const seen = new Set<Instruction>();
    for (const [index, call] of calls.entries()) {
      const { manager, action, verb, run } = call;
      const { instruction } = run;
      // zypper’s «update» is an upgrade.
      if (
        !verb ||
        action !== 'update' ||
        manager === 'zypper' ||
        (call.operands.length && !/^ap[tk]/.test(manager)) ||
        seen.has(instruction)
      )
        continue;
      seen.add(instruction);
      if (mounted(instruction, '/var/lib/apt', '/var/lib/apt/lists', '/var/cache/apk') || instruction.heredocs.length) continue;
      const here = byRun.get(instruction) ?? [];
      // Anything else in the RUN may use the lists: scripts, other managers, `apt-cache`.
      const text = instruction.body.text.replace(/\\\r?\n/g, ' ');
      const only =
        here.every((each) => each.action === 'update') && !/\binstall\b|\badd\b|upgrade|\.sh\b|apt-cache|\bsource\b|\bbash\b/.test(text);
      if (!only) continue;
      const next = calls
        .slice(index + 1)
        .find(
          (each) =>
            each.run.instruction !== instruction &&
            each.run.section === run.section &&
            each.run.command.span.start > run.command.span.end &&
            installs(each),
        );
      const at = run.section.instructions.indexOf(instruction);
      const adjacent = next && run.section.instructions[at + 1] === next.run.instruction;
      yield {
        span: { start: run.head.span.start, end: verb.span.end },
        // With dnf and yum it is an upgrade, which the cache keeps from being done again.
        ...(/^(?:apt|apk)/.test(manager) ? {} : { severity: 'info' as const }),
        message: next
          ? `${manager} update in a RUN of its own is cached, and later installations then ask for versions that are gone. Put it into the RUN that installs.`
          : `${manager} update in a RUN of its own leaves lists in the image that grow old, and nothing here installs from them. Leave it out, or install in the same RUN.`,
        fixes:
          adjacent &&
          here.length === 1 &&
          !instruction.flags.length &&
          !next.run.instruction.json &&
          !instruction.json &&
          !next.run.instruction.heredocs.length &&
          plain(instruction, call.run.command.span)
            ? [
                {
                  title: 'Move it into the RUN that installs',
                  safe: true,
                  edits: [
                    { span: instructionLines(file.source, instruction.span), text: '' },
                    {
                      span: { start: next.run.instruction.body.span.start, end: next.run.instruction.body.span.start },
                      text: `${file.source.text.slice(run.command.span.start, run.command.span.end)} && `,
                    },
                  ],
                },
              ]
            : [],
      };
    }
  },
});

/** Whether the RUN is this one command, on one line. */
const plain = ({ body }: Instruction, span: { readonly start: number; readonly end: number }): boolean =>
  body.span.start === span.start && body.span.end === span.end && !body.text.includes('\n');
