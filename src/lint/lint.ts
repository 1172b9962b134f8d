import type { Document, Language } from '../document.ts';
import { asErrors } from './checkDirective.ts';
import { hadolintOptions, projectHadolint, wants, withHadolint } from './hadolint.ts';
import { overlaps } from '../text/text.ts';
import { partsOf, type Kept } from './kept.ts';
import { suppressions } from './suppress.ts';
import { problems, type AnyRule, type Finding, type Severity, type World } from './rule.ts';

/** Which rules run, and how much each matters: the setting `mlContainers.lint.rules` and the command line's switches. */
export interface LintConfig {
  /** Also run rules that are off by default. */
  readonly all: boolean;
  /** A severity, `off` or `on` (its own severity) by rule id. */
  readonly severities: Readonly<Record<string, Severity | 'off' | 'on'>>;
}

export const defaultLintConfig: LintConfig = { all: false, severities: {} };

/** The severity a rule reports with; undefined when it does not run. */
export function severityOf(rule: AnyRule, { all, severities }: LintConfig): Severity | undefined {
  const set = severities[rule.id];
  if (set === 'off') return undefined;
  if (set === undefined) return rule.enabled || all ? rule.severity : undefined;
  return set === 'on' ? rule.severity : set;
}

/**
 * Runs every rule and leaves out what comments suppress. A rule that throws loses its own remaining findings and nobody else's.
 * With `kept`, what was found in the file's earlier state holds for the parts that are as they were.
 */
export function lint(
  document: Document,
  rules: Iterable<AnyRule>,
  world: World,
  config: LintConfig,
  onFailure: (rule: string, error: unknown) => void,
  kept?: Kept,
): Finding[] {
  const { path } = document.source;
  const project =
    document.language !== 'dockerfile'
      ? undefined
      : kept
        ? kept.hadolint(path, world)
        : projectHadolint(path, world.files, world.environment);
  const told = project ? { ...world, options: { ...world.options, ...hadolintOptions(project) } } : world;
  /** Whether a rule runs only because the project's hadolint file names one of its checks. */
  const asked = (rule: AnyRule): boolean =>
    project !== undefined && config.severities[rule.id] === undefined && !severityOf(rule, config) && wants(project, rule.also);
  const { running, order, wanted } = project
    ? runningRules(document.language, rules, config, asked)
    : usualRules(document.language, rules, config);
  const look = (part: Document, around: World, some: Iterable<AnyRule>): Finding[] => {
    const findings: Finding[] = [];
    for (const rule of some) {
      try {
        // Most find nothing, and hundreds look with every key.
        for (const problem of problems(rule, part, around)) {
          const also = problem.also ?? rule.also;
          if (project && asked(rule) && !wants(project, also)) continue;
          const severity = running.get(rule) ?? rule.severity;
          const set = config.severities[rule.id];
          const fixed = set !== undefined && set !== 'on';
          findings.push({ ...problem, rule: rule.id, severity: fixed ? severity : (problem.severity ?? severity), also });
        }
      } catch (error) {
        onFailure(rule.id, error);
      }
    }
    return findings;
  };
  const facts = [...(project?.severities.keys() ?? [])];
  const parts = kept ? partsOf(document, kept) : [];
  const findings =
    kept && document.language === 'dockerfile'
      ? kept.dockerfile.findings(document, told, facts, wanted, look)
      : kept && parts.length
        ? kept.findings(document, parts, told, facts, wanted, look)
        : look(document, told, wanted);
  const suppressed = suppressions(document, world.options.buildArgs, project?.comments);
  const left = asErrors(document, withoutDoubles(findings), world.options.buildArgs)
    .filter((finding) => !suppressed(finding))
    .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end || (order.get(a.rule) ?? 0) - (order.get(b.rule) ?? 0));
  const once = left.filter((finding, at) => !isSame(finding, left[at - 1]));
  return project ? [...withHadolint(once, project)] : once;
}

/** Whether two findings say the same of the same place: what an anchor brings into several services is looked at in each of them. */
const isSame = (finding: Finding, before: Finding | undefined): boolean =>
  before !== undefined &&
  finding.rule === before.rule &&
  finding.span.start === before.span.start &&
  finding.span.end === before.span.end &&
  finding.message === before.message;

/** The rules that run, with their severities, and their order by id. `wanted` is the same array while settings are the same. */
interface Running {
  readonly running: ReadonlyMap<AnyRule, Severity>;
  readonly wanted: readonly AnyRule[];
  readonly order: ReadonlyMap<string, number>;
}

function runningRules(language: Language, rules: Iterable<AnyRule>, config: LintConfig, asked?: (rule: AnyRule) => boolean): Running {
  const running = new Map<AnyRule, Severity>();
  for (const rule of rules) {
    if (rule.language !== language) continue;
    const severity = severityOf(rule, config) ?? (asked?.(rule) ? rule.severity : undefined);
    if (severity) running.set(rule, severity);
  }
  const wanted = [...running.keys()];
  return { running, wanted, order: new Map(wanted.map(({ id }, at) => [id, at])) };
}

const usual = new WeakMap<LintConfig['severities'], Map<string, Running & { readonly of: Iterable<AnyRule> }>>();

/** The same for every key, while the settings are: hundreds of rules need not be looked through each time. */
function usualRules(language: Language, rules: Iterable<AnyRule>, config: LintConfig): Running {
  const kept = usual.get(config.severities) ?? new Map<string, Running & { readonly of: Iterable<AnyRule> }>();
  usual.set(config.severities, kept);
  const key = `${language} ${config.all ? 'all' : ''}`;
  let known = kept.get(key);
  if (known?.of !== rules) kept.set(key, (known = { ...runningRules(language, rules, config), of: rules }));
  return known;
}

/** What ShellCheck says where a rule of ours says the same is said once. */
function withoutDoubles(findings: readonly Finding[]): readonly Finding[] {
  const theirs = findings.filter(({ rule }) => rule === 'shellcheck');
  if (!theirs.length) return findings;
  const doubles = new Set(
    theirs.filter(({ span, also }) =>
      findings.some((each) => each.rule !== 'shellcheck' && overlaps(each.span, span) && each.also.some((id) => also.includes(id))),
    ),
  );
  return findings.filter((finding) => !doubles.has(finding));
}
