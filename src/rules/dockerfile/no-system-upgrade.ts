import { managerCalls, type Manager } from '../../dockerfile/packages/system.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { systemManagers } from '../shared/looksAt.ts';

export default dockerfileRule({
  id: 'no-system-upgrade',
  severity: 'info',
  enabled: false,
  title: 'Take a newer base image instead of upgrading its packages',
  why: 'An upgrade gives another image every day, writes every upgraded file a second time, and is not run again while its layer is cached. Off by default: where a base image is rebuilt seldom, an upgrade is how fixes of security come in.',
  also: [
    ...['semgrep:avoid-apt-get-upgrade', 'semgrep:avoid-apk-upgrade', 'semgrep:avoid-dnf-update', 'semgrep:avoid-yum-update'],
    ...['semgrep:avoid-zypper-update', 'dockerfilelint:apt-get-upgrade'],
  ],
  looksAt: systemManagers,
  examples: [
    { bad: 'FROM debian:13\nRUN apt-get update && «apt-get upgrade» -y\n' },
    { bad: 'FROM alpine:3.22\nRUN «apk upgrade» --no-cache\n' },
    { bad: 'FROM fedora:42\nRUN «dnf -y update» && dnf install -y gcc && dnf clean all\n' },
    {
      title: 'lists, one package, another kind of upgrade',
      good: 'FROM debian:13\nRUN apt-get update && apt-get install -y --only-upgrade openssl\nFROM fedora:42\nRUN dnf -y update openssl && dnf check-update\nFROM alpine:3.22\nRUN apk update\n',
    },
  ],
  *check(file) {
    for (const { manager, action, verb, operands, run } of managerCalls(file)) {
      const [actions, also] = upgrades[manager] ?? [];
      if (!verb || operands.length || !actions?.test(action)) continue;
      yield {
        span: { start: run.head.span.start, end: verb.span.end },
        message: `«${manager} ${action}» makes another image of the same file every day. Use a newer base image, or upgrade the one package that needs it.`,
        also: also ?? [],
      };
    }
  },
});

const dnf = /^(?:update|upgrade|up|upgrade-minimal|update-minimal)$/;
const upgrades: Partial<Readonly<Record<Manager, readonly [actions: RegExp, also?: readonly string[]]>>> = {
  'apt-get': [/^upgrade$/, ['semgrep:avoid-apt-get-upgrade', 'dockerfilelint:apt-get-upgrade']],
  apt: [/^upgrade$/],
  aptitude: [/^(?:safe-)?upgrade$/],
  apk: [/^upgrade$/, ['semgrep:avoid-apk-upgrade']],
  dnf: [dnf, ['semgrep:avoid-dnf-update']],
  microdnf: [dnf],
  tdnf: [dnf],
  yum: [dnf, ['semgrep:avoid-yum-update']],
  zypper: [/^(?:update|up)$/, ['semgrep:avoid-zypper-update']],
};
