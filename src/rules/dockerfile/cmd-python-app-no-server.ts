import { dockerfileRule, type Fix } from '../../lint/rule.ts';
import type { ShellWord } from '../../dockerfile/shell/model.ts';
import type { Instruction } from '../../dockerfile/model.ts';
import { pythonScript } from '../shared/pythonScript.ts';
import { shippedStages } from '../shared/shipped.ts';
import { startCommands } from '../shared/startCommand.ts';
import { beside } from '../shared/looksAt.ts';

export default dockerfileRule({
  id: 'cmd-python-app-no-server',
  severity: 'warning',
  title: 'Start the server of the app',
  why: '`python app.py` runs the file from top to bottom. When the file only defines a FastAPI, Flask or Streamlit app and starts no server, that is all: the container ends with 0 at once, and under a restart policy again and again.',
  reach: 'shipped',
  looksAt: ['CMD', 'ENTRYPOINT', ...beside('COPY', 'ADD', 'WORKDIR', 'RUN')],
  examples: [
    {
      files: { 'app.py': 'from fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.get("/")\ndef root():\n    return {}\n' },
      bad: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nCMD [«"python", "app.py"»]\n',
      good: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nCMD ["uvicorn", "app:app", "--host", "0.0.0.0", "--port", "8000"]\n',
    },
    {
      files: { 'ui.py': 'import streamlit as st\n\nst.title("x")\n' },
      bad: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY ui.py .\nCMD «python ui.py»\n',
      good: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY ui.py .\nCMD ["streamlit", "run", "ui.py"]\n',
    },
    {
      title: 'a module',
      files: { 'service/app.py': 'from fastapi import FastAPI\n\napp = FastAPI()\n' },
      bad: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nENTRYPOINT ["python", "-m", «"service.app"»]\n',
    },
    {
      title: 'it starts one',
      files: {
        'app.py':
          'import uvicorn\nfrom fastapi import FastAPI\n\napp = FastAPI()\n\nif __name__ == "__main__":\n    uvicorn.run(app, host="0.0.0.0")\n',
      },
      good: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nCMD ["python", "app.py"]\n',
    },
  ],
  *check(file, world) {
    const [stage] = shippedStages(file);
    if (!stage) return;
    for (const start of startCommands(file, stage)) {
      const script = pythonScript(file, stage, start, world);
      if (!script || script.given) continue;
      const { text, word, python = word, path } = script;
      if (/__main__|\.run\(|\bserve\(|\.launch\(|\.main\(|run_simple|WSGIServer|bootstrap|os\.exec|subprocess/.test(text)) continue;
      const better = serverFor(text, path);
      if (!better) continue;
      yield {
        span: { start: python.span.start, end: word.span.end },
        message: `«${word.value}» defines a ${better.kind} app and starts no server: the container ends at once with code 0. Start it with ${better.command[0] ?? ''}.`,
        fixes: script.python ? fixes(start.instruction, python, word, start.words.length, better.command) : [],
      };
    }
  },
});

function serverFor(text: string, path: string): { readonly kind: string; readonly command: readonly string[] } | undefined {
  const module = path.replace(/^\.\//, '').replace(/\.py$/, '').replaceAll('/', '.');
  const fastapi = /^(\w+)\s*(?::\s*\w+\s*)?=\s*(?:fastapi\.)?FastAPI\(/m.exec(text)?.[1];
  if (fastapi !== undefined)
    return { kind: 'FastAPI', command: ['uvicorn', `${module}:${fastapi}`, '--host', '0.0.0.0', '--port', '8000'] };
  const flask = /^(\w+)\s*=\s*(?:flask\.)?Flask\(/m.exec(text)?.[1];
  if (flask !== undefined) return { kind: 'Flask', command: ['flask', '--app', `${module}:${flask}`, 'run', '--host', '0.0.0.0'] };
  return /^(?:import streamlit\b|from streamlit import)/m.test(text)
    ? { kind: 'Streamlit', command: ['streamlit', 'run', path] }
    : undefined;
}

function fixes(
  { json, keyword, body }: Instruction,
  from: ShellWord,
  to: ShellWord,
  words: number,
  command: readonly string[],
): readonly Fix[] {
  if (keyword !== 'CMD' || words !== (json ?? body.text.trim().split(/\s+/)).length) return [];
  const list = command.map((word) => JSON.stringify(word)).join(', ');
  return [
    {
      title: `Start ${command[0] ?? ''}`,
      safe: false,
      edits: [json ? { span: { start: from.span.start, end: to.span.end }, text: list } : { span: body.span, text: `[${list}]` }],
    },
  ];
}
