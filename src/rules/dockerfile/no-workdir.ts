import { allInstructions, rootImage } from '../../dockerfile/scope.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { lineBreak } from '../../text/text.ts';
import { shippedStages } from '../shared/shipped.ts';
import { imageReference } from '../../text/imageReference.ts';

/** Images whose working directory is `/`. */
const startAtRoot =
  /^(?:python|ubuntu|debian|alpine|node|nvidia\/cuda|continuumio\/(?:mini|ana)conda3|mambaorg\/micromamba|condaforge\/\w+|buildpack-deps|astral-sh\/uv)$/;

export default dockerfileRule({
  id: 'no-workdir',
  severity: 'warning',
  title: 'Set a WORKDIR before relative paths',
  why: 'Without a WORKDIR everything relative is in `/`: the project’s files lie among `bin`, `etc` and `lib`, a folder called `lib` or `run` is mixed with the system’s, and a mount of the code at `/` is not possible.',
  also: [],
  reach: 'shipped',
  looksAt: ['COPY', 'ADD', 'WORKDIR'],
  examples: [
    {
      bad: 'FROM python:3.12-slim\nCOPY . «.»\nCMD ["python", "app.py"]\n',
      good: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nCMD ["python", "app.py"]\n',
    },
    {
      title: 'set by the stage below, or by an image that is not known',
      good: 'FROM python:3.12-slim AS base\nWORKDIR /app\nFROM base\nCOPY . .\n',
    },
    { good: 'FROM pytorch/pytorch:2.5.1-cuda12.4-cudnn9-runtime\nCOPY . .\n' },
    { title: 'one file, or absolute paths', good: 'FROM python:3.12-slim\nCOPY app.py ./\nCOPY . /app\n' },
  ],
  *check(file, { options }) {
    const [stage] = shippedStages(file);
    const image = stage && rootImage(file, stage, options.buildArgs);
    if (!stage || image === undefined || !startAtRoot.test(imageReference(image).name)) return;
    const instructions = allInstructions(stage);
    for (const { keyword, args, flags } of instructions) {
      if (keyword === 'WORKDIR') return;
      const target = args.at(-1);
      const source = args[0]?.value ?? '';
      // A whole folder into the top of the file system; single files do little harm there.
      if (
        (keyword !== 'COPY' && keyword !== 'ADD') ||
        !target ||
        !/^\.\/?$/.test(target.value) ||
        flags.some(({ name }) => name === 'from')
      )
        continue;
      if (args.length < 2 || !/^\.?\/?$|^\.\/$|\/$/.test(source)) continue;
      const end = stage.from.span.end;
      yield {
        span: target.span,
        message: `No WORKDIR is set and «${image}» starts in /: this puts the project among the folders of the system. Set WORKDIR /app first.`,
        fixes: stage.base
          ? []
          : [
              {
                title: 'Add WORKDIR /app',
                safe: false,
                edits: [{ span: { start: end, end }, text: `${lineBreak(file.source)}WORKDIR /app` }],
              },
            ],
      };
      return;
    }
  },
});
