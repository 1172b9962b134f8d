import { gpuOverride, projectName, upCommand } from '../compose.ts';
import type { ProjectKind } from '../kind.ts';

const config = `# Answers what it gets: put your own model beside it, a folder each.
name: "echo"
backend: "python"
max_batch_size: 8
input [{ name: "INPUT", data_type: TYPE_FP32, dims: [ -1 ] }]
output [{ name: "OUTPUT", data_type: TYPE_FP32, dims: [ -1 ] }]
instance_group [{ kind: KIND_CPU }]
`;

const model = `"""Answers what it gets."""

import triton_python_backend_utils as pb_utils


class TritonPythonModel:
    def execute(self, requests):
        responses = []
        for request in requests:
            given = pb_utils.get_input_tensor_by_name(request, "INPUT").as_numpy()
            responses.append(pb_utils.InferenceResponse([pb_utils.Tensor("OUTPUT", given)]))
        return responses
`;

const kind: ProjectKind = {
  id: 'triton',
  title: 'Triton Inference Server',
  detail: 'Serves a folder of models (ONNX, TensorRT, Python, …)',
  python: false,
  gpu: 'optional',
  suits: ({ paths }) => ([...paths].some((path) => path.endsWith('config.pbtxt')) ? 'there is a config.pbtxt' : undefined),
  make({ survey, device }, { recipes }) {
    const gpu = device.kind === 'gpu';
    const recipe = recipes.find(({ id }) => id === 'triton');
    const own = [...survey.paths].find((path) => path.endsWith('/config.pbtxt'));
    const folder = own === undefined ? 'models' : own.split('/').slice(0, -2).join('/') || '.';
    const compose = `name: ${projectName(survey)}

services:
  triton:
    image: ${recipe?.image ?? ''}
    restart: unless-stopped
    command: ["tritonserver", "--model-repository=/models"]
    ports:
      - "127.0.0.1:8000:8000" # HTTP
      - "127.0.0.1:8001:8001" # gRPC
      - "127.0.0.1:8002:8002" # metrics
    volumes:
      - ./${folder}:/models:ro
    shm_size: 1gb
    ulimits:
      memlock: -1
      stack: 67108864
    healthcheck:
      test: ["CMD", "curl", "-sf", "http://localhost:8000/v2/health/ready"]
      interval: 10s
      timeout: 5s
      retries: 6
      start_period: 120s
`;
    return {
      files: [
        { path: 'compose.yaml', text: compose },
        ...(gpu ? [gpuOverride('triton', upCommand(true, 'up'))] : []),
        ...(own === undefined
          ? [
              { path: 'models/echo/config.pbtxt', text: config },
              { path: 'models/echo/1/model.py', text: model },
            ]
          : []),
      ],
      start: upCommand(gpu, 'up'),
    };
  },
};
export default kind;
