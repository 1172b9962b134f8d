import type { Document } from '../document.ts';
import { asErrors } from './checkDirective.ts';
import { hadolintOptions, projectHadolint, withHadolint } from './hadolint.ts';
import { overlaps } from '../text/text.ts';
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

/** Runs every rule and leaves out what comments suppress. A rule that throws loses its own remaining findings and nobody else's. */
export function lint(
  document: Document,
  rules: Iterable<AnyRule>,
  world: World,
  config: LintConfig,
  onFailure: (rule: string, error: unknown) => void,
): Finding[] {
  const findings: Finding[] = [];
  const project = document.language === 'dockerfile' ? projectHadolint(document.source.path, world.files) : undefined;
  const told = project ? { ...world, options: { ...world.options, ...hadolintOptions(project) } } : world;
  for (const rule of rules) {
    const severity = severityOf(rule, config);
    if (!severity) continue;
    const set = config.severities[rule.id];
    const fixed = set !== undefined && set !== 'on';
    try {
      for (const problem of problems(rule, document, told))
        findings.push({
          ...problem,
          rule: rule.id,
          severity: fixed ? severity : (problem.severity ?? severity),
          also: problem.also ?? rule.also,
        });
    } catch (error) {
      onFailure(rule.id, error);
    }
  }
  const suppressed = suppressions(document, world.options.buildArgs);
  const kept = asErrors(document, withoutDoubles(findings), world.options.buildArgs)
    .filter((finding) => !suppressed(finding))
    .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  return project ? [...withHadolint(kept, project)] : kept;
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
