import { dockerfileRule } from '../../lint/rule.ts';
import { buildContext } from '../shared/buildContext.ts';
import { bytesAt, sizeText } from '../shared/contextTree.ts';
import { ignored } from '../shared/dockerignore.ts';
import { join } from '../../text/paths.ts';

const weights = /\.(?:safetensors|pt|pth|ckpt|gguf|onnx|h5|bin|pkl|joblib|parquet|npz|tar|zip|engine|plan)$/i;
const limit = 500 * 1024 * 1024;

export default dockerfileRule({
  id: 'weights-in-image',
  severity: 'info',
  title: 'Keep model weights and data out of the image',
  why: 'Weights in a layer make the image as big as they are: every node pulls them again, and new weights need a new image. Mount them, or download them at start into a volume. For machines without a network they may belong in the image: then switch this rule off there. It speaks from 500 MB on.',
  looksAt: ['COPY', 'ADD'],
  examples: [
    { files: { 'model/model.safetensors': '[4800000000 bytes]' }, bad: 'FROM python:3.12-slim\nCOPY «model/» /app/model/\n' },
    { files: { 'model/model.safetensors': '[1000 bytes]' }, good: 'FROM python:3.12-slim\nCOPY model/ /app/model/\n' },
    { files: { 'model/a.safetensors': '[4800000000 bytes]', '.dockerignore': 'model\n' }, good: 'FROM python:3.12-slim\nCOPY . /app/\n' },
  ],
  *check(file, world) {
    const { files } = world;
    const folder = buildContext(file, world);
    const skip = ignored(file.source.path, files, folder);
    /** The bytes of weights below a path, three folders deep. */
    for (const { keyword, args, flags } of file.instructions) {
      if ((keyword !== 'COPY' && keyword !== 'ADD') || flags.some(({ name }) => name === 'from')) continue;
      for (const word of args.slice(0, -1)) {
        if (/[$*?]|:\/\//.test(word.value)) continue;
        const size = bytesAt(folder, join('', word.value), files, 3, { skip, counts: (path) => weights.test(path) });
        if (size >= limit)
          yield {
            span: word.span,
            message: `This copies ${sizeText(size)} of weights or data into the image: every machine pulls them with it, and new weights need a new image. Mount them, or download them at start.`,
          };
      }
    }
  },
});
