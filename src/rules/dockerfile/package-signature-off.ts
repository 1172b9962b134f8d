import { callsOf } from '../../dockerfile/shell/commands.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { withSpace } from '../shared/withSpace.ts';

export default dockerfileRule({
  id: 'package-signature-off',
  severity: 'warning',
  title: 'Keep checking package signatures',
  why: 'The signature is what tells a distribution’s package from one that somebody put on the mirror. Import the repository’s key instead of switching the check off.',
  also: [7, 8, 9, 10, 11].map((number) => `checkov:CKV2_DOCKER_${number}`),
  looksAt: [
    'RUN --allow-un',
    'RUN --force-yes',
    'RUN gpgcheck',
    'RUN --nodigest',
    'RUN --nosignature',
    'RUN --noverify',
    'RUN --nofiledigest',
  ],
  examples: [
    {
      bad: 'FROM fedora:42\nRUN dnf install -y «--nogpgcheck» gcc && dnf clean all\n',
      good: 'FROM fedora:42\nRUN dnf install -y gcc && dnf clean all\n',
    },
    { bad: 'FROM debian:12\nRUN apt-get install -y «--allow-unauthenticated» libnccl2\n' },
    { bad: 'FROM alpine:3.20\nRUN apk add --no-cache «--allow-untrusted» https://example.org/a.apk\n' },
    {
      title: 'a package that was built or copied here: a remark only',
      bad: 'FROM alpine:3.20\nCOPY a.apk /tmp/\nRUN apk add --no-cache «--allow-untrusted» /tmp/a.apk\n',
    },
    {
      title: 'the package with a repository’s key, by https: a remark only',
      bad: 'FROM fedora:42\nRUN dnf install -y «--nogpgcheck» https://mirrors.example.org/free/rpmfusion-free-release-42.noarch.rpm && dnf clean all\n',
    },
    {
      title: 'another program’s option',
      good: 'FROM fedora:42\nRUN dnf install -y gcc | grep -- --nogpgcheck && dnf clean all && rpm -i a.rpm\n',
    },
  ],
  *check(file) {
    for (const { program, args } of callsOf(file, ...Object.keys(options))) {
      const row = Object.hasOwn(options, program) ? options[program] : undefined;
      for (const { value, span } of args) {
        const code = row?.[value];
        if (code === undefined) continue;
        // A package that brings the key of its own repository, by https: nothing could check it yet.
        const packages = args.filter(({ value: each }) => !each.startsWith('-') && !/^(?:install|localinstall|reinstall)$/.test(each));
        const release = packages.length > 0 && packages.every((each) => /^https:\/\/\S+-release[\w.-]*\.rpm$/.test(each.value));
        // What lies in a file was built or copied here, and whoever did that knows what it is.
        const local = packages.length > 0 && packages.slice(isVerb(packages[0]?.value) ? 1 : 0).every((each) => isFile.test(each.value));
        yield {
          span,
          ...(release || local ? { severity: 'info' as const } : {}),
          message: `With «${value}», ${program} installs packages that nobody has signed.`,
          also: [`checkov:CKV2_DOCKER_${code}`],
          fixes: [{ title: `Remove ${value}`, safe: false, edits: [{ span: withSpace(file.source.text, span), text: '' }] }],
        };
        break;
      }
    }
  },
});

/** A package by its path. */
const isFile = /^(?:[.~]{0,2}[\w-]*\/(?!\/)|[$]).*\.(?:apk|rpm|deb)$|^[\w.*-]+\.(?:apk|rpm|deb)$/;
const isVerb = (word: string | undefined): boolean => word === 'add';

const apt = { '--allow-unauthenticated': 8, '--force-yes': 11 };
const gpg = { '--nogpgcheck': 9, '--no-gpgcheck': 9 };
const options: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  apk: { '--allow-untrusted': 7 },
  'apt-get': apt,
  apt,
  aptitude: apt,
  dnf: gpg,
  yum: gpg,
  tdnf: gpg,
  microdnf: gpg,
  rpm: { '--nodigest': 10, '--nosignature': 10, '--noverify': 10, '--nofiledigest': 10 },
};
