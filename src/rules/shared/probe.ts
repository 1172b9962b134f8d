import type { Dockerfile, Instruction, Stage } from '../../dockerfile/model.ts';
import { pythonInstalls } from '../../dockerfile/packages/project.ts';
import { systemInstalls, systemPackages } from '../../dockerfile/packages/system.ts';
import { allInstructions, rootImage } from '../../dockerfile/scope.ts';
import { copiedStage } from '../../dockerfile/sources.ts';
import type { Command } from '../../dockerfile/shell/model.ts';
import { commandsOf, programOf } from '../../dockerfile/shell/scripts.ts';
import type { BaseImage, KnowledgeBase } from '../../knowledge/knowledge.ts';
import { imageFacts } from '../../knowledge/lookup.ts';
import { literal } from '../../text/literal.ts';
import { baseName } from '../../text/paths.ts';

/** Programs that health checks call and slim images lack. */
export type ProbeTool = 'curl' | 'wget' | 'nc';
const tools: readonly ProbeTool[] = ['curl', 'wget', 'nc'];
const packagesOf: Readonly<Record<ProbeTool, RegExp>> = {
  curl: /^curl(?:-minimal)?$/,
  wget: /^wget2?$|^busybox/,
  nc: /^(?:netcat|nc$|nmap|ncat)|^busybox/,
};

/** The first command of a check that needs one of the tools. */
export function probeTool(commands: readonly Command[]): { readonly tool: ProbeTool; readonly command: Command } | undefined {
  for (const command of commands) {
    const name = baseName(programOf(command)[0]?.value ?? '');
    const tool = tools.find((each) => each === name);
    if (tool) return { tool, command };
  }
  return undefined;
}

/** What a stage's image is built on, when it is certain that the image lacks a tool: nothing in the stage brings it. */
export function lacks(
  tool: ProbeTool,
  knowledge: KnowledgeBase,
  file: Dockerfile,
  stage: Stage,
  buildArgs: Readonly<Record<string, string>>,
): { readonly image: string; readonly facts: BaseImage } | undefined {
  const image = rootImage(file, stage, buildArgs);
  const facts = image === undefined ? undefined : imageFacts(knowledge, image);
  if (image === undefined || facts?.sure !== 'certain' || facts.tools[tool] !== false) return undefined;
  if ([...systemPackages(file, stage)].some((name) => packagesOf[tool].test(name))) return undefined;
  const brought = allInstructions(stage).some((instruction) => {
    const { keyword, args, body, heredocs } = instruction;
    if ((keyword === 'COPY' || keyword === 'ADD') && pythonAlone(file, instruction)) return false;
    if (keyword === 'COPY' || keyword === 'ADD')
      return args.some(
        ({ value }) => new RegExp(`(?:^|[/_-])${tool}(?:$|[-_.\\d])`).test(value) || /^\/(?:usr(?:\/local)?(?:\/bin)?)?\/?$/.test(value),
      );
    if (keyword !== 'RUN') return false;
    const text = body.text + heredocs.map((heredoc) => heredoc.text).join('\n');
    // A list of packages from a variable or a file may hold it, and a script of the project may install it.
    return (
      commandsOf(file, instruction).some(runsScript) ||
      systemInstalls(file, instruction).some(({ packages }) => packages.some(({ dynamic }) => dynamic)) ||
      /\bxargs\b/.test(text) ||
      new RegExp(`(?:conda|mamba|micromamba|nix|brew|pixi)\\b[^\\n]*\\b${tool}\\b`).test(text)
    );
  });
  return brought ? undefined : { image, facts };
}

/** Whether all that an instruction copies is a folder of another stage that only pip has filled: `pip install --prefix=/install`. */
function pythonAlone(file: Dockerfile, instruction: Instruction): boolean {
  const stage = copiedStage(file, instruction);
  const sources = instruction.args.slice(0, -1).map(({ value }) => value.replace(/\/$/, ''));
  if (!stage || !sources.length) return false;
  const runs = allInstructions(stage).filter(({ keyword }) => keyword === 'RUN');
  const named = (text: string, folder: string): boolean => new RegExp(`${literal(folder)}(?![\\w-])`).test(text);
  return sources.every((folder) => {
    const fill = runs.filter(({ body, heredocs }) => [body, ...heredocs].some(({ text }) => named(text, folder)));
    return (
      /^\/\w/.test(folder) &&
      !/^\/(?:usr|bin|sbin|etc|lib)(?:\/|$)/.test(folder) &&
      fill.length > 0 &&
      fill.every((run) =>
        pythonInstalls(file, run).some(({ options }) =>
          options.some(({ name, value }) => /^--(?:prefix|target)$/.test(name) && value === folder),
        ),
      )
    );
  });
}

/** The address a `curl` or `wget` command asks, when it is written out. */
export const probedUrl = ({ words }: Command): string | undefined => {
  const url = words
    .map(({ value }) => value)
    .find((value) => /^(?:https?:\/\/)?(?:localhost|127\.0\.0\.1|0\.0\.0\.0)(?::\d+)?(?:\/|$)/.test(value));
  return url === undefined || url.includes('$') ? undefined : /^https?:/.test(url) ? url : `http://${url}`;
};

/** A check that needs Python alone. */
export const pythonProbe = (python: string, url: string): readonly string[] => [
  python,
  '-c',
  `import urllib.request; urllib.request.urlopen('${url}', timeout=4)`,
];

/** Whether a command runs a script of the project: `./install.sh`, `bash /tmp/setup.sh`, `/root/app/scripts/setup`. */
function runsScript(command: Command): boolean {
  const [program, first] = programOf(command);
  const name = program?.value ?? '';
  if (/^(?:ba|da|a|z)?sh$/.test(name)) return first !== undefined && !first.value.startsWith('-') && !first.value.startsWith('$(');
  return (
    /^\.{1,2}\//.test(name) ||
    /^\/(?:root|tmp|home|app|srv|build|workspace)\/(?:.*\/)?[\w.-]*(?:install|setup|bootstrap|provision|\.sh)[\w.-]*$/.test(name)
  );
}
