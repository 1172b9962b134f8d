import { stageAround } from '../../dockerfile/scope.ts';
import type { Dockerfile, Instruction } from '../../dockerfile/model.ts';
import { given, installs, managerCalls, type Manager, type PlacedCall } from '../../dockerfile/packages/system.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { systemManagers } from '../shared/looksAt.ts';
import { stageText } from '../shared/stageText.ts';

export default dockerfileRule({
  id: 'apt-no-y',
  severity: 'warning',
  quiet: '`apt-get` may be told by a configuration file or by a variable to say yes, which the RUN does not show.',
  title: 'Answer the package manager’s question',
  why: 'Before it installs anything new, the package manager asks «Do you want to continue?». A build has nobody who answers, so it stops there. `-y` says yes.',
  also: ['hadolint:DL3014', 'hadolint:DL3030', 'hadolint:DL3034', 'hadolint:DL3038', 'trivy:DS021'],
  looksAt: [...systemManagers, '* Assume-Yes'],
  examples: [
    {
      bad: 'FROM debian:12\nRUN apt-get update && «apt-get install» python3 \\\n    curl\n',
      good: 'FROM debian:12\nRUN apt-get update && apt-get install -y python3 \\\n    curl\n',
    },
    { bad: 'FROM fedora:42\nRUN «dnf install» gcc && dnf clean all\n', good: 'FROM fedora:42\nRUN dnf install -y gcc && dnf clean all\n' },
    { bad: 'FROM opensuse/leap:15.6\nRUN «zypper install» git\n', good: 'FROM opensuse/leap:15.6\nRUN zypper install -y git\n' },
    {
      title: 'said in another way',
      good: 'FROM debian:12\nRUN apt-get -yqq install curl && apt-get install -qq wget && yes | apt-get install git\n',
    },
    {
      title: 'an option is for its own command',
      bad: 'FROM debian:12\nRUN apt-get update && apt-get install --assume-yes curl\nRUN «apt-get install» git\n',
    },
    { title: 'or in the configuration', good: 'FROM debian:12\nRUN apt-get -o APT::Get::Assume-Yes=true install curl\n' },
    {
      title: 'also in that of the image',
      good: 'FROM debian:12\nRUN echo \'APT::Get::Assume-Yes "true";\' > /etc/apt/apt.conf.d/90yes\nRUN apt-get update && apt-get install curl git\n',
    },
    {
      title: 'apt does not ask about what brings nothing else: a remark only',
      bad: 'FROM debian:12\nRUN apt-get update && «apt-get install» unzip\nCOPY a.deb /tmp/\nRUN «apt-get install» /tmp/a.deb\n',
    },
  ],
  *check(file) {
    for (const call of managerCalls(file)) {
      const { manager, verb, run } = call;
      const also = codes[manager];
      if (
        !also ||
        !verb ||
        !asks(call) ||
        saidYes(call) ||
        (/^apt/.test(manager) && isAssumed(file, run.instruction)) ||
        run.command.joint === '|' ||
        run.command.redirects.some(({ operator }) => operator.endsWith('<'))
      )
        continue;
      const title = 'Add -y';
      const alone = /^apt/.test(manager) && call.operands.length === 1 && call.operands.every(({ value }) => bringsNothingElse.test(value));
      yield {
        span: { start: run.head.span.start, end: verb.span.end },
        ...(alone ? { severity: 'info' as const } : {}),
        message: alone
          ? `${manager} ${call.action} asks as soon as «${call.operands[0]?.value ?? ''}» brings another package, and in a build nobody answers: add -y.`
          : `${manager} ${call.action} asks before it goes on, and in a build nobody answers: add -y.`,
        also,
        fixes: run.instruction.json
          ? []
          : [{ title, safe: true, edits: [{ span: { start: verb.span.end, end: verb.span.end }, text: ' -y' }] }],
      };
    }
  },
});

const codes: Partial<Readonly<Record<Manager, readonly string[]>>> = {
  'apt-get': ['hadolint:DL3014', 'trivy:DS021'],
  apt: [],
  yum: ['hadolint:DL3030'],
  zypper: ['hadolint:DL3034'],
  dnf: ['hadolint:DL3038'],
  microdnf: ['hadolint:DL3038'],
  tdnf: ['hadolint:DL3038'],
};

/** Packages that need nothing but what every image has, and a file that somebody chose. */
const bringsNothingElse = /^(?:unzip|zip|less|make|tree|gosu|tini|dumb-init|bc|time|pv)$|^[./$].*\.deb$/;

/** Whether the settings of the image say yes. */
function isAssumed(file: Dockerfile, instruction: Instruction): boolean {
  const stage = stageAround(file, instruction);
  return stage !== undefined && /APT::Get::Assume-Yes\s+["'\\]*(?:true|yes|1)/i.test(stageText(stage));
}

const asks = (call: PlacedCall): boolean =>
  installs(call) ||
  /^(?:module|group) install$|^(?:groupinstall|localinstall)$/.test(call.action) ||
  (call.manager === 'zypper' && /^(?:remove|rm|patch|source-install|si)$/.test(call.action));

function saidYes({ manager, options }: PlacedCall): boolean {
  if (manager === 'zypper') return given(options, 'y', '--no-confirm', '--non-interactive') || given(options, 'n');
  if (given(options, 'y', '--yes', '--assume-yes', '--assumeyes')) return true;
  if (!/^apt/.test(manager)) return false;
  const quiet = options.map(({ name, value }) => {
    if (name === '--quiet') return value === undefined ? 1 : Number(value);
    return /^-q=\d/.test(name) ? Number(name.slice(3)) : /^-[a-z]+$/i.test(name) ? name.split('q').length - 1 : 0;
  });
  return (
    quiet.reduce((sum, each) => sum + each, 0) >= 2 ||
    options.some(
      ({ value = '', name }) => /Assume-Yes=(?:"?)(?:true|1|yes)/i.test(value) || /^--(?:dry-run|simulate|download-only)$/.test(name),
    ) ||
    given(options, 's')
  );
}
