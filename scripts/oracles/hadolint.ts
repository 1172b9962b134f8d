import { open } from '../../src/core.ts';
import { hadolintConfig, hadolintOptions, withHadolint } from '../../src/lint/hadolint.ts';
import { lint } from '../../src/lint/lint.ts';
import { rules } from '../../src/rules/index.ts';
import { bareWorld, score, type Oracle } from '../oracle.ts';

interface Row {
  readonly rule: string;
  readonly dockerfile: string;
  readonly triggers: boolean;
  readonly config?: string;
}

// `SC` rows run ShellCheck, which is a program of its own; `ALL` rows ask for no finding of any rule.
const measured = ({ rule }: Row): boolean => /^DL\d/.test(rule);

/** `a=b,c;d=e` of a row as the lines of a `.hadolint.yaml`. */
function yaml(config: string): string {
  const lines = config.split(';').map((pair) => {
    const [key = '', value = ''] = pair.split('=');
    if (key === 'label-schema') return `label-schema:\n${value.replace(/(\w+):(\w+)/g, '  $1: $2')}`;
    return key === 'strict-labels' ? `${key}: ${value}` : `${key}:\n${value.replace(/([^,]+),?/g, '  - "$1"\n')}`;
  });
  return lines.join('\n');
}

function verdict({ rule, dockerfile, triggers, config }: Row): string | undefined {
  const hadolint = hadolintConfig(config === undefined ? '' : yaml(config));
  const world = bareWorld(hadolintOptions(hadolint));
  const document = open('Dockerfile', dockerfile, 'dockerfile');
  const findings = withHadolint(
    lint(document, rules, world, { all: true, severities: {} }, (_, error) => {
      throw error;
    }),
    hadolint,
  );
  const found = findings.some(({ also }) => also.includes(`hadolint:${rule}`));
  return found === triggers ? undefined : `${rule} ${triggers ? 'missing' : 'false'}: ${JSON.stringify(dockerfile)} ${config ?? ''}`;
}

/** hadolint's own tests: a finding that names the rule where hadolint has one, none where it has none. */
export const oracle: Oracle = {
  file: 'hadolint.jsonl',
  measure: (rows) => {
    const all = (rows as readonly Row[]).filter(measured);
    return [
      score(
        'triggering',
        0.99,
        all.filter(({ triggers }) => triggers),
        verdict,
      ),
      score(
        'quiet',
        0.99,
        all.filter(({ triggers }) => !triggers),
        verdict,
      ),
    ];
  },
};
