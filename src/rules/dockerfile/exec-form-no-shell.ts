import type { Dockerfile, Instruction, Stage, Word } from '../../dockerfile/model.ts';
import { lineage, rootImage } from '../../dockerfile/scope.ts';
import { dockerfileRule, type Problem } from '../../lint/rule.ts';
import { imageReference } from '../../text/imageReference.ts';

export default dockerfileRule({
  id: 'exec-form-no-shell',
  severity: 'warning',
  title: 'Leave to a shell what only a shell understands',
  why: 'In JSON form no shell is there: `"&&"` and `"$PORT"` reach the program as they are written, `"cd"` is no program, and `"python app.py"` is looked for as a file with a blank in its name. Write the shell form, or `["sh", "-c", "exec … $PORT"]`.',
  looksAt: ['CMD [', 'ENTRYPOINT [', 'RUN [', 'HEALTHCHECK [', '&FROM', '&ENTRYPOINT'],
  examples: [
    {
      title: 'a variable',
      bad: 'FROM python:3.12-slim\nENTRYPOINT ["uvicorn", "app:app", "--port", «"$PORT"»]\n',
      good: 'FROM python:3.12-slim\nENTRYPOINT ["sh", "-c", "exec uvicorn app:app --port $PORT"]\n',
    },
    { title: 'a second command', bad: 'FROM python:3.12-slim\nCMD ["python", "migrate.py", «"&&"», "python", "app.py"]\n' },
    {
      title: 'one string with blanks',
      bad: 'FROM python:3.12-slim\nCMD [«"python app.py --reload"»]\n',
      good: 'FROM python:3.12-slim\nCMD ["python", "app.py", "--reload"]\n',
    },
    { title: 'what is part of the shell itself', bad: 'FROM python:3.12-slim\nCMD [«"source"», "/env.sh"]\n' },
    {
      title: 'with a shell, behind tini too',
      good: 'FROM python:3.12-slim\nENTRYPOINT ["tini", "--", "bash", "-lc"]\nCMD ["cd /app && exec python app.py --port $PORT"]\n',
    },
    {
      title: 'the base image may have an entrypoint that is a shell',
      good: 'FROM company.example/base:1\nCMD ["python app.py", "&&", "x"]\n',
    },
    {
      title: 'patterns, and options of the entrypoint',
      good: 'FROM python:3.12-slim\nENTRYPOINT ["grep", "-E", "^a$", "$1"]\nCMD ["-e", "a b"]\n',
    },
  ],
  *check(file) {
    for (const stage of file.stages)
      for (const instruction of stage.instructions) {
        const { keyword, json } = instruction;
        if (!json?.length || !commands.has(keyword)) continue;
        const before = keyword === 'CMD' ? entrypointOf(file, stage) : 'none';
        if (before === 'unknown' || (before !== 'none' && before.some(isShell)) || json.some(isShell)) continue;
        const problem = said(instruction, json, before === 'none');
        if (problem) yield problem;
      }
  },
});

const commands = new Set(['CMD', 'ENTRYPOINT', 'RUN', 'HEALTHCHECK']);
const isShell = ({ value }: Word): boolean =>
  /(?:^|[/\\])(?:(?:ba|da|a|z|k|fi|c|tc)?sh|cmd|pwsh|powershell|eval|envsubst|conda|mamba|micromamba|_entrypoint\.sh|.*entrypoint[\w.-]*)(?:\.exe)?$/i.test(
    value,
  );

/** What the arguments of CMD are given to: nothing where the image has surely no ENTRYPOINT. */
function entrypointOf(file: Dockerfile, stage: Stage): readonly Word[] | 'none' | 'unknown' {
  for (const { instructions } of lineage(stage)) {
    const entry = instructions.findLast(({ keyword }) => keyword === 'ENTRYPOINT');
    // In shell form it passes CMD over.
    if (entry) return entry.json ? (entry.json.length ? entry.json : 'none') : 'unknown';
  }
  const root = rootImage(file, stage);
  if (root === undefined) return 'unknown';
  const { registry, name } = imageReference(root);
  return plainEntrypoints.test(`${registry}/${name}`) ? 'none' : 'unknown';
}

/** Images without an ENTRYPOINT, or with one that runs its arguments as they are. */
const plainEntrypoints =
  /^docker\.io\/(?:python|debian|ubuntu|alpine|busybox|fedora|node|golang|rust|nvidia\/cuda|pytorch\/pytorch|tensorflow\/tensorflow|continuumio\/(?:ana|mini)conda3|condaforge\/(?:mini|mamba)forge.*|rocm\/(?:pytorch|dev-ubuntu.*))$|^nvcr\.io\/nvidia\/(?:pytorch|tensorflow|cuda)$/;

const builtins = new Set(['cd', 'source', '.', 'export', 'exec', 'set', 'alias', 'ulimit', 'umask']);
const operators = new Set(['&&', '||', '|', '>', '>>', '2>&1', ';', '&']);

/** The first thing in a list that only a shell would understand. `whole`: whether the list begins with the program. */
function said({ keyword, body }: Instruction, json: readonly Word[], whole: boolean): Problem | undefined {
  const [program, ...rest] = json;
  if (whole && program && builtins.has(program.value))
    return {
      span: program.span,
      message: `«${program.value}» is part of a shell and no program: in JSON form nothing is found by that name. Write the shell form.`,
    };
  if (whole && program && !rest.length && /^[\w.-]+ \S/.test(program.value)) {
    const words = /[$"'`|&;<>\\]/.test(program.value) ? undefined : program.value.trim().split(/\s+/);
    const right = words && `[${words.map((word) => JSON.stringify(word)).join(', ')}]`;
    return {
      span: program.span,
      severity: 'error',
      message: `In JSON form this is the name of one program, «${program.value}», blanks included, and no image has it. Write each word as a string of its own.`,
      fixes:
        right === undefined || keyword === 'HEALTHCHECK'
          ? []
          : [{ title: `Write ${right}`, safe: false, edits: [{ span: body.span, text: right }] }],
    };
  }
  const operator = rest.find(({ value }) => operators.has(value));
  if (operator)
    return {
      span: operator.span,
      message: `In JSON form no shell reads «${operator.value}»: «${program?.value ?? ''}» gets it as an argument. Write the shell form, or ["sh", "-c", "…"].`,
    };
  const variable = json.find(({ value }) => /(?:^|[^\\$])\$(?:[A-Z_][A-Z\d_]+|\{[A-Z_][A-Z\d_]+\})/.test(value));
  if (!variable) return undefined;
  const name = /\$\{?\w+\}?/.exec(variable.value)?.[0] ?? '';
  const plain = whole && json.every(({ value }) => /^[\w@%+=:,./${}-]+$/.test(value)) && keyword !== 'HEALTHCHECK';
  const right = `["sh", "-c", "exec ${json.map(({ value }) => value).join(' ')}"]`;
  return {
    span: variable.span,
    message: `In JSON form nothing puts a value in for ${name}: the program gets it as it is written. Let a shell do it: ["sh", "-c", "exec … ${name}"].`,
    fixes: plain ? [{ title: 'Let a shell put the value in', safe: false, edits: [{ span: body.span, text: right }] }] : [],
  };
}
