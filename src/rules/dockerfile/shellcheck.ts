import type { Dockerfile } from '../../dockerfile/model.ts';
import { rootImage, stageAround } from '../../dockerfile/scope.ts';
import type { ShellComment } from '../../dockerfile/shell/shellcheck.ts';
import { shellScripts, type ShellScript } from '../../dockerfile/shell/shellScript.ts';
import { imageFacts } from '../../knowledge/lookup.ts';
import { dockerfileRule, type Fix, type Severity, type World } from '../../lint/rule.ts';
import type { Edit } from '../../text/text.ts';

const unquoted: ShellComment = {
  line: 2,
  column: 4,
  endLine: 2,
  endColumn: 7,
  level: 'info',
  code: 2086,
  message: 'Double quote to prevent globbing and word splitting.',
  replacements: [
    { line: 2, column: 4, endLine: 2, endColumn: 4, text: '"' },
    { line: 2, column: 7, endLine: 2, endColumn: 7, text: '"' },
  ],
};

export default dockerfileRule({
  id: 'shellcheck',
  severity: 'warning',
  title: 'Follow ShellCheck in RUN',
  why: 'Where [ShellCheck](https://www.shellcheck.net) is installed, what it says about the shell of a RUN, heredocs included, is shown too: its errors as warnings, its warnings as remarks, the rest as hints. It knows the variables of ENV and ARG and the shell that SHELL sets; `# shellcheck disable=SC2086` and hadolint’s comments silence it. The setting `mlContainers.lint.shellcheck` switches it off.',
  looksAt: ['RUN', 'ARG', 'ENV', '#', 'shellcheck'],
  examples: [
    { bad: 'FROM debian:12\nRUN rm «$A»\n', shellcheck: [unquoted] },
    {
      title: 'in a line that is continued',
      bad: 'FROM debian:12\nRUN rm \\\n  # all of it\n  -f «$A»\n',
      shellcheck: [{ ...unquoted, column: 9, endColumn: 11, replacements: [] }],
    },
    {
      title: 'silenced',
      good: 'FROM debian:12\n# shellcheck disable=SC2086\nRUN rm $A\n# hadolint ignore=SC2086\nRUN rm $A\n',
      shellcheck: [unquoted],
    },
    {
      title: 'an if in the else of another, in lines that are continued',
      good: 'FROM debian:12\nRUN if a; then b; \\\n  else \\\n    if c; then d; fi; \\\n  fi\n',
      shellcheck: [{ ...unquoted, column: 17, endColumn: 21, code: 1075, replacements: [] }],
    },
    { title: 'what an Alpine shell knows', good: 'FROM alpine:3.22\nRUN [[ $A ]]\n', shellcheck: [{ ...unquoted, code: 3010, column: 1 }] },
  ],
  *check(file, world) {
    if (!world.shellcheck) return;
    for (const script of shellScripts(file))
      for (const comment of world.shellcheck(script) ?? []) {
        const start = script.offsetAt(comment.line, comment.column);
        const end = script.offsetAt(comment.endLine, comment.endColumn) ?? start;
        if (
          start === undefined ||
          end === undefined ||
          outOfPlace.has(comment.code) ||
          isJoined(file, comment, start) ||
          !isCertain(file, script, comment, world)
        )
          continue;
        const edits = comment.replacements.map(({ line, column, endLine, endColumn, text }): Edit | undefined => {
          const from = script.offsetAt(line, column);
          const to = script.offsetAt(endLine, endColumn);
          return from === undefined || to === undefined || /\n/.test(text) ? undefined : { span: { start: from, end: to }, text };
        });
        const whole = edits.filter((edit) => edit !== undefined);
        yield {
          span: { start, end: Math.max(start, end) },
          message: `${comment.message} (SC${comment.code})`,
          severity: severities[comment.level],
          also: [`shellcheck:SC${comment.code}`],
          fixes: whole.length && whole.length === edits.length ? [fix(comment.code, whole)] : [],
        };
      }
  },
});

const severities: Readonly<Record<ShellComment['level'], Severity>> = { error: 'warning', warning: 'info', info: 'hint', style: 'hint' };

/** Files that only the image has (SC1090, SC1091), and what our own first line would be blamed for. */
const outOfPlace: ReadonlySet<number> = new Set([1090, 1091, 1128, 2148, 2154, 2239]);

/** `else \` and `if` in the next line: whoever writes a RUN has no other way to nest them (SC1075). */
const isJoined = ({ source }: Dockerfile, { code }: ShellComment, start: number): boolean =>
  code === 1075 && /^else\s*\\\s*\n/.test(source.text.slice(start, start + 20));

/** What plain sh does not know counts where /bin/sh is surely dash: Alpine's and Fedora's know most of it. */
function isCertain(
  file: Dockerfile,
  { instruction, dialect }: ShellScript,
  { code }: ShellComment,
  { knowledge, options }: World,
): boolean {
  if (dialect !== 'dash' || code < 3000 || code > 3999) return true;
  const stage = stageAround(file, instruction);
  const image = stage && rootImage(file, stage, options.buildArgs);
  const facts = image === undefined ? undefined : imageFacts(knowledge, image);
  return facts?.sure === 'certain' && facts.packages.includes('apt');
}

const fix = (code: number, edits: readonly Edit[]): Fix => ({ title: `Apply what ShellCheck proposes (SC${code})`, safe: false, edits });
