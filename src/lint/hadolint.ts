import { parse } from 'yaml';
import type { Files, Finding, LintOptions, Severity } from './rule.ts';
import { folderOf, join, upwards } from '../text/paths.ts';

/** What a project's `.hadolint.yaml` asks for, in our words. */
export interface HadolintConfig {
  /** Codes that are never reported, e.g. `DL3008`. */
  readonly ignored: ReadonlySet<string>;
  readonly severities: ReadonlyMap<string, Severity | 'off'>;
  readonly trustedRegistries: readonly string[];
  readonly labelSchema: Readonly<Record<string, string>>;
  readonly strictLabels: boolean;
  /** Whether `# hadolint ignore=` in the files counts. */
  readonly comments: boolean;
  /** The least severity that makes a check fail, for `--fail-on`. */
  readonly failureThreshold?: Severity | 'never';
}

const names: readonly string[] = ['.hadolint.yaml', '.hadolint.yml'];
const read = new Map<string, HadolintConfig>();

/** What the hadolint file beside a Dockerfile, or in the nearest folder above it, asks for; where there is none, that of the person. */
export function projectHadolint(path: string, files: Files, environment: Environment = {}): HadolintConfig | undefined {
  for (const place of places(path, environment)) {
    const text = files.read(place);
    if (text === undefined) continue;
    let config = read.get(text);
    if (!config) {
      read.clear();
      read.set(text, (config = hadolintConfig(text)));
    }
    return config;
  }
  return undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

function* places(path: string, { HOME: home, XDG_CONFIG_HOME: xdg }: Environment): Generator<string> {
  for (const folder of upwards(folderOf(path))) for (const name of names) yield join(folder, name);
  // As hadolint looks for the person's own; a relative path says nothing here.
  const own = xdg?.startsWith('/') ? xdg : home?.startsWith('/') ? `${home}/.config` : undefined;
  if (own !== undefined) yield `${own}/hadolint.yaml`;
  if (home?.startsWith('/')) for (const name of names.slice(0, 1)) yield `${home}/${name}`;
}

const severities: Readonly<Record<string, Severity | 'off'>> = {
  error: 'error',
  warning: 'warning',
  info: 'info',
  style: 'hint',
  ignore: 'off',
  none: 'off',
};
const kinds: Readonly<Record<string, string>> = { rawtext: 'text', githash: 'hash', '': 'text' };

/** Reads a `.hadolint.yaml`. What it does not understand counts as not written. */
export function hadolintConfig(text: string): HadolintConfig {
  const root = record(safely(text));
  const overrides = record(root['override'] ?? root['overrides']);
  const overridden = Object.entries(overrides).flatMap(([level, codes]) => {
    const severity = severities[level.toLowerCase()];
    return severity ? strings(codes).map((code) => [code, severity] as const) : [];
  });
  const threshold = root['failure-threshold'];
  const failureThreshold = typeof threshold === 'string' ? severities[threshold.toLowerCase()] : undefined;
  return {
    ignored: new Set(strings(root['ignored'])),
    severities: new Map(overridden),
    trustedRegistries: strings(root['trustedRegistries'] ?? root['trusted-registries']),
    labelSchema: Object.fromEntries(
      Object.entries(record(root['label-schema'])).map(([name, kind]) => {
        const lower = typeof kind === 'string' ? kind.toLowerCase() : '';
        return [name, kinds[lower] ?? lower];
      }),
    ),
    strictLabels: root['strict-labels'] === true,
    comments: root['disable-ignore-pragma'] !== true,
    ...(root['no-fail'] === true
      ? { failureThreshold: 'never' }
      : failureThreshold
        ? { failureThreshold: failureThreshold === 'off' ? 'never' : failureThreshold }
        : {}),
  };
}

/** The part of a project's hadolint file that rules look at; what it does not say is left to the settings. */
export const hadolintOptions = ({ trustedRegistries, labelSchema, strictLabels }: HadolintConfig): Partial<LintOptions> => ({
  ...(trustedRegistries.length ? { trustedRegistries } : {}),
  ...(Object.keys(labelSchema).length ? { labelSchema } : {}),
  ...(strictLabels ? { strictLabels } : {}),
});

const codesOf = (also: readonly string[]): readonly string[] => also.flatMap((id) => /^(?:hadolint|shellcheck):(.+)/.exec(id)?.[1] ?? []);

/** Whether the file gives one of these checks a severity: it is wanted then, whether it starts on or off. */
export const wants = ({ severities: given, ignored }: HadolintConfig, also: readonly string[]): boolean =>
  codesOf(also).some((code) => !ignored.has(code) && (given.get(code) ?? 'off') !== 'off');

/** Findings as a project's hadolint file wants them: ignored codes left out, severities replaced. What a build refuses stays. */
export function withHadolint(findings: readonly Finding[], { ignored, severities: wanted }: HadolintConfig): readonly Finding[] {
  if (!ignored.size && !wanted.size) return findings;
  return findings.flatMap((finding) => {
    const codes = codesOf(finding.also);
    if (finding.rule === 'syntax') return finding;
    const severity = codes.map((code) => wanted.get(code)).find((each) => each !== undefined);
    if (severity === 'off' || codes.some((code) => ignored.has(code))) return [];
    return severity ? { ...finding, severity } : finding;
  });
}

function safely(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

const strings = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
