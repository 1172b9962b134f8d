import { imageFacts } from '../../knowledge/lookup.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { bases } from '../shared/bases.ts';
import { fromOwnWheels, named, ownPackages } from '../shared/stagePackages.ts';
import { pythonPackages } from '../shared/looksAt.ts';
import { pythonInstalls } from '../shared/pythonInstalls.ts';

const withoutMusl = new Set(
  'torch torchvision torchaudio tensorflow tensorflow-cpu onnxruntime onnxruntime-gpu jaxlib bitsandbytes faiss-cpu vllm triton'.split(' '),
);

export default dockerfileRule({
  id: 'alpine-for-ml',
  severity: 'error',
  title: 'Use a glibc image for compiled ML packages',
  why: 'Alpine’s C library is musl. torch, TensorFlow, onnxruntime, jaxlib and bitsandbytes have wheels for glibc only: pip answers «Could not find a version that satisfies the requirement».',
  looksAt: pythonPackages,
  needs: pythonInstalls(...withoutMusl),
  examples: [
    { bad: 'FROM python:3.11-alpine\nRUN pip install «torch»\n', good: 'FROM python:3.11-slim\nRUN pip install torch\n' },
    {
      files: { 'requirements.txt': 'flask\nonnxruntime==1.20.0\n' },
      bad: 'FROM python:3.11-alpine\nCOPY requirements.txt .\nRUN pip install -r «requirements.txt»\n',
      good: 'FROM python:3.11-slim\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n',
    },
    { good: 'FROM python:3.11-alpine\nRUN pip install flask\n' },
  ],
  *check(file, world) {
    for (const { image, word, literal, stage } of bases(file, world)) {
      const facts = imageFacts(world.knowledge, image);
      if (facts?.libc !== 'musl' || facts.sure !== 'certain') continue;
      const found = file.stages
        .filter((each) => each === stage || each.base === stage)
        .flatMap((each) => ownPackages(file, each, world))
        .find((each) => withoutMusl.has(each.requirement.name) && each.requirement.url === undefined && !fromOwnWheels(each));
      if (!found) continue;
      const slim = literal ? image.replace(/^(python:3\.\d+(?:\.\d+)?)-alpine.*$/, '$1-slim') : image;
      yield {
        span: found.word.span,
        message: `${named(found)} has no wheels for musl, the C library of «${image}»: pip finds nothing to install. Use a Debian image, such as python:3.12-slim.`,
        fixes: slim === image ? [] : [{ title: `Use ${slim}`, safe: false, edits: [{ span: word.span, text: slim }] }],
      };
    }
  },
});
