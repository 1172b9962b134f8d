import { addKey } from '../../compose/insert.ts';
import { entry, get, items, text, type MapNode } from '../../compose/model.ts';
import { serviceFacts } from '../../knowledge/lookup.ts';
import { composeRule } from '../../lint/rule.ts';
import { buildSource } from '../shared/buildSource.ts';
import { runsTraining } from '../shared/training.ts';
import { asksGpu } from '../shared/gpu.ts';
import { serviceBuild, serviceImage } from '../shared/composeImage.ts';
import { gpuRequest } from '../shared/gpuRequest.ts';
import { folderOf, join } from '../../text/paths.ts';

export default composeRule({
  id: 'shm-missing',
  severity: 'warning',
  title: 'Give processes that share tensors more shared memory',
  why: 'A container gets 64 MB of `/dev/shm`. PyTorch’s DataLoader workers, NCCL, vLLM, Triton and Ray pass tensors through it, and end with «Bus error» or an NCCL error when it is full. `shm_size` raises the limit and takes no memory until it is used; `ipc: host` shares the host’s.',
  looksAt: [
    'image',
    'build',
    'command',
    'entrypoint',
    'volumes',
    'tmpfs',
    'ipc',
    'shm_size',
    'deploy',
    'gpus',
    'runtime',
    'devices',
    'environment',
  ],
  examples: [
    {
      title: 'a server that needs it for some models: a remark',
      bad: 'services:\n  t:\n    image: «nvcr.io/nvidia/tritonserver:24.10-py3»\n    gpus: all\n',
      good: 'services:\n  t:\n    image: nvcr.io/nvidia/tritonserver:24.10-py3\n    shm_size: 8gb\n    gpus: all\n',
    },
    {
      bad: 'services:\n  llm:\n    image: «vllm/vllm-openai:v0.11.0»\n    gpus: all\n',
      good: 'services:\n  llm:\n    image: vllm/vllm-openai:v0.11.0\n    shm_size: 8gb\n    gpus: all\n',
    },
    {
      title: 'one GPU: a remark',
      bad: 'services:\n  llm:\n    image: «vllm/vllm-openai:v0.11.0»\n    gpus: [{count: 1}]\n',
    },
    {
      title: 'training code with worker processes',
      files: {
        'train/Dockerfile': 'FROM python:3.12-slim\nCOPY . .\n',
        'train/train.py': 'loader = DataLoader(data, batch_size=64, num_workers=4)\n',
      },
      bad: 'services:\n  train:\n    build: «./train»\n',
    },
    {
      title: 'in another module of what trains, and not in what serves',
      files: {
        Dockerfile: 'FROM python:3.12-slim\nCOPY . .\nCMD ["python", "-m", "src.train"]\n',
        'src/train.py': 'from src.data.loaders import loader\n',
        'src/data/loaders.py': 'loader = DataLoader(data, num_workers=4)\n',
      },
      bad: 'services:\n  train:\n    build: «.»\n  api:\n    build: .\n    command: uvicorn src.api:app --host 0.0.0.0\n',
    },
    {
      good: 'services:\n  a:\n    image: vllm/vllm-openai:v0.11.0\n    ipc: host\n  b:\n    image: vllm/vllm-openai:v0.11.0\n    tmpfs: /dev/shm:size=8g\n',
    },
    {
      title: 'no worker processes',
      files: { 'train/Dockerfile': 'FROM python:3.12-slim\n', 'train/train.py': 'loader = DataLoader(data)\n' },
      good: 'services:\n  train:\n    build: ./train\n',
    },
  ],
  *check(file, world) {
    const loadsIn = (folder: string): boolean =>
      (world.files.list(folder) ?? []).some(
        (name) => name.endsWith('.py') && /\bnum_workers\s*=\s*[1-9]/.test(world.files.read(join(folder, name)) ?? ''),
      );
    /** The folders of a project, and those in them: `src/data`. */
    const foldersIn = (folder: string, depth = 2): readonly string[] =>
      depth === 0
        ? []
        : (world.files.list(folder) ?? [])
            .filter((name) => /^[a-z]\w*\/$/i.test(name) && (depth === 1 || !aside.test(name)))
            .flatMap((name) => [join(folder, name), ...foldersIn(join(folder, name), depth - 1)])
            .slice(0, 40);
    for (const { node } of file.services) {
      if (hasShm(node) || entry(node, 'extends')) continue;
      const image = serviceImage(node);
      const known = image === undefined ? undefined : serviceFacts(world.knowledge, image);
      const place = get(node, 'image') ?? get(node, 'build');
      // Triton and the like pass tensors so only for some of their models.
      const perhaps = known?.wantsShm === true && known.gpu !== 'required' && asksGpu(node);
      const wants =
        known?.wantsShm && (known.gpu === 'required' || perhaps)
          ? known.name
          : usesWorkers()
            ? 'A DataLoader with worker processes'
            : undefined;
      if (wants === undefined || !place) continue;
      const edit = addKey(file.source, node, 'shm_size', '8gb');
      // Between its workers, of which there is one for each GPU.
      // What is only likely of a program warns nobody.
      const unsure = wants === known?.name && known.sure !== 'certain';
      const alone = !perhaps && known?.category === 'serving' && gpuRequest(node)?.count === 1;
      yield {
        span: place.span,
        ...(perhaps || alone || unsure ? { severity: 'info' as const } : {}),
        message: alone
          ? `${wants} passes tensors between GPUs through /dev/shm, and this container has 64 MB of it. One GPU mostly does with that; for more, set shm_size or ipc: host.`
          : `${perhaps ? `A program with worker processes in ${wants}` : wants} passes tensors through /dev/shm, and this container has 64 MB of it. Set shm_size (8gb, say) or ipc: host.`,
        fixes: edit ? [{ title: 'Set shm_size: 8gb', safe: true, edits: [edit] }] : [],
      };

      function usesWorkers(): boolean {
        const built = serviceBuild(file, node, world);
        if (!built) return false;
        const folder = buildSource(file, node)?.context ?? folderOf(built.dockerfile.source.path);
        // Deeper code may be that of another service, unless this one trains.
        return loadsIn(folder) || (runsTraining(file, node, world) && foldersIn(folder).some(loadsIn));
      }
    }
  },
});

/** Folders at the top whose code is not that of the service. */
const aside = /^(?:tests?|docs?|data|notebooks|node_modules|venv|examples|outputs|mlruns|wandb)\//i;

function hasShm(service: MapNode): boolean {
  const mounts = [...items(get(service, 'tmpfs')), ...items(get(service, 'volumes'))];
  return (
    entry(service, 'shm_size') !== undefined ||
    entry(service, 'ipc') !== undefined ||
    mounts.some((item) => (text(item) ?? text(get(item, 'target')) ?? '').includes('/dev/shm'))
  );
}
