import type { Instruction } from '../../dockerfile/model.ts';
import { rootImage } from '../../dockerfile/scope.ts';
import { shellAt } from '../../dockerfile/stageShell.ts';
import { runCommands, type RunCommand } from '../../dockerfile/shell/commands.ts';
import { imageFacts } from '../../knowledge/lookup.ts';
import { dockerfileRule, type Fix } from '../../lint/rule.ts';
import type { Span } from '../../text/text.ts';
import { beside } from '../shared/looksAt.ts';

export default dockerfileRule({
  id: 'bashism-in-sh',
  severity: 'error',
  title: 'Write for the shell that runs the line',
  why: 'RUN uses `/bin/sh`. On Debian and Ubuntu that is dash, which has no `source`, `[[`, `pushd`, `<<<` or `<(…)`: «/bin/sh: 1: source: not found». Write it in plain sh, or put `SHELL ["/bin/bash", "-c"]` above. The rule speaks only where the base image is known.',
  also: ['shellcheck:SC3046', 'shellcheck:SC3010', 'shellcheck:SC3044', 'shellcheck:SC3001', 'shellcheck:SC3011', 'shellcheck:SC3020'],
  looksAt: [
    ...['source', '[[', 'pushd', 'popd', 'shopt', 'declare', 'mapfile', 'readarray', '<<<', '<(', '>('].map((word) => `RUN ${word}`),
    ...beside('* /bin/sh', '* dash', '#'),
  ],
  examples: [
    {
      bad: 'FROM python:3.12-slim\nRUN python -m venv /v && «source» /v/bin/activate && pip install --no-cache-dir flask\n',
      good: 'FROM python:3.12-slim\nRUN python -m venv /v && . /v/bin/activate && pip install --no-cache-dir flask\n',
    },
    { bad: 'FROM ubuntu:22.04\nRUN if «[[» -f /etc/x ]]; then cat /etc/x; fi && «pushd» /opt\n' },
    {
      title: 'conda’s image',
      bad: 'FROM continuumio/miniconda3:24.9.2-0\nRUN «source» activate ml && pip install flask\n',
    },
    {
      title: 'with bash as the shell',
      good: 'FROM python:3.12-slim\nSHELL ["/bin/bash", "-c"]\nRUN source /v/bin/activate && [[ -f /x ]]\n',
    },
    { title: 'Alpine’s and Fedora’s sh know source', good: 'FROM fedora:42\nRUN source /etc/os-release\n' },
    {
      title: 'a heredoc, which the same shell reads',
      bad: 'FROM ubuntu:24.04\nRUN <<EOF\nset -e\n«source» /opt/venv/bin/activate\nEOF\n',
      good: 'FROM ubuntu:24.04\nRUN <<EOF\nset -e\n. /opt/venv/bin/activate\nEOF\n',
    },
    { title: 'the script of another shell', good: 'FROM ubuntu:24.04\nRUN bash <<EOF\nsource /opt/venv/bin/activate\nEOF\n' },
    { title: 'a heredoc with its own interpreter', good: 'FROM python:3.12-slim\nRUN <<EOF\n#!/bin/bash\nsource /v/bin/activate\nEOF\n' },
  ],
  *check(file, { knowledge, options }) {
    for (const call of runCommands(file)) {
      const { section, instruction, command, head } = call;
      if (!section.stage || instruction.json || !readsDash(instruction)) continue;
      const found = bashism(call);
      if (!found || shellAt(file, section.stage, instruction)[0] !== '/bin/sh') continue;
      const image = rootImage(file, section.stage, options.buildArgs);
      const facts = image === undefined ? undefined : imageFacts(knowledge, image);
      const dash = onDebian.test(image ?? '') || (facts?.sure === 'certain' && facts.packages.includes('apt'));
      if (!dash || replacesShell(file.source.text)) continue;
      const [, path] = command.words;
      const dot: Fix = { title: 'Use .', safe: true, edits: [{ span: head.span, text: '.' }] };
      yield {
        span: found.span,
        message: `«${found.what}» is bash, and /bin/sh in «${image ?? ''}» is dash, which does not know it. ${found.what === 'source' ? 'Write a dot instead' : 'Use plain sh'}, or set SHELL ["/bin/bash", "-c"].`,
        fixes: found.what === 'source' && path?.value.includes('/') && command.words.length === 2 ? [dot] : [],
        also: [found.code],
      };
    }
  },
});

const words: Readonly<Record<string, string>> = {
  source: 'SC3046',
  '[[': 'SC3010',
  pushd: 'SC3044',
  popd: 'SC3044',
  shopt: 'SC3044',
  declare: 'SC3044',
  mapfile: 'SC3044',
  readarray: 'SC3044',
};

function bashism({
  command,
  program,
  head,
}: RunCommand): { readonly what: string; readonly span: Span; readonly code: string } | undefined {
  const code = Object.hasOwn(words, program) && head.text === program && head === command.words[0] ? words[program] : undefined;
  if (code) return { what: program, span: head.span, code: `shellcheck:${code}` };
  const here = command.redirects.find(({ operator }) => operator.endsWith('<<<'));
  if (here) return { what: '<<<', span: here.span, code: 'shellcheck:SC3011' };
  const process = command.words.find(({ text }) => /^[<>]\(/.test(text));
  return process && { what: `${process.text.slice(0, 1)}(…)`, span: process.span, code: 'shellcheck:SC3001' };
}

/** Whether the shell of RUN reads the script itself: in the line, or in a heredoc that stands alone and names no interpreter. */
const readsDash = ({ body, heredocs: [script] }: Instruction): boolean =>
  !script || (/^<<-?\s*\S+$/.test(body.text.trim()) && !script.text.startsWith('#!'));

/** Images of which only the tools are not certain: their Dockerfiles are built on Debian and set no SHELL. */
const onDebian = /^(?:docker\.io\/)?continuumio\/(?:mini|ana)conda3(?::|$)/;

const replacesShell = (text: string): boolean => /\/bin\/sh\b.*bash|bash\b.*\/bin\/sh\b|dpkg-reconfigure dash|dash dash\/sh/.test(text);
