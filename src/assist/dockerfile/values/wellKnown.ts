/** Variables that images for ML set, with a value that is often right. */
export const environment: readonly { readonly name: string; readonly value: string; readonly summary: string }[] = [
  { name: 'PYTHONUNBUFFERED', value: '1', summary: 'Python prints at once: nothing is missing in the log when it dies' },
  { name: 'PYTHONDONTWRITEBYTECODE', value: '1', summary: 'Python writes no .pyc files' },
  { name: 'PIP_DISABLE_PIP_VERSION_CHECK', value: '1', summary: 'pip does not look for a newer pip' },
  { name: 'PIP_NO_CACHE_DIR', value: '1', summary: 'pip keeps no downloads; leave it out where a cache mount keeps them' },
  { name: 'UV_COMPILE_BYTECODE', value: '1', summary: 'uv compiles what it installs: a faster start' },
  { name: 'UV_LINK_MODE', value: 'copy', summary: 'uv copies from a cache mount, which hard links cannot leave' },
  { name: 'UV_PYTHON_DOWNLOADS', value: 'never', summary: 'uv uses the image’s Python' },
  { name: 'VIRTUAL_ENV', value: '/opt/venv', summary: 'the environment that programs look for' },
  { name: 'HF_HOME', value: '/models/huggingface', summary: 'where Hugging Face keeps models and tokens' },
  { name: 'HF_HUB_ENABLE_HF_TRANSFER', value: '1', summary: 'faster downloads, with the package hf_transfer' },
  { name: 'TORCH_HOME', value: '/models/torch', summary: 'where torch.hub keeps models' },
  { name: 'TORCH_CUDA_ARCH_LIST', value: '8.0;8.6;9.0', summary: 'the GPUs that CUDA extensions are compiled for' },
  { name: 'CUDA_HOME', value: '/usr/local/cuda', summary: 'where extensions look for nvcc' },
  { name: 'NVIDIA_VISIBLE_DEVICES', value: 'all', summary: 'the GPUs that the NVIDIA runtime shows' },
  { name: 'NVIDIA_DRIVER_CAPABILITIES', value: 'compute,utility', summary: 'the parts of the driver that the NVIDIA runtime mounts' },
  { name: 'OMP_NUM_THREADS', value: '1', summary: 'threads of each process: with several workers, more of them only hinder each other' },
  { name: 'TOKENIZERS_PARALLELISM', value: 'false', summary: 'tokenizers do not fork warnings in data loaders' },
  { name: 'PYTORCH_CUDA_ALLOC_CONF', value: 'expandable_segments:True', summary: 'less GPU memory is lost in fragments' },
];

/** Names of labels that registries and tools read. */
export const labels: readonly { readonly name: string; readonly summary: string }[] = [
  { name: 'org.opencontainers.image.title', summary: 'name for people' },
  { name: 'org.opencontainers.image.description', summary: 'what the image is for' },
  { name: 'org.opencontainers.image.source', summary: 'address of the source code' },
  { name: 'org.opencontainers.image.url', summary: 'where to find out more' },
  { name: 'org.opencontainers.image.documentation', summary: 'address of the documentation' },
  { name: 'org.opencontainers.image.version', summary: 'version of what is packaged' },
  { name: 'org.opencontainers.image.revision', summary: 'commit it was built from' },
  { name: 'org.opencontainers.image.created', summary: 'time of the build, as RFC 3339' },
  { name: 'org.opencontainers.image.authors', summary: 'whom to ask' },
  { name: 'org.opencontainers.image.vendor', summary: 'who distributes it' },
  { name: 'org.opencontainers.image.licenses', summary: 'SPDX expression' },
  { name: 'org.opencontainers.image.base.name', summary: 'image it is built on' },
];

/** Shells for `SHELL`. */
export const shells: readonly { readonly text: string; readonly summary: string }[] = [
  { text: '["/bin/bash", "-o", "pipefail", "-c"]', summary: 'a failure anywhere in a pipe counts' },
  { text: '["/bin/bash", "-euo", "pipefail", "-c"]', summary: 'and so does a variable that is not set' },
  { text: '["/bin/sh", "-c"]', summary: 'the usual one' },
  { text: '["powershell", "-Command", "$ErrorActionPreference = \'Stop\';"]', summary: 'Windows' },
];

/** Environments in which RUN works as after `conda activate`. */
export const condaShell = (name: string): string => `["conda", "run", "--no-capture-output", "-n", "${name}", "/bin/bash", "-c"]`;
