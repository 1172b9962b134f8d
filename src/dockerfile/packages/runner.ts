import type { Command, ShellWord } from '../shell/model.ts';
import { programOf } from '../shell/scripts.ts';
import { baseName } from '../../text/paths.ts';

/** What runs another command inside an environment: the verb, and its options that take a value. */
const runners: Readonly<Record<string, { readonly verb: string; readonly valued: RegExp }>> = {
  conda: { verb: 'run', valued: /^(?:-n|--name|-p|--prefix|--cwd)$/ },
  mamba: { verb: 'run', valued: /^(?:-n|--name|-p|--prefix|--cwd)$/ },
  micromamba: { verb: 'run', valued: /^(?:-n|--name|-p|--prefix|--cwd|-a|--attach|-e|--env|-r|--root-prefix)$/ },
  poetry: { verb: 'run', valued: /^(?:-C|--directory|-P|--project)$/ },
  pdm: { verb: 'run', valued: /^(?:-p|--project)$/ },
  pipenv: { verb: 'run', valued: /^$/ },
  hatch: { verb: 'run', valued: /^$/ },
  pixi: { verb: 'run', valued: /^(?:-e|--environment|--manifest-path)$/ },
  uv: { verb: 'run', valued: /^(?:--with|--extra|--group|--package|-p|--python|--project|--directory|--env-file)$/ },
};

/** A command's words from the program on that it really runs: without `sudo`, `env A=b`, and without `conda run -n ml`. */
export function withoutRunner(command: Pick<Command, 'words'>): readonly ShellWord[] {
  const words = programOf(command);
  const name = baseName(words[0]?.value ?? '');
  const runner = Object.hasOwn(runners, name) ? runners[name] : undefined;
  const verb = runner ? words.findIndex(({ value }, at) => at > 0 && value === runner.verb) : -1;
  if (!runner || verb < 0 || words.slice(1, verb).some(({ value }) => !value.startsWith('-'))) return words;
  let at = verb + 1;
  while (words[at]?.value.startsWith('-')) at += runner.valued.test(words[at]?.value ?? '') ? 2 : 1;
  return at < words.length ? words.slice(at) : words;
}
