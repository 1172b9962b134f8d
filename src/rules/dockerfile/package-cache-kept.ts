import type { Instruction } from '../../dockerfile/model.ts';
import { managerCalls, type Manager, type PlacedCall } from '../../dockerfile/packages/system.ts';
import { callsIn, runCommands } from '../../dockerfile/shell/commands.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { mounted } from '../shared/cacheMount.ts';

export default dockerfileRule({
  id: 'package-cache-kept',
  severity: 'info',
  title: 'Clean the package manager’s cache in the same RUN',
  why: 'dnf, yum and zypper keep metadata and packages under `/var/cache`, often more than 100 MB. What the RUN that fetched them does not remove stays in the image. A cache mount on that folder does the same and makes the next build faster.',
  also: ['hadolint:DL3032', 'hadolint:DL3036', 'hadolint:DL3040', 'trivy:DS015', 'trivy:DS019', 'trivy:DS020', 'trivy:DS027'],
  looksAt: ['RUN dnf', 'RUN yum', 'RUN zypper'],
  examples: [
    {
      bad: 'FROM fedora:42\nRUN «dnf install» -y gcc\n',
      good: 'FROM fedora:42\nRUN dnf install -y gcc && dnf clean all\n',
    },
    {
      title: 'cleaned too early',
      bad: 'FROM rockylinux:9\nRUN dnf install -y gcc \\\n    && dnf clean all \\\n    && «dnf install» -y git\n',
      good: 'FROM rockylinux:9\nRUN dnf install -y gcc \\\n    && dnf clean all \\\n    && dnf install -y git \\\n    && dnf clean all\n',
    },
    {
      bad: 'FROM opensuse/leap:15.6\nRUN «zypper install» -y git\n',
      good: 'FROM opensuse/leap:15.6\nRUN zypper install -y git && zypper clean\n',
    },
    { title: 'removed by hand', good: 'FROM rockylinux:9\nRUN yum install -y gcc && rm -rf /var/cache/yum/*\n' },
    { title: 'in a cache mount', good: 'FROM fedora:42\nRUN --mount=type=cache,target=/var/cache/libdnf5 dnf install -y gcc\n' },
  ],
  *check(file) {
    const byInstruction = new Map<Instruction, PlacedCall[]>();
    for (const call of managerCalls(file)) {
      if (!families[call.manager]) continue;
      const known = byInstruction.get(call.run.instruction);
      if (known) known.push(call);
      else byInstruction.set(call.run.instruction, [call]);
    }
    for (const [instruction, calls] of byInstruction)
      for (const manager of new Set(calls.map((call) => call.manager))) {
        const family = families[manager];
        const last = calls.findLast((call) => call.manager === manager && family?.fills.test(call.action));
        if (!family || !last?.verb || mounted(instruction, ...family.folders)) continue;
        const after = callsIn(runCommands(file), instruction).filter(({ command }) => command.span.start > last.run.command.span.start);
        const cleaned =
          calls.some(
            (call) =>
              call.manager === manager &&
              call.run.command.span.start > last.run.command.span.start &&
              /^(?:clean|cc|clear-cache)$/.test(call.action) &&
              (manager === 'zypper' || call.operands.some(({ value }) => value === 'all')),
          ) ||
          after.some(
            ({ program, args }) =>
              program === 'rm' &&
              args.some(({ value }) => family.folders.some((folder) => value.startsWith(folder) || /^\/var\/cache(?:\/\*?)?$/.test(value))),
          );
        if (cleaned) continue;
        const { command } = last.run;
        const end = callsIn(runCommands(file), instruction).at(-1) === last.run;
        const text = file.source.text;
        const before = callsIn(runCommands(file), instruction).at(-2)?.command;
        const written = before && end && command.joint === '&&' ? text.slice(before.span.end, command.span.start) : '';
        const joint = /^[\s\\]*&&[\s\\]*$/.test(written) ? written : ' && ';
        yield {
          span: { start: last.run.head.span.start, end: last.verb.span.end },
          message: `${manager} leaves its cache in the layer: end the RUN with ${family.clean(manager)}.`,
          also: family.codes[manager] ?? [],
          fixes:
            instruction.json ||
            command.depth ||
            command.substituted ||
            instruction.heredocs.length ||
            !/^(?:first|&&|newline)$/.test(command.joint)
              ? []
              : [
                  {
                    title: `Add ${family.clean(manager)}`,
                    safe: true,
                    edits: [{ span: { start: command.span.end, end: command.span.end }, text: `${joint}${family.clean(manager)}` }],
                  },
                ],
        };
      }
  },
});

interface Family {
  /** Actions after which there is something to clean. */
  readonly fills: RegExp;
  readonly folders: readonly string[];
  readonly clean: (manager: Manager) => string;
  readonly codes: Partial<Readonly<Record<Manager, readonly string[]>>>;
}
const dnf: Family = {
  fills:
    /^(?:install|in|up|upgrade|update|upgrade-minimal|up-min|update-minimal|reinstall|rei|localinstall|groupinstall|(?:group|module) install|builddep|distro-sync)$/,
  folders: ['/var/cache/libdnf5', '/var/cache/dnf', '/var/cache/yum', '/var/cache/tdnf'],
  clean: (manager) => `${manager} clean all`,
  codes: {
    dnf: ['hadolint:DL3040', 'trivy:DS019'],
    microdnf: ['hadolint:DL3040', 'trivy:DS027'],
    yum: ['hadolint:DL3032', 'trivy:DS015'],
    tdnf: [],
  },
};
const families: Partial<Readonly<Record<Manager, Family>>> = {
  dnf,
  microdnf: dnf,
  tdnf: dnf,
  yum: dnf,
  zypper: {
    fills: /^(?:install|in|remove|rm|source-install|si|patch|update|up)$/,
    folders: ['/var/cache/zypp'],
    clean: () => 'zypper clean',
    codes: { zypper: ['hadolint:DL3036', 'trivy:DS020'] },
  },
};
