// The folders that the suite opens, one window each. Inside VS Code the name of the open one says which cases are meant.

/** A project that has nothing to do with containers. */
const plain = {
  'README.md': '# Nothing to do with containers\n',
  'main.py': 'print("hello")\n',
} as const;

/** A small stack in which everything is wrong. */
const stack = {
  Dockerfile:
    'FROM python:latest\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCMD ["python", "train.py"]\n',
  'broken.Dockerfile': 'FROM python:3.12-slim\nRUNN pip --version\n',
  'requirements.txt': 'numpy==2.2.0\n',
  'compose.yaml':
    'services:\n  api:\n    image: vllm/vllm-openai:latest\n    depends_on:\n      cache:\n        condition: service_healthy\n  cache:\n    image: redis:7.4\n',
  'compose.whole.yaml': 'include:\n  - store.yml\nservices:\n  web:\n    image: nginx:1.29\n',
  'store.yml': 'services:\n  store:\n    image: postgres:18\n    depends_on: [nobody]\n    environment:\n      POSTGRES_PASSWORD: x\n',
  'train.py': 'print("training")\n',
} as const;

/** The folders by name. */
export const workspaces = { plain, stack } as const;
