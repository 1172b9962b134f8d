import { environmentOf } from '../../compose/insert.ts';
import { variablesAt } from '../../dockerfile/scope.ts';
import { entry, type ComposeFile } from '../../compose/model.ts';
import { serviceFacts } from '../../knowledge/lookup.ts';
import { composeRule, type Problem, type World } from '../../lint/rule.ts';
import { serviceBuild } from '../shared/composeImage.ts';
import { effectiveServices } from '../shared/composeServices.ts';
import { imageContent } from '../shared/imageContents.ts';
import { folderOf, join } from '../../text/paths.ts';
import { serviceMounts, within } from '../shared/published.ts';
import { commandWords } from '../shared/serviceCommand.ts';
import { imageServices } from '../shared/serviceImages.ts';

/** Variables that name a model’s file. */
const names =
  /^(?:[A-Z0-9]+_)*(?:MODEL|CHECKPOINT|WEIGHTS?|CKPT|TOKENIZER|SCALER|VECTORIZER|ENCODER|PIPELINE|PREPROCESSOR)(?:_(?:PATH|FILE|FILE_?PATH|LOCATION))$/;
const file_ = /^\/[\w./-]+\.(?:pkl|pickle|joblib|onnx|pt|pth|ckpt|h5|keras|safetensors|gguf|bin|json|txt|pb|tflite|cbm|model)$/;

export default composeRule({
  id: 'model-path-mismatch',
  severity: 'warning',
  title: 'Name the model where the image or a mount has it',
  why: 'A variable names the model’s file, and neither a COPY of the Dockerfile nor a mount brings one to that path: the service stops at start with «FileNotFoundError».',
  looksAt: ['image', 'build', 'command', 'entrypoint', 'environment', 'volumes', 'configs', 'extends'],
  examples: [
    {
      title: 'a mounted folder with another model',
      files: { Dockerfile: 'FROM python:3.12-slim\n', 'models/best.pt': 'x' },
      bad: 'services:\n  a:\n    build: .\n    environment: {MODEL_PATH: «/models/final.pt»}\n    volumes: ["./models:/models"]\n',
      good: 'services:\n  a:\n    build: .\n    environment: {MODEL_PATH: /models/best.pt}\n    volumes: ["./models:/models"]\n',
    },
    {
      files: { Dockerfile: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY models/ models/\n', 'models/clf.pkl': '' },
      bad: 'services:\n  api:\n    build: .\n    environment:\n      MODEL_PATH: «/app/model/clf.pkl»\n',
      good: 'services:\n  api:\n    build: .\n    environment:\n      MODEL_PATH: /app/models/clf.pkl\n',
    },
    {
      title: 'the Dockerfile sets it',
      files: {
        Dockerfile: 'FROM python:3.12-slim\nWORKDIR /app\nENV MODEL_PATH=/app/model.pkl\nCOPY models/ models/\n',
        'models/clf.pkl': '',
      },
      bad: 'services:\n  «api»:\n    build: .\n',
    },
    {
      title: 'the command of a model server',
      bad: 'services:\n  llm:\n    image: vllm/vllm-openai:v0.11.0\n    command: «--model /models/qwen --max-model-len 4096»\n    volumes: ["./weights:/weights:ro"]\n',
    },
    {
      title: 'the repository of Triton',
      bad: 'services:\n  triton:\n    image: nvcr.io/nvidia/tritonserver:24.08-py3\n    command: [tritonserver, «"--model-repository=/models"»]\n    volumes: ["./repository:/model_repository"]\n',
    },
    {
      title: 'one of its repositories is mounted; a script makes it',
      good: 'services:\n  triton:\n    image: nvcr.io/nvidia/tritonserver:24.08-py3\n    command: tritonserver --model-repository=/models/all\n    volumes: ["./repository:/models"]\n  made:\n    image: nvcr.io/nvidia/tritonserver:24.08-py3\n    command: bash -c "mkdir /models && tritonserver --model-repository=/models"\n',
    },
    {
      title: 'a name on the Hub, a mount there or below, another file that mounts one, an image of one’s own',
      files: { 'compose.override.yaml': 'services:\n  c:\n    volumes: ["/data/models:/models"]\n' },
      good: 'services:\n  a:\n    image: vllm/vllm-openai:v0.11.0\n    command: --model Qwen/Qwen3-8B\n  b:\n    image: vllm/vllm-openai:v0.11.0\n    command: --model /models\n    volumes: ["./qwen:/models/qwen"]\n  c:\n    image: vllm/vllm-openai:v0.11.0\n    command: --model /models/qwen\n  d:\n    image: registry.example.org/vllm-openai-qwen:1\n    command: --model /models/qwen\n',
    },
    {
      title: 'a volume is mounted there',
      files: { Dockerfile: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY app.py .\n', 'app.py': '' },
      good: 'services:\n  api:\n    build: .\n    volumes: ["models:/app/model"]\n    environment: ["MODEL_PATH=/app/model/clf.pkl"]\nvolumes:\n  models:\n',
    },
  ],
  *check(file, world) {
    yield* servedModels(file, world);
    for (const { name, nameSpan, node } of file.services) {
      const build = serviceBuild(file, node, world);
      if (!build) continue;
      const { dockerfile, stage } = build;
      const all = serviceMounts(node);
      const mounts = all.map(({ target }) => target);
      /** A folder of the project that is mounted over the path and holds other models, not this one. */
      const without = (path: string): string | undefined => {
        const over = all.filter(({ target }) => within(path, target));
        const [mount] = over;
        if (!mount || over.length > 1 || mount.type !== 'bind' || !/^\.{1,2}(?:\/|$)/.test(mount.source) || path === mount.target)
          return undefined;
        const folder = join(folderOf(file.source.path), mount.source);
        const inside = path.slice(mount.target.replace(/\/+$/, '').length + 1);
        const others = world.files.list(join(folder, folderOf(inside)));
        return others?.some((each) => file_.test(`/${each}`)) && !world.files.exists(join(folder, inside)) ? mount.source : undefined;
      };
      const own = environmentOf(node);
      const places = [
        ...[...own].map(([variable, { value, node: at }]) => ({ variable, value, span: at.span })),
        ...[...variablesAt(dockerfile, stage, undefined, build.buildArgs)].flatMap(([variable, { value, kind }]) =>
          kind === 'env' && !own.has(variable) ? [{ variable, value, span: nameSpan }] : [],
        ),
      ];
      for (const { variable, value, span } of places) {
        if (value === undefined || !names.test(variable) || !file_.test(value)) continue;
        const folder = without(value);
        if (folder !== undefined) {
          yield {
            span,
            message: `${variable} of «${name}» is «${value}», and «${folder}», which is mounted there, holds no such file: the service stops at start.`,
          };
          continue;
        }
        if (mounts.some((target) => within(value, target)) || imageContent(dockerfile, stage, value, world).kind !== 'nothing') continue;
        yield {
          span,
          message: `${variable} of «${name}» is «${value}», and neither ${dockerfile.source.path} nor a mount brings a file there: the service stops at start.`,
        };
      }
    }
  },
});

/** The options that name the model in the commands of model servers. */
const options: Readonly<Record<string, RegExp>> = {
  vllm: /^--model$/,
  sglang: /^--model-path$/,
  tgi: /^--model-id$/,
  tei: /^--model-id$/,
  triton: /^--model-(?:repository|store)$/,
};

/** Folders that the command of a model server names and nothing brings: their images hold no models. */
function* servedModels(file: ComposeFile, world: World): Iterable<Problem> {
  for (const { service, image } of imageServices(file)) {
    const facts = serviceFacts(world.knowledge, image);
    const option = options[facts?.id ?? ''];
    if (!facts || !option || !facts.images.some((each) => image.startsWith(each)) || entry(service.node, 'extends')) continue;
    const words = commandWords(service.node);
    const found = words.flatMap((word, index) => {
      const [, name = words[index - 1]?.value ?? '', value = ''] = /^(?:(--[\w-]+)=)?(\/[\w./-]+)$/.exec(word.value) ?? [];
      return value && option.test(name) ? [{ word, value }] : [];
    });
    const [first] = found;
    if (!first || found.length > 1 || entry(service.node, 'configs')) continue;
    const { word, value } = first;
    const hub = facts.id !== 'triton';
    // A script may make the folder first.
    if (!hub && words[0]?.value !== 'tritonserver') continue;
    const node = effectiveServices(file, world).find(({ name }) => name === service.name)?.node ?? service.node;
    const mounts = serviceMounts(node).map(({ target }) => target);
    if (mounts.some((target) => within(value, target) || within(target, value))) continue;
    yield {
      span: word.node.span,
      message: `${facts.name} is to load «${value}», and nothing is mounted there: it ${hub ? 'takes that for a name on the Hub and stops' : 'finds no such folder and stops'}.`,
    };
  }
}
