import { get, text, type MapNode } from '../../compose/model.ts';
import type { Command } from '../../dockerfile/shell/model.ts';
import { rootImage, variablesAt } from '../../dockerfile/scope.ts';
import { programOf } from '../../dockerfile/shell/scripts.ts';
import { composeRule, type Problem, type World } from '../../lint/rule.ts';
import type { ComposeFile } from '../../compose/model.ts';
import { imageReference } from '../../text/imageReference.ts';
import { baseName } from '../../text/paths.ts';
import { serviceBuild, serviceImage } from '../shared/composeImage.ts';
import { condaShell, leavesShell, setsUpConda } from '../shared/condaShell.ts';
import { commandScript, type CommandScript } from '../shared/commandScript.ts';
import { givenVariables } from '../shared/serviceSettings.ts';
import { placeOf, replaceText } from '../shared/replaceText.ts';

export default composeRule({
  id: 'command-script-fails',
  severity: 'error',
  title: 'Give a service a script that its shell can run',
  why: 'What stands behind `bash -c` runs as a RUN does, and stops for the same reasons, at every start: a bound without quotes is a redirection, apt-get asks and nobody answers, `sklearn` is no package, `conda activate` needs a shell that was set up, `source` is no word of `sh` in Debian and Ubuntu.',
  looksAt: ['command', 'entrypoint', 'image', 'build', 'environment', 'env_file', 'tty', 'stdin_open'],
  examples: [
    {
      bad: 'services:\n  api:\n    image: python:3.12-slim\n    command: bash -c "pip install «fastapi>=0.100» && uvicorn app:app --host 0.0.0.0"\n',
    },
    {
      title: 'apt-get asks; an alias that fails; a shell without source',
      bad: 'services:\n  a:\n    image: python:3.12-slim\n    command: ["bash", "-c", "apt-get update && «apt-get install» curl && python app.py"]\n  b:\n    image: python:3.12-slim\n    command: sh -c "pip install «sklearn» && python train.py"\n  c:\n    image: python:3.12-slim\n    command: sh -c "«source» /venv/bin/activate && python app.py"\n',
    },
    {
      title: 'conda in a shell that was not set up',
      bad: 'services:\n  train:\n    image: condaforge/miniforge3:24.9.2-0\n    command: bash -c "«conda activate» ml && python train.py"\n',
    },
    {
      title: 'conda in a shell that the image sets up: a variable, an entrypoint, a shell of its own',
      files: {
        'env/Dockerfile': 'FROM condaforge/miniforge3:24.9.2-0\nENV BASH_ENV=/opt/conda.bash\n',
        'entry/Dockerfile': 'FROM condaforge/miniforge3:24.9.2-0\nCOPY entry.sh /\nENTRYPOINT ["/entry.sh"]\n',
      },
      good: 'services:\n  a:\n    image: condaforge/miniforge3:24.9.2-0\n    environment:\n      BASH_ENV: /opt/conda/etc/profile.d/conda.sh\n    command: bash -c "conda activate ml && python train.py"\n  b:\n    build: env\n    command: bash -c "conda activate ml && python train.py"\n  c:\n    build: entry\n    command: bash -c "conda activate ml && python train.py"\n  d:\n    image: mambaorg/micromamba:2.0\n    command: bash -c "mamba activate ml && python train.py"\n',
    },
    {
      title: 'a Dockerfile that sets nothing up',
      files: { Dockerfile: 'FROM condaforge/miniforge3:24.9.2-0\nSHELL ["/bin/bash", "-lc"]\nENTRYPOINT ["tini", "--"]\n' },
      bad: 'services:\n  train:\n    build: .\n    command: bash -c "«conda activate» ml && python train.py"\n',
    },
    {
      title: 'in order: quotes, an answer, a shell that has it or was set up, a try with a way out',
      good: 'services:\n  a:\n    image: python:3.12-slim\n    command: bash -c "pip install \'fastapi>=0.100\' && apt-get install -y curl && source /venv/bin/activate"\n  b:\n    image: python:3.12-alpine\n    command: sh -c "source /venv/bin/activate && python app.py"\n  c:\n    image: condaforge/miniforge3:24.9.2-0\n    command: bash -lc "conda activate ml && python train.py"\n  d:\n    image: condaforge/miniforge3:24.9.2-0\n    command: bash -c "source /opt/conda/etc/profile.d/conda.sh && conda activate ml && python train.py > out.log"\n  e:\n    image: ubuntu:24.04\n    tty: true\n    command: bash -c "apt-get install curl || true"\n',
    },
  ],
  *check(file, world) {
    for (const { node } of file.services) {
      const script = commandScript(node);
      if (!script || script.node.span.start < 0) continue;
      for (const command of script.commands) {
        if (command.next === '||' || command.under.length || command.substituted) continue;
        const problem = problemOf(command, script, file, node, world);
        if (problem) yield problem;
      }
    }
  },
});

function problemOf(command: Command, script: CommandScript, file: ComposeFile, service: MapNode, world: World): Problem | undefined {
  const words = programOf(command);
  const name = baseName(words[0]?.value ?? '');
  const verb = words[1]?.value;
  const at = (part: string): Problem['span'] => placeOf(file.source, script.node, part) ?? script.node.span;
  const pip = /^(?:pip[\d.]*|uv)$/.test(name) || (/^python[\d.]*$/.test(name) && words.some(({ value }) => value === 'pip'));
  if (pip && words.some(({ value }) => value === 'install')) {
    for (const { operator, target, span } of command.redirects) {
      const word = command.words.find((each) => each.span.end === span.start);
      if (!word || !target || !/^[<>]$/.test(operator) || !/^[A-Za-z]/.test(word.value) || !/^=?\d/.test(target.text)) continue;
      const written = script.text.slice(word.span.start, span.end);
      return {
        span: at(written),
        severity: 'warning',
        message: `The shell takes «${operator}» for a redirection: the bound of «${written}» is lost. Put it in quotes.`,
      };
    }
    const alias = words.find(({ value }) => /^sklearn(?:$|[=<>~!])/.test(value));
    if (alias)
      return {
        span: at(alias.value),
        message: '«sklearn» on PyPI is an alias that fails to install: the package is called scikit-learn.',
        fixes:
          script.node.kind === 'scalar' && alias.value === 'sklearn'
            ? replaceText(file.source, script.node, 'scikit-learn', true, 'sklearn')
            : [],
      };
  }
  if (
    /^apt(?:-get)?$/.test(name) &&
    words.some(({ value }) => value === 'install') &&
    !words.some(({ value }) => /^-[a-z]*y|^--(?:yes|assume-yes|dry-run|download-only)$|^-[a-z]*q[a-z]*q|^-o|Assume-Yes/.test(value)) &&
    !command.redirects.some(({ operator }) => operator.startsWith('<')) &&
    command.joint !== '|' &&
    !['tty', 'stdin_open'].some((key) => text(get(service, key)) === 'true')
  )
    return {
      span: at(script.text.slice(words[0]?.span.start, words.find(({ value }) => value === 'install')?.span.end)),
      severity: 'warning',
      message: `${name} install asks before it goes on, and here nobody answers: it ends with «Abort.». Add -y.`,
    };
  if (/^(?:conda|mamba)$/.test(name) && verb === 'activate' && !script.login && !setsUpConda(script.text)) {
    const image = imageShell(script, file, service, world);
    if (image !== 'ready')
      return {
        span: at(`${name} activate`),
        ...(image === 'unknown' ? { severity: 'warning' } : {}),
        message: `${name} activate fails here: the shell is not set up for it. Use ${name} run -n ${words[2]?.value ?? 'ENV'} …, or bash -lc where the image sets it up at login.`,
      };
  }
  if (name === 'source' && script.shell === 'sh' && hasDash(file, service, world))
    return {
      span: at('source'),
      message: 'sh of this image is dash, which has no «source»: «sh: 1: source: not found». Write «.», or start bash.',
      fixes: script.node.kind === 'scalar' ? replaceText(file.source, script.node, '.', true, 'source') : [],
    };
  return undefined;
}

/** Whether the image of a service, or what it is started with, sets up the shell of a script for conda. */
function imageShell(script: CommandScript, file: ComposeFile, service: MapNode, world: World): ReturnType<typeof condaShell> {
  if (script.shell === 'bash' && givenVariables(file, service, world).has('BASH_ENV')) return 'ready';
  const built = serviceBuild(file, service, world);
  if (!built) return condaShell(world.knowledge, serviceImage(service));
  const { dockerfile, stage, buildArgs } = built;
  if (script.shell === 'bash' && variablesAt(dockerfile, stage, undefined, buildArgs).has('BASH_ENV')) return 'ready';
  // The image's own entrypoint goes before the command: it may start it in a login shell.
  if (!get(service, 'entrypoint') && !leavesShell(stage)) return 'ready';
  return condaShell(world.knowledge, rootImage(dockerfile, stage, buildArgs));
}

/** Whether sh is surely dash: in the images of Debian and Ubuntu. */
function hasDash(file: ComposeFile, service: MapNode, world: World): boolean {
  const built = serviceBuild(file, service, world);
  const image = built ? rootImage(built.dockerfile, built.stage, built.buildArgs) : serviceImage(service);
  if (image === undefined) return false;
  const { registry, name, tag = '' } = imageReference(image);
  return (
    registry === 'docker.io' &&
    /^(?:python|debian|ubuntu|node|buildpack-deps|nvidia\/cuda|pytorch\/pytorch)$/.test(name) &&
    !/alpine|ubi|rocky|centos|oraclelinux|windows/.test(tag)
  );
}
