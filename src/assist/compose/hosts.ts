import { get, items, text as textOf, type ComposeFile, type Node } from '../../compose/model.ts';
import type { Span } from '../../text/text.ts';
import { environmentNodes } from './environment.ts';
import { entriesOf } from './parts.ts';

/** A service's name used as the name of a host, if there is a service of that name. */
export interface HostMention {
  readonly name: string;
  readonly span: Span;
}

const name = '([A-Za-z0-9][\\w.-]*)';
/** The host of an address with a scheme, also as the default of a variable, and the further hosts behind commas. */
const inAddress = new RegExp(`[a-z][a-z\\d+.-]*://(?:[^@/\\s"'$]*@)?(?:\\$\\{\\w+:?-)?${name}(?=[:/?#,;\\s"'})\\]]|$)`, 'dgi');
const furtherHosts = /:\/\/(?:[^@/\s"']*@)?[\w.-]+:\d+((?:,[\w.-]+:\d+)+)/g;
/** `host:port`, also as the default of a variable. Below 1024 it may be a version, as in `postgres:17`, unless the name of the variable says what it is. */
const withPort = (least: number): RegExp =>
  new RegExp(`(?:(?<![\\w./:$@{-])|(?<=\\$\\{\\w+:?-))(?:\\d+@)?${name}:(\\d{${least},5})(?![\\w.:-])`, 'dg');
const afterOption = new RegExp(`(?:^|[\\s"'])(?:-h|--(?:[\\w-]+-)?(?:host|hostname|server))(?:\\s+|=)["']?${name}(?=["'\\s;&|)]|$)`, 'dg');

const namesAddresses =
  /(?:^|_)(?:HOSTS?|ADDR|ADDRESS|ADDRESSES|SERVERS?|BROKERS?|BROKER_LIST|ENDPOINTS?|HOSTPORT|TARGETS?|NODES?|VOTERS|PEERS?|CONNECT)$/;
const namesHost = /_(?:HOST|HOSTNAME|SERVER)$|^(?:PG|REDIS|MYSQL|MONGO|RABBITMQ)HOST$/;
const namesImage = /IMAGE|VERSION|(?:^|_)TAG(?:_|$)/;

/** Where the file has a host that may be a service: in addresses, before ports, in variables and options that are called so. */
export function hostsIn(file: ComposeFile): readonly HostMention[] {
  const found = new Map<number, HostMention>();
  for (const { value: service } of entriesOf(file, 'services')) {
    const elsewhere = new Set([
      ...items(get(service, 'extra_hosts')).map((item) => (textOf(item) ?? '').replace(/[=:].*$/, '')),
      ...items(get(service, 'links')).flatMap((item) => /:(.*)$/.exec(textOf(item) ?? '')?.[1] ?? []),
    ]);
    const add = ({ name: host, span }: HostMention): void => {
      if (!elsewhere.has(host)) found.set(span.start, { name: host, span });
    };
    for (const { variable, node } of environmentNodes(service)) inVariable(file, variable, node).forEach(add);
    const commands = [
      ...['command', 'entrypoint'].map((key) => get(service, key)),
      get(service, 'healthcheck', 'test'),
      ...['pre_start', 'post_start', 'pre_stop'].flatMap((key) => items(get(service, key)).map((hook) => get(hook, 'command'))),
    ];
    for (const command of commands) inCommand(file, command).forEach(add);
  }
  for (const { value: config } of entriesOf(file, 'configs')) {
    const content = get(config, 'content');
    if (content)
      for (const pattern of [inAddress, withPort(4)]) for (const each of search(file, content, pattern)) found.set(each.span.start, each);
  }
  return [...found.values()];
}

/** The hosts in the values of an env file; `wanted` says of which variables. */
export function hostsInEnv(text: string, wanted: (variable: string) => boolean): readonly HostMention[] {
  const lines = text.matchAll(
    /^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*[=:][ \t]*("[^"\r\n]*"|'[^'\r\n]*'|[^\s#][^\r\n]*?)(?=[ \t]*(?:\r?$|[ \t]#))/dgm,
  );
  return [...lines].flatMap(({ 1: variable = '', 2: value = '', indices }) =>
    wanted(variable) ? inValue(variable, value, indices?.[2]?.[0] ?? 0) : [],
  );
}

const inVariable = (file: ComposeFile, variable: string, node: Node): readonly HostMention[] =>
  node.kind === 'scalar' && node.value !== null
    ? inValue(variable, file.source.text.slice(node.span.start, node.span.end), node.span.start)
    : [];

function inValue(variable: string, written: string, start: number): readonly HostMention[] {
  const upper = variable.toUpperCase();
  const addresses = searchText(written, start, inAddress);
  const ports = namesImage.test(upper) ? [] : searchText(written, start, withPort(namesAddresses.test(upper) ? 2 : 4));
  const alone = namesHost.test(upper)
    ? searchText(written, start, new RegExp(`(?:^["']?|=)(?:\\$\\{\\w+:?-)?${name}(?=\\}?["']?$)`, 'dg'))
    : [];
  return [...addresses, ...ports, ...alone];
}

function inCommand(file: ComposeFile, command: Node | undefined): readonly HostMention[] {
  const words = items(command);
  const options = words.flatMap((word, at) => {
    const before = textOf(words[at - 1]) ?? '';
    const host = textOf(word) ?? '';
    return /^(?:-h|--(?:[\w-]+-)?(?:host|hostname|server))$/.test(before) && /^[\w.-]+$/.test(host)
      ? search(file, word, new RegExp(`^["']?${name}(?=["']?$)`, 'dg'))
      : [];
  });
  return [...words.flatMap((word) => [inAddress, withPort(4), afterOption].flatMap((pattern) => search(file, word, pattern))), ...options];
}

/** The hosts that a pattern finds in a text as it is written. */
function search({ source }: ComposeFile, node: Node, pattern: RegExp): readonly HostMention[] {
  return node.kind === 'scalar' && node.value !== null
    ? searchText(source.text.slice(node.span.start, node.span.end), node.span.start, pattern)
    : [];
}

function searchText(written: string, start: number, pattern: RegExp): readonly HostMention[] {
  const place = (from: number, to: number): HostMention => ({
    name: written.slice(from, to),
    span: { start: start + from, end: start + to },
  });
  const own = [...written.matchAll(pattern)].flatMap(({ indices }) => (indices?.[1] ? [place(...indices[1])] : []));
  if (pattern !== inAddress) return own;
  const others = [...written.matchAll(furtherHosts)].flatMap(({ 0: whole, 1: list = '', index }) =>
    [...list.matchAll(/,([\w.-]+)/g)].map((match) => {
      const from = index + whole.length - list.length + match.index + 1;
      return place(from, from + (match[1] ?? '').length);
    }),
  );
  return [...own, ...others];
}
