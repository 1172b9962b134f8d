// Folders as people have them when they ask for a new project.

const train = 'import torch\n\nif __name__ == "__main__":\n    print(torch.cuda.is_available())\n';
const server = `from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/health" else 404)
        self.end_headers()


if __name__ == "__main__":
    ThreadingHTTPServer(("0.0.0.0", 8080), Handler).serve_forever()
`;

export const folders = {
  empty: {},
  requirements: {
    'requirements.txt': 'fastapi==0.121.1\nnumpy==2.3.4\ntorch==2.9.1\ntorchvision==0.24.1\nuvicorn==0.38.0\n',
    'train.py': train,
    'app.py': 'from fastapi import FastAPI\n\napp = FastAPI()\n',
    'data/digits.csv': '1,2\n',
  },
  'old torch': { 'requirements.txt': 'torch==1.13.1\n', 'train.py': train },
  'system libraries': {
    'requirements.txt': 'lightgbm\nopencv-python\npsycopg2\npdf2image\nmysqlclient\n',
    'main.py': 'if __name__ == "__main__":\n    pass\n',
  },
  tensorflow: { 'requirements.txt': 'tensorflow==2.19.0\n', 'train.py': 'import tensorflow\n\nif __name__ == "__main__":\n    pass\n' },
  'uv project': {
    'pyproject.toml':
      '[project]\nname = "x"\nversion = "0.1.0"\nrequires-python = ">=3.11"\ndependencies = ["torch==2.9.1", "fastapi", "uvicorn"]\n',
    'uv.lock': 'version = 1\n',
    'src/x/train.py': train,
  },
  'uv project for the CPU': {
    'pyproject.toml':
      '[project]\nname = "x"\nversion = "0.1.0"\nrequires-python = ">=3.11"\ndependencies = ["torch==2.9.1", "fastapi", "uvicorn"]\n\n' +
      '[tool.uv.sources]\ntorch = { index = "pytorch-cpu" }\n\n[[tool.uv.index]]\nname = "pytorch-cpu"\nurl = "https://download.pytorch.org/whl/cpu"\nexplicit = true\n',
    'uv.lock': 'version = 1\n',
    'src/x/train.py': train,
  },
  'project file': {
    'pyproject.toml':
      '[project]\nname = "x"\nversion = "0.1.0"\nrequires-python = ">=3.11"\ndependencies = ["torch==2.9.1", "fastapi", "uvicorn"]\n',
    'src/x/train.py': train,
  },
  poetry: {
    'pyproject.toml':
      '[tool.poetry]\nname = "x"\nversion = "0.1.0"\n\n[tool.poetry.dependencies]\npython = "^3.11"\ntorch = "2.9.1"\nfastapi = "*"\n',
    'poetry.lock': '[[package]]\nname = "torch"\nversion = "2.9.1"\n',
    'train.py': train,
  },
  streamlit: { 'requirements.txt': 'pandas\nstreamlit\n', 'app.py': 'import streamlit as st\n\nst.title("digits")\n' },
  gradio: {
    'requirements.txt': 'gradio\ntorch==2.9.1\n',
    'demo.py': 'import gradio as gr\n\ngr.Interface(lambda x: x, "text", "text").launch(server_port=7000)\n',
  },
  flask: {
    'requirements.txt': 'flask\n',
    'src/api.py': 'from flask import Flask\n\napp = Flask(__name__)\n\n\n@app.route("/health")\ndef health():\n    return "ok"\n',
  },
  'fastapi alone': { 'requirements.txt': 'fastapi\n', 'main.py': 'from fastapi import FastAPI\n\napp = FastAPI()\n' },
  'speech on a GPU': {
    'requirements.txt': 'faster-whisper\nfastapi\nuvicorn\nonnxruntime-gpu==1.23.0\n',
    'app.py': 'from fastapi import FastAPI\n\napp = FastAPI()\n',
  },
  'a script without a guard': { 'requirements.txt': 'torch==2.9.1\n', 'experiments/train.py': 'import torch\n\nprint(torch.ones(2))\n' },
  'built on torch': { 'requirements.txt': 'torch==2.6.0\nflash-attn==2.7.4.post1\n', 'train.py': train },
  conda: {
    'environment.yml': 'name: x\nchannels: [conda-forge]\ndependencies:\n  - python=3.11\n  - pytorch=2.8.0\n  - pip:\n      - fastapi\n',
    'train.py': train,
  },
  'lists that include others': {
    'requirements/prod.txt': '-r base.txt\n-c ../constraints.txt\ntorch==2.9.1\n',
    'requirements/base.txt': 'fastapi\nuvicorn\n',
    'requirements/dev.txt': '-r base.txt\npytest\n',
    'constraints.txt': 'numpy<2.4\n',
    'main.py': 'from fastapi import FastAPI\n\napp = FastAPI()\n',
  },
  'code of its own among the requirements': {
    'requirements.txt': '-e .\ntorch==2.9.1\n',
    'pyproject.toml': '[project]\nname = "x"\nversion = "0.1.0"\ndependencies = ["flash-attn"]\n',
    'src/x/train.py': train,
  },
  'uv workspace': {
    'pyproject.toml':
      '[project]\nname = "x"\nversion = "0.1.0"\nrequires-python = ">=3.12"\ndependencies = ["torch"]\n\n[tool.uv.workspace]\nmembers = ["packages/*"]\n',
    'uv.lock': 'version = 1\n',
    'packages/api/pyproject.toml': '[project]\nname = "api"\nversion = "0.1.0"\ndependencies = ["fastapi"]\n',
    'train.py': train,
  },
  'data loaders': {
    'requirements.txt': 'torch==2.9.1\nfastapi\n',
    'train.py': `${train}    torch.utils.data.DataLoader([], num_workers=4)\n`,
    'main.py': 'from fastapi import FastAPI\n\napp = FastAPI()\n',
  },
  'standard library': { 'server.py': server },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;
