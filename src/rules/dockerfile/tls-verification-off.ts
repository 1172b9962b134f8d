import { sectionsOf } from '../../dockerfile/sections.ts';
import { runCommands, type RunCommand } from '../../dockerfile/shell/commands.ts';
import type { ShellWord } from '../../dockerfile/shell/model.ts';
import { dockerfileRule, type Fix } from '../../lint/rule.ts';
import { setting } from '../shared/looksAt.ts';
import { withoutPair } from '../shared/edits.ts';
import { withSpace } from '../shared/withSpace.ts';

const checkov = (number: number): string => `checkov:CKV2_DOCKER_${number}`;

/** Parts of the names of variables that switch checks off. */
const words = ['SSL', 'ssl', 'HTTPSVERIFY', 'TLS', 'TRUSTED_HOST'];

export default dockerfileRule({
  id: 'tls-verification-off',
  severity: 'warning',
  title: 'Keep checking certificates',
  why: 'Without the check, whoever stands between the build and the server decides what is installed: packages, weights (which pickle runs as code), install scripts. Behind a company proxy, add its certificate to the image’s store instead.',
  also: [2, 3, 4, 5, 6, 12, 13, 14, 15, 16].map(checkov),
  looksAt: [...setting(...words), ...['curl', 'wget', '-host', 'strict-ssl', 'setopt', ...words].map((word) => `RUN ${word}`)],
  examples: [
    {
      bad: 'FROM debian:12\nRUN curl «-kL» https://example.org/a && wget -q «--no-check-certificate» https://example.org/b\n',
      good: 'FROM debian:12\nRUN curl -L https://example.org/a && wget -q https://example.org/b\n',
    },
    { bad: 'FROM fedora:42\nRUN dnf-config-manager --save «--setopt=*.sslverify=0»\n' },
    { bad: 'FROM python:3.12-slim\nRUN pip install --no-cache-dir flask «--trusted-host» pypi.org\n' },
    {
      bad: 'FROM python:3.12-slim\nENV «PYTHONHTTPSVERIFY»=0\nRUN «NODE_TLS_REJECT_UNAUTHORIZED=0» node a.js && npm config set «strict-ssl=false»\n',
    },
    { good: 'FROM debian:12\nRUN curl -fsSL https://example.org/a | grep -k x && echo --no-check-certificate\n' },
    {
      title: 'a switch of the file’s own, and no git',
      good: 'FROM python:3.12-slim\nARG GIT_SSL_NO_VERIFY=0\nRUN if [ "$GIT_SSL_NO_VERIFY" = 1 ]; then A=-v; fi; pip install $A --no-cache-dir .\n',
    },
    {
      title: 'a package index of one’s own',
      good: 'FROM python:3.12-slim\nRUN pip install --no-cache-dir flask --trusted-host pypi.internal\nENV NODE_TLS_REJECT_UNAUTHORIZED=1\n',
    },
  ],
  *check(file) {
    for (const { instructions } of sectionsOf(file))
      for (const instruction of instructions) {
        const { keyword, pairs = [] } = instruction;
        if (keyword === 'ENV' || keyword === 'ARG')
          for (const pair of pairs) {
            const { name, value } = pair;
            const code = variable(name.value, value?.value ?? '');
            if (code === undefined || (keyword === 'ARG' && /^GIT_/.test(name.value) && !callsGit.test(file.source.text))) continue;
            const edit = withoutPair(file, instruction, pair);
            yield {
              span: name.span,
              message: `${name.value}=${value?.value ?? ''} switches the certificate check off for all that follows.`,
              also: [checkov(code)],
              fixes: edit ? [{ title: `Take ${name.value} out`, safe: false, edits: [edit] }] : [],
            };
          }
      }
    for (const call of runCommands(file)) {
      for (const { text, value, span } of [
        ...call.command.assignments,
        ...(call.program === 'export' || call.program === 'env' ? call.args : []),
      ]) {
        const equals = value.indexOf('=');
        const code = equals > 0 ? variable(value.slice(0, equals), value.slice(equals + 1)) : undefined;
        if (code !== undefined) yield { span, message: `«${text}» switches the certificate check off.`, also: [checkov(code)] };
      }
      const found = option(call);
      if (found)
        yield {
          span: found.word.span,
          message: `«${found.word.value}» switches the certificate check off: anyone on the way may change what is downloaded.`,
          also: [checkov(found.code)],
          fixes: fixes(file.source.text, found.word),
        };
    }
  },
});

/** The option taken out: a letter of `-fSLk`, or the word where it stands alone. */
function fixes(text: string, { value, text: written, span }: ShellWord): readonly Fix[] {
  if (written !== value) return [];
  const letters = /^-[A-Za-z]{2,}$/.test(value) ? value.replace('k', '') : undefined;
  if (letters === undefined && !/^-k$|^--(?:insecure|no-check-certificate|setopt=.*)$/.test(value)) return [];
  return [
    {
      title: letters === undefined ? `Remove ${value}` : `Write ${letters}`,
      safe: false,
      edits: [letters === undefined ? { span: withSpace(text, span), text: '' } : { span, text: letters }],
    },
  ];
}

/** Which check a variable with this value switches off, by Checkov’s number. */
/** Whether a build asks git for anything: what an ARG says to it ends with the build. */
const callsGit = /(?<![\w.-])git(?=[\s+])/;

function variable(name: string, value: string): number | undefined {
  if (name === 'PYTHONHTTPSVERIFY' && value === '0') return 5;
  if (name === 'NODE_TLS_REJECT_UNAUTHORIZED' && value === '0') return 6;
  if (/^(?:npm_config_strict_ssl|NPM_CONFIG_STRICT_SSL)$/.test(name) && value === 'false') return 12;
  if ((name === 'GIT_SSL_NO_VERIFY' && value !== '') || (name === 'GIT_SSL_VERIFY' && /^(?:0|false)$/.test(value))) return 14;
  return name === 'PIP_TRUSTED_HOST' && shared(value) ? 16 : undefined;
}

/** Hosts that everyone installs from, so that their certificates are good. */
const shared = (host: string): boolean =>
  /pypi|pythonhosted|pytorch|nvidia|anaconda|huggingface/.test(host) && !/internal|local|corp/.test(host);

function option({ program, args }: RunCommand): { readonly word: ShellWord; readonly code: number } | undefined {
  const find = (pattern: RegExp): ShellWord | undefined => args.find(({ value }) => pattern.test(value));
  const as = (word: ShellWord | undefined, code: number) => word && { word, code };
  if (program === 'curl') return as(find(/^-[A-Za-z]*k|^--insecure$/), 2);
  if (program === 'wget') return as(find(/^--no-check-certificate$/), 3);
  if (/^pip[\d.]*$|^python[\d.]*$|^uv$/.test(program)) {
    const at = args.findIndex(
      ({ value }, index) =>
        /^--(?:trusted-host|allow-insecure-host)(?:=|$)/.test(value) &&
        shared(value.includes('=') ? value : (args[index + 1]?.value ?? '')),
    );
    return as(args[at], 4);
  }
  if (/^(?:npm|yarn|pnpm)$/.test(program) && args.some(({ value }) => value === 'set')) {
    const at = args.findIndex(
      ({ value }, index) => /^strict-ssl(?:=false)?$/.test(value) && (value.includes('=') || args[index + 1]?.value === 'false'),
    );
    return as(args[at], 13);
  }
  if (/^(?:yum|dnf|tdnf|(?:yum|dnf)-config-manager)$/.test(program))
    return as(find(/^--setopt=(?:[\w.*-]+\.)?sslverify=(?:0|false|no|off)$/i), 15);
  return undefined;
}
