import { allCommandsOf } from '../../dockerfile/packages/nested.ts';
import type { Dockerfile, Instruction, Stage } from '../../dockerfile/model.ts';
import type { ShellWord } from '../../dockerfile/shell/model.ts';
import { programOf } from '../../dockerfile/shell/scripts.ts';
import { dockerfileRule, type World } from '../../lint/rule.ts';
import { contextFile } from '../shared/contextFile.ts';
import { shippedStages } from '../shared/shipped.ts';
import { startCommands } from '../shared/startCommand.ts';
import { stageText, textOf } from '../shared/stageText.ts';
import { beside, calls } from '../shared/looksAt.ts';

export default dockerfileRule({
  id: 'script-crlf',
  severity: 'error',
  title: 'Give scripts the line ends of Linux',
  why: 'A script whose lines end in CR LF, as Windows writes them, is looked for under the interpreter «/bin/sh\\r»: «exec /entrypoint.sh: no such file or directory», though the file is there. Called by a shell, every command has a CR behind its last word. Convert the file (`dos2unix`), and keep it that way: `*.sh text eol=lf` in `.gitattributes`.',
  reach: 'file',
  looksAt: [...calls('.sh', '.bash'), ...beside('CMD', 'ENTRYPOINT', 'COPY', 'ADD', 'WORKDIR', 'RUN')],
  examples: [
    {
      files: { 'entrypoint.sh': '#!/bin/sh\r\nset -e\r\nexec "$@"\r\n' },
      bad: 'FROM python:3.12-slim\nCOPY entrypoint.sh /entrypoint.sh\nENTRYPOINT [«"/entrypoint.sh"»]\n',
    },
    {
      title: 'called by a shell, and while building',
      files: { 'start.sh': 'set -e\r\npython app.py\r\n', 'install.sh': '#!/bin/bash\r\nset -e\r\n' },
      bad: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nRUN chmod +x install.sh && «./install.sh»\nCMD ["bash", «"start.sh"»]\n',
    },
    {
      title: 'line ends of Linux; converted in the image; a program that does not mind',
      files: { 'a.sh': '#!/bin/sh\nexec "$@"\n', 'b.sh': '#!/bin/sh\r\n', 'app.py': 'print(1)\r\n' },
      good: 'FROM python:3.12-slim\nCOPY a.sh /a.sh\nENTRYPOINT ["/a.sh"]\nFROM python:3.12-slim\nCOPY b.sh /b.sh\nRUN sed -i \'s/\\r$//\' /b.sh && /b.sh\nFROM python:3.12-slim\nCOPY app.py /app.py\nCMD ["python", "/app.py"]\n',
    },
  ],
  *check(file, world) {
    const [last] = shippedStages(file);
    for (const stage of file.stages) {
      const scripts = [...builds(file, stage, world), ...(stage === last ? starts(file, stage, world) : [])];
      if (!scripts.length || /dos2unix|\\r|tr -d|crlf|fromdos/i.test(stageText(stage))) continue;
      for (const { word, path } of scripts)
        yield {
          span: word.span,
          message: `«${path}» has the line ends of Windows (CR LF): Linux looks for an interpreter called «sh\\r» and says «no such file or directory». Convert it with dos2unix, and put «*.sh text eol=lf» into .gitattributes.`,
        };
    }
  },
});

interface Script {
  readonly word: ShellWord;
  /** The file in the build context. */
  readonly path: string;
}

/** The word of a command that is a script of a shell. */
function scriptWord(words: readonly ShellWord[]): ShellWord | undefined {
  const [first, ...rest] = words;
  const shell = /^(?:\/(?:usr\/)?bin\/)?(?:ba|da)?sh$/.test(first?.value ?? '');
  const word = shell ? rest.find(({ value }) => !/^-(?!.*c)[a-z]+$/.test(value)) : first;
  return word && !word.dynamic && (shell || word.value.includes('/')) && /^[\w./-]+\.(?:ba)?sh$/.test(word.value) ? word : undefined;
}

function starts(file: Dockerfile, stage: Stage, world: World): readonly Script[] {
  return startCommands(file, stage).flatMap(({ words, instruction }) => found(file, stage, instruction, words, world));
}

function builds(file: Dockerfile, stage: Stage, world: World): readonly Script[] {
  return stage.instructions.flatMap((instruction) => {
    if (instruction.keyword !== 'RUN' || !/\.(?:ba)?sh\b/.test(textOf(instruction))) return [];
    return allCommandsOf(file, instruction).flatMap((command) => found(file, stage, instruction, programOf(command), world));
  });
}

function found(file: Dockerfile, stage: Stage, before: Instruction, words: readonly ShellWord[], { files }: World): readonly Script[] {
  const word = scriptWord(words);
  const path = word && contextFile(file, stage, before, word.value, files);
  return word && path !== undefined && /^[^\n]*\r\n/.test(files.read(path) ?? '') ? [{ word, path }] : [];
}
