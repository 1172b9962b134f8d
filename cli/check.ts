import { writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { ShellCheck } from '../machine/shellcheck.ts';
import { mayNameFiles, namedFiles } from '../src/compose/namedFiles.ts';
import { languageOf, open } from '../src/core.ts';
import type { Document } from '../src/document.ts';
import { shellScripts } from '../src/dockerfile/shell/shellScript.ts';
import { knowledge } from '../src/knowledge/index.ts';
import { fixAll } from '../src/lint/fixAll.ts';
import { projectHadolint } from '../src/lint/hadolint.ts';
import { lint, severityOf, type LintConfig } from '../src/lint/lint.ts';
import type { Files, Finding, Severity, World } from '../src/lint/rule.ts';
import { withProject } from '../src/project.ts';
import { rules } from '../src/rules/index.ts';
import { applyEdits, mostText } from '../src/text/text.ts';
import { WorkspaceDocuments } from '../src/workspace.ts';
import { CannotRun, diskFiles, findFiles, LeftOut, oneOf, readArguments, readText, walk, type Found } from './input.ts';
import { github } from './report/github.ts';
import { json } from './report/json.ts';
import type { Checked, Report } from './report/report.ts';
import { sarif } from './report/sarif.ts';
import { text } from './report/text.ts';

const reports: Readonly<Record<'text' | 'json' | 'sarif' | 'github', Report>> = { text, json, sarif, github };
const severities: readonly Severity[] = ['error', 'warning', 'info', 'hint'];
const rank = (severity: Severity): number => severities.indexOf(severity);

/** `ml-containers check`: the exit status is 0 without findings at or above --fail-on, 1 with some, 2 when something could not be read, other than a binary or very long file in a folder. */
export async function check(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args, {
    format: { type: 'string', default: 'text' },
    'fail-on': { type: 'string' },
    'min-severity': { type: 'string', default: 'hint' },
    rule: { type: 'string', multiple: true, default: [] },
    'build-arg': { type: 'string', multiple: true, default: [] },
    all: { type: 'boolean', default: false },
    fix: { type: 'boolean', default: false },
  });
  const report = reports[oneOf('format', values.format, ['text', 'json', 'sarif', 'github'])];
  const least = oneOf('min-severity', values['min-severity'], severities);
  const config: LintConfig = { all: values.all, severities: ruleSettings(values.rule) };
  const paths = positionals.length ? positionals : ['.'];

  const problems: string[] = [];
  const problem = (message: string): void => {
    problems.push(message);
    process.stderr.write(`ml-containers: ${message}\n`);
  };
  const files = diskFiles();
  const found = withNamed(findFiles(paths, problem), paths, files);
  const named = new Map(found.map(({ path, language }) => [path, language]));
  const levels = ['error', 'warning', 'info', 'hint', 'never'] as const;
  const given = values['fail-on'] === undefined ? undefined : oneOf('fail-on', values['fail-on'], levels);
  /** What was asked for, else what the hadolint file of a Dockerfile says. */
  const failsOn = ({ language, source }: Document): (typeof levels)[number] =>
    given ?? (language === 'dockerfile' ? projectHadolint(source.path, files, process.env)?.failureThreshold : undefined) ?? 'error';
  const world: World = {
    ...withProject({ knowledge, live: { images: [], gpus: [] } }, files, {}),
    files,
    workspace: new WorkspaceDocuments(
      neighbours(found, paths, files),
      files,
      () => undefined,
      (path) => languageOf(path) ?? named.get(path),
      true,
    ),
    options: { buildArgs: pairs('build-arg', values['build-arg']), trustedRegistries: [], labelSchema: {}, strictLabels: false },
    environment: process.env,
    today: new Date().toISOString().slice(0, 10),
  };

  const documents = found.flatMap(({ path, language }): Document[] => {
    try {
      const content = readText(path, language);
      if (content.length > mostText)
        throw new LeftOut(`«${path}» has ${count(content.length)} characters: files of more than ${count(mostText)} are not checked.`);
      const document = open(path, content, language);
      return [values.fix ? fixed(document, world, config, problem) : document];
    } catch (error) {
      if (!(error instanceof CannotRun)) throw error;
      // What nobody named is passed over; the rest has been looked at.
      if (error instanceof LeftOut && !paths.some((given) => join(given) === join(path)))
        process.stderr.write(`ml-containers: ${error.message} It is left out.\n`);
      else problem(error.message);
      return [];
    }
  });
  const shell = await shellChecked(documents, config);
  const checked = documents.map((document): Checked => {
    const findings = findingsOf(document, { ...world, shellcheck: (script) => shell.comments(script) }, config, problem);
    return { document, findings: findings.filter(({ severity }) => rank(severity) <= rank(least)) };
  });
  if (!found.length)
    process.stderr.write(
      `ml-containers: no Dockerfile, Compose file or requirements file in ${paths.map((path) => `«${path}»`).join(', ')}.\n`,
    );
  process.stdout.write(report(checked, rules));
  if (problems.length) return 2;
  const fails = checked.some(({ document, findings }) => {
    const least = failsOn(document);
    return least !== 'never' && findings.some(({ severity }) => rank(severity) <= rank(least));
  });
  return fails ? 1 : 0;
}

const count = (number: number): string => number.toLocaleString('en');

const findingsOf = (document: Document, world: World, config: LintConfig, problem: (message: string) => void): readonly Finding[] =>
  lint(document, rules, world, config, (rule, error) => {
    problem(
      `the rule «${rule}» failed on «${document.source.path}»: ${error instanceof Error ? error.message : String(error)}. Its other findings in this file are missing.`,
    );
  });

/** ShellCheck, asked about every script of the files, unless its rule is off. */
async function shellChecked(documents: readonly Document[], config: LintConfig): Promise<ShellCheck> {
  const shell = new ShellCheck();
  if (rules.some((rule) => rule.id === 'shellcheck' && severityOf(rule, config)))
    await shell.ask(
      documents.flatMap((document) => (document.language === 'dockerfile' ? shellScripts(document) : [])),
      new AbortController().signal,
    );
  return shell;
}

/** Applies the safe fixes until none is left, and writes the file when something changed. */
function fixed(document: Document, world: World, config: LintConfig, problem: (message: string) => void): Document {
  let current = document;
  for (let round = 0; round < 10; round++) {
    const edits = fixAll(findingsOf(current, world, config, problem));
    if (!edits.length) break;
    current = open(current.source.path, applyEdits(current.source.text, edits), current.language);
  }
  if (current !== document) writeFileSync(current.source.path, current.source.text);
  return current;
}

/** With the files in the folders to check that the Compose files among them name, whatever these are called: included, extended, built. */
function withNamed(found: readonly Found[], paths: readonly string[], files: Files): readonly Found[] {
  const all = new Map(found.map((each) => [each.path, each]));
  const folders = paths.filter((path) => files.list(path) !== undefined).map((path) => join(path));
  const inside = (path: string): boolean => folders.some((folder) => isInside(path, folder));
  // What is added is looked at in turn.
  for (const { path, language } of all.values()) {
    const text = language === 'compose' ? files.read(path) : undefined;
    if (text === undefined || text.length > mostText || !mayNameFiles(text)) continue;
    const document = open(path, text, language);
    if (document.language !== 'compose' || document.template) continue;
    for (const named of namedFiles(document))
      if (!all.has(named.path) && inside(named.path) && files.size(named.path) !== undefined && files.read(named.path) !== undefined)
        all.set(named.path, named);
  }
  return [...all.values()];
}

/** Whether a path lies below a folder, as both are written; below `.` is all that is neither above nor absolute. */
const isInside = (path: string, folder: string): boolean =>
  folder === '.' ? !path.startsWith('..') && !isAbsolute(path) : path.startsWith(`${folder}${folder.endsWith('/') ? '' : '/'}`);

/** The files a rule may look at: those that are checked, and what lies beside and below a file given by name. */
function neighbours(found: readonly Found[], given: readonly string[], files: Files): () => readonly string[] {
  let paths: readonly string[] | undefined;
  const list = (): readonly string[] => {
    // What lies in a folder that was given is found already, and what lies below another one is found with that.
    const folders = [...new Set(given.filter((path) => files.list(path) === undefined).map((path) => dirname(join(path))))];
    const tops = folders.filter((folder) => !folders.some((other) => other !== folder && isInside(folder, other)));
    const beside = tops.flatMap((folder) => [...walk(folder, () => undefined)].map(({ path }) => path));
    return [...new Set([...found.map(({ path }) => path), ...beside])];
  };
  return () => (paths ??= list());
}

function pairs(option: string, given: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    given.map((pair) => {
      const equals = pair.indexOf('=');
      if (equals < 1) throw new CannotRun(`--${option} is NAME=VALUE, not «${pair}».`);
      return [pair.slice(0, equals), pair.slice(equals + 1)];
    }),
  );
}

function ruleSettings(given: readonly string[]): LintConfig['severities'] {
  const known = new Set(rules.map(({ id }) => id));
  return Object.fromEntries(
    Object.entries(pairs('rule', given)).map(([id, value]) => {
      if (!known.has(id)) throw new CannotRun(`There is no rule «${id}». See «ml-containers rules».`);
      return [id, oneOf('rule', value, ['off', 'on', ...severities])];
    }),
  );
}
