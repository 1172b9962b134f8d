import { check } from './check.ts';
import { config } from './config.ts';
import { explain } from './explain.ts';
import { CannotRun } from './input.ts';
import { parse } from './parse.ts';
import { listRules } from './rules.ts';

const usage = `ml-containers: checks Dockerfiles, Compose files and Python requirements of ML projects.

  ml-containers check [options] [paths…]   check files and folders (default: the current folder)
      --format text|json|sarif|github      how to print findings (default: text)
      --fail-on error|warning|info|never   the least severity that makes the exit status 1 (default: error)
      --min-severity error|warning|info|hint   leave out what matters less (default: hint)
      --rule ID=off|on|error|warning|info|hint   switch a rule, or change how much it matters; may be repeated
      --build-arg NAME=VALUE               a build argument that builds always pass; may be repeated
      --all                                also run rules that are off by default
      --fix                                apply the safe fixes
  ml-containers rules [--format text|json] list the rules
  ml-containers explain RULE               say what a rule asks for, and why
  ml-containers parse FILE                 print a Dockerfile's instructions as JSON
  ml-containers config [-f FILE]… [--format yaml|json]   print the Compose model, all files and variables considered

Exit status: 0 nothing at or above --fail-on, 1 findings, 2 could not run.
`;

const commands: Readonly<Record<string, (args: readonly string[]) => number | Promise<number>>> = {
  check,
  rules: listRules,
  explain,
  parse,
  config,
};

/** Runs one command; the exit status. What a person did wrong is a sentence, never a stack trace. */
export async function run(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === 'help' || args.some((each) => each === '--help' || each === '-h')) {
    process.stdout.write(usage);
    return name === undefined ? 2 : 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  try {
    if (!command) throw new CannotRun(`There is no command «${name}». Try: ${Object.keys(commands).join(', ')}.`);
    return await command(rest);
  } catch (error) {
    if (!(error instanceof CannotRun)) throw error;
    process.stderr.write(`ml-containers: ${error.message}\n`);
    return 2;
  }
}
