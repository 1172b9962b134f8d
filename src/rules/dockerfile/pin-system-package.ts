import { installs, managerCalls, type Manager, type PlacedCall } from '../../dockerfile/packages/system.ts';
import type { ShellWord } from '../../dockerfile/shell/model.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { knownText } from '../shared/knownText.ts';
import { systemManagers } from '../shared/looksAt.ts';

export default dockerfileRule({
  id: 'pin-system-package',
  severity: 'hint',
  enabled: false,
  title: 'Name the version of system packages',
  why: 'Without a version, the same Dockerfile installs something else next month. Distributions remove old versions from their mirrors, though: a pin then breaks the build. Pin what your code depends on, or pin the base image by digest and use a snapshot mirror.',
  also: ['hadolint:DL3008', 'hadolint:DL3018', 'hadolint:DL3033', 'hadolint:DL3037', 'hadolint:DL3041'],
  reach: 'file',
  looksAt: systemManagers,
  examples: [
    {
      bad: 'FROM debian:12\nRUN apt-get update && apt-get install -y git=1:2.39.5-0+deb12u2 «curl»\n',
      good: 'FROM debian:12\nRUN apt-get update && apt-get install -y git=1:2.39.5-0+deb12u2 curl=7.88.*\n',
    },
    {
      bad: 'FROM alpine:3.20\nRUN apk add --no-cache «flex» bison\n',
      good: 'FROM alpine:3.20\nRUN apk add --no-cache "flex>=2.6.4-r1" bison~3.8\n',
    },
    {
      bad: 'FROM fedora:42\nRUN dnf install -y «rpm-sign»\n',
      good: 'FROM fedora:42\nRUN dnf install -y rpm-sign-4.16.1.3 https://example.org/a.rpm\n',
    },
    { title: 'a version in a variable', good: 'FROM fedora:42\nARG VERSION=2.51.0-2.fc42\nRUN dnf install -y git-core-${VERSION}\n' },
    {
      title: 'the packages are in a variable',
      good: 'FROM debian:12\nRUN apt-get install -y $PACKAGES ./local.deb python3/bookworm-backports\n',
    },
  ],
  *check(file) {
    for (const call of managerCalls(file)) {
      const row = families[call.manager];
      if (!row || !(installs(call) || call.action === 'module install')) continue;
      if (/^apt/.test(call.manager) && call.options.some(({ name }) => name === '-t' || name.endsWith('-release'))) continue;
      const open = call.operands.filter((word) => unpinned(call, word, row.pinned, knownText(file, call.run, word)));
      const [first] = open;
      if (!first) continue;
      const names = open.slice(0, 4).map(({ value }) => `«${value}»`);
      yield {
        span: first.span,
        message: `${names.join(', ')}${open.length > 4 ? ` and ${open.length - 4} more have` : open.length > 1 ? ' have' : ' has'} no version (${row.form}), so another one is installed after the next release.`,
        also: [row.code],
      };
    }
  },
});

interface Family {
  readonly code: string;
  readonly form: string;
  readonly pinned: RegExp;
}
const apt: Family = { code: 'hadolint:DL3008', form: 'name=version', pinned: /=|\/[^/]*$|\.deb$/ };
const dnf: Family = { code: 'hadolint:DL3041', form: 'name-version', pinned: /-(?:\d+:)?\d[^/]*$|\.rpm$|^[./]|:\/\// };
const families: Partial<Readonly<Record<Manager, Family>>> = {
  'apt-get': apt,
  apt,
  apk: { code: 'hadolint:DL3018', form: 'name=version', pinned: /[=~<>]|\.apk$/ },
  yum: { ...dnf, code: 'hadolint:DL3033' },
  dnf,
  microdnf: dnf,
  tdnf: dnf,
  zypper: { code: 'hadolint:DL3037', form: 'name=version', pinned: /[=<>~]|\.rpm$|^[./]|:\/\// },
};

const unpinned = ({ action }: PlacedCall, { value }: ShellWord, pinned: RegExp, known: string | undefined): boolean => {
  if (known === undefined || known === '' || /^[@-]/.test(value)) return false;
  return action === 'module install' ? !known.includes(':') : !pinned.test(known);
};
