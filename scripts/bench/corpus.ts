import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A document to measure with. */
export interface Sample {
  readonly name: string;
  readonly text: string;
}

const parts = {
  cuda: (n: number) => `
FROM nvidia/cuda:12.4.1-cudnn-devel-ubuntu22.04 AS build${n}
ARG TORCH_VERSION=2.5.1
ENV DEBIAN_FRONTEND=noninteractive \\
    PIP_NO_CACHE_DIR=1 \\
    PATH=/opt/venv/bin:$PATH
RUN apt-get update \\
    && apt-get install -y --no-install-recommends \\
        build-essential \\
        ca-certificates \\
        curl \\
        git \\
        python3-venv \\
    && rm -rf /var/lib/apt/lists/*
RUN python3 -m venv /opt/venv && /opt/venv/bin/pip install torch==\${TORCH_VERSION} --index-url https://download.pytorch.org/whl/cu124
WORKDIR /src${n}
COPY requirements.txt .
RUN --mount=type=cache,target=/root/.cache/pip pip install -r requirements.txt
`,
  service: (n: number) => `
FROM python:3.12-slim AS service${n}
LABEL org.opencontainers.image.title="service ${n}"
COPY --from=build${n} /opt/venv /opt/venv
COPY app${n}/ /app/
RUN <<EOF
set -eu
useradd --create-home runner${n}
if [ -d /app/models ]; then
  chown -R runner${n}:runner${n} /app/models
fi
EOF
USER runner${n}
EXPOSE 80${n % 100}
HEALTHCHECK --interval=30s --start-period=120s CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://localhost:8000/health')"]
CMD ["uvicorn", "app:main", "--host", "0.0.0.0", "--port", "8000"]
`,
};

const service = (n: number): string => `
  worker${n}:
    image: example/worker:${n}.0
    restart: unless-stopped
    hostname: worker${n}
    environment:
      MODEL: model-${n}
      WORKERS: "2"
    ports:
      - "127.0.0.1:${10_000 + n}:8000"
    volumes:
      - models:/models:ro
    healthcheck:
      test: ["CMD", "curl", "-f", "http://localhost:8000/health"]
      interval: 30s
    deploy:
      resources:
        reservations:
          devices:
            - driver: nvidia
              count: 1
              capabilities: [gpu]
`;

const times = (count: number, make: (n: number) => string): string => Array.from({ length: count }, (_, n) => make(n)).join('');
const dockerfile = (stages: number): string => `# syntax=docker/dockerfile:1\n${times(stages, (n) => parts.cuda(n) + parts.service(n))}`;
const compose = (services: number): string => `services:${times(services, service)}\nvolumes:\n  models:\n`;

/** Usual files: the example workspaces', and made ones of 35 to 400 lines. */
export function usual(language: 'dockerfile' | 'compose'): readonly Sample[] {
  const wanted = language === 'dockerfile' ? /^Dockerfile|Dockerfile$/i : /^compose.*\.ya?ml$/;
  const found = readdirSync('examples', { recursive: true, encoding: 'utf8' }).filter((path) => wanted.test(path.split('/').at(-1) ?? ''));
  const made = [1, 2, 5, 11].map((size) => ({
    name: language === 'dockerfile' ? `made-${size}.Dockerfile` : `compose.made-${size}.yaml`,
    text: language === 'dockerfile' ? dockerfile(size) : compose(size * 2),
  }));
  return [...found.sort().map((path) => ({ name: path, text: readFileSync(join('examples', path), 'utf8') })), ...made];
}

/** 5,000 lines of Dockerfile; 1,000 services of Compose. */
export const large = (language: 'dockerfile' | 'compose'): Sample =>
  language === 'dockerfile' ? { name: 'large.Dockerfile', text: dockerfile(143) } : { name: 'compose.large.yaml', text: compose(1000) };
