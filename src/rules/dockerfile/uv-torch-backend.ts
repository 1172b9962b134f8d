import { installsAt } from '../../dockerfile/packages/resolved.ts';
import { variablesAt } from '../../dockerfile/scope.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { installedRequirements } from '../shared/installedRequirements.ts';
import { indexTag } from '../shared/torchSource.ts';
import { beside, pythonPackages } from '../shared/looksAt.ts';
import { pythonInstalls } from '../shared/pythonInstalls.ts';

export default dockerfileRule({
  id: 'uv-torch-backend',
  severity: 'info',
  quiet: 'The install works as long as the index happens to hold a version that fits.',
  title: 'Choose torch’s build with --torch-backend in uv',
  why: 'uv takes a package from the first index that has it, and never looks further. With PyTorch’s index as an extra one, packages that it mirrors (requests, numpy, …) are found there only, in the versions it happens to have. `--torch-backend` uses it for torch and its companions alone.',
  looksAt: [...pythonPackages, ...beside('* UV_')],
  needs: pythonInstalls(),
  examples: [
    {
      files: { 'r.txt': 'torch==2.6.0\nnumpy==1.26.4\n' },
      bad: 'FROM python:3.12-slim\nCOPY r.txt .\nRUN uv pip install --system -r r.txt «--extra-index-url https://download.pytorch.org/whl/cpu»\n',
      good: 'FROM python:3.12-slim\nCOPY r.txt .\nRUN uv pip install --system -r r.txt --torch-backend=cpu\n',
    },
    {
      title: 'an index in a variable',
      bad: 'FROM python:3.12-slim\nENV UV_EXTRA_INDEX_URL=https://download.pytorch.org/whl/cpu\nRUN uv pip «install» --system torch requests\n',
    },
    {
      title: 'torch alone',
      good: 'FROM python:3.12-slim\nRUN uv pip install --system torch torchvision --extra-index-url https://download.pytorch.org/whl/cpu\n',
    },
    {
      title: 'told to look everywhere',
      good: 'FROM python:3.12-slim\nRUN uv pip install --system torch numpy --extra-index-url https://download.pytorch.org/whl/cpu --index-strategy unsafe-best-match\n',
    },
  ],
  *check(file, { files, options, knowledge }) {
    for (const stage of file.stages)
      for (const instruction of stage.instructions)
        for (const install of installsAt(file, stage, instruction, options.buildArgs)) {
          if (install.tool !== 'uv' || install.project) continue;
          const option = install.options.find(({ name }) => name === '--extra-index-url' || name === '--index');
          const set = variablesAt(file, stage, instruction, options.buildArgs);
          const tag = indexTag(option?.value ?? set.get('UV_EXTRA_INDEX_URL')?.value ?? set.get('UV_INDEX')?.value ?? '', knowledge);
          if (tag === undefined || !/^(?:cpu|cu\d+)$/.test(tag)) continue;
          if (install.options.some(({ name }) => name === '--index-strategy' || name === '--torch-backend')) continue;
          if (set.has('UV_INDEX_STRATEGY') || set.has('UV_TORCH_BACKEND')) continue;
          const shared = installedRequirements(file, stage, install, files)
            .installed.map(({ requirement }) => requirement.name)
            .filter((name) => knowledge.torchIndex.has(name) && !/^torch|^triton$|^nvidia-/.test(name));
          const [first] = shared;
          if (first === undefined) continue;
          const span = option?.valueWord && { start: option.word.span.start, end: option.valueWord.span.end };
          yield {
            span: span ?? install.verb.span,
            message: `uv takes ${first} from PyTorch’s index only, in the versions that has, because it is asked before PyPI. Use --torch-backend=${tag}${span ? '' : ' in the place of the variable that names the index'}.`,
            fixes: span ? [{ title: `Use --torch-backend=${tag}`, safe: false, edits: [{ span, text: `--torch-backend=${tag}` }] }] : [],
          };
        }
  },
});
