import { pipInstalls } from '../../dockerfile/packages/pip.ts';
import { dockerfileRule, type Problem } from '../../lint/rule.ts';
import { allInstructions } from '../../dockerfile/scope.ts';
import { compareVersions } from '../shared/pins.ts';
import { pythonPackages } from '../shared/looksAt.ts';
import { pythonInstalls } from '../shared/pythonInstalls.ts';
import { ownPackages } from '../shared/stagePackages.ts';

export default dockerfileRule({
  id: 'llama-cpp-old-flag',
  severity: 'error',
  title: 'Build llama-cpp-python with the flags that llama.cpp has now',
  why: 'llama.cpp renamed its options in June 2024. `-DLLAMA_CUBLAS=on` ends the build of llama-cpp-python 0.2.81 and newer: «LLAMA_CUBLAS is deprecated and will be removed in the future. Use GGML_CUDA instead» is an error of CMake there. Older releases know only the old name.',
  looksAt: ['* LLAMA_CUBLAS', ...pythonPackages],
  needs: pythonInstalls('llama-cpp-python'),
  examples: [
    {
      bad: 'FROM nvidia/cuda:12.4.1-devel-ubuntu22.04\nRUN apt-get update && apt-get install -y python3-pip cmake\nRUN CMAKE_ARGS="-D«LLAMA_CUBLAS»=on" pip install llama-cpp-python\n',
      good: 'FROM nvidia/cuda:12.4.1-devel-ubuntu22.04\nRUN apt-get update && apt-get install -y python3-pip cmake\nRUN CMAKE_ARGS="-DGGML_CUDA=on" pip install llama-cpp-python\n',
    },
    {
      title: 'set before',
      bad: 'FROM nvidia/cuda:12.4.1-devel-ubuntu22.04\nENV CMAKE_ARGS="-D«LLAMA_CUBLAS»=on" FORCE_CMAKE=1\nRUN pip3 install llama-cpp-python==0.3.4\n',
      good: 'FROM nvidia/cuda:12.4.1-devel-ubuntu22.04\nENV CMAKE_ARGS="-DGGML_CUDA=on" FORCE_CMAKE=1\nRUN pip3 install llama-cpp-python==0.3.4\n',
    },
    {
      title: 'a release that has the old name, a range that may, the new name, wheels that are built',
      good: 'FROM nvidia/cuda:12.1.1-devel-ubuntu22.04\nRUN CMAKE_ARGS="-DLLAMA_CUBLAS=on" pip install llama-cpp-python==0.2.7\nFROM nvidia/cuda:12.1.1-devel-ubuntu22.04\nRUN CMAKE_ARGS="-DLLAMA_CUBLAS=on" pip install "llama-cpp-python<0.2.80"\nFROM nvidia/cuda:12.1.1-devel-ubuntu22.04\nRUN CMAKE_ARGS="-DGGML_CUDA=on" pip install llama-cpp-python\nFROM nvidia/cuda:12.1.1-devel-ubuntu22.04\nENV CMAKE_ARGS="-DLLAMA_CUBLAS=on"\nRUN pip install llama-cpp-python --extra-index-url https://abetlen.github.io/llama-cpp-python/whl/cu121\n',
    },
  ],
  *check(file, world) {
    const said = new Set<number>();
    for (const stage of file.stages)
      for (const { requirement, install } of ownPackages(file, stage, world)) {
        if (requirement.name !== 'llama-cpp-python' || requirement.url !== undefined || install.project) continue;
        const { pinned, specifier } = requirement;
        if (pinned === undefined ? /[<=~!]/.test(specifier.replaceAll('>=', '')) : compareVersions(pinned, '0.2.81') < 0) continue;
        // Built wheels need no CMake.
        if (
          install.indexUrl !== undefined ||
          install.extraIndexUrls.length ||
          install.options.some(({ name }) => /find-links|^-f$|prefer-binary|only-binary/.test(name))
        )
          continue;
        const runs = install.instruction;
        for (const instruction of allInstructions(stage)) {
          const { keyword, body, span } = instruction;
          // In the command itself or one before it in the RUN, or set for all that follow.
          if (instruction !== runs && (keyword !== 'ENV' || span.start > runs.span.start)) continue;
          if (
            instruction === runs &&
            pipInstalls(file, runs).length > 1 &&
            !install.command.assignments.some(({ value }) => old.test(value))
          )
            continue;
          const at = old.exec(body.text)?.index;
          if (at === undefined || said.has(body.offsetAt(at + 2))) continue;
          said.add(body.offsetAt(at + 2));
          yield problem({ start: body.offsetAt(at + 2), end: body.offsetAt(at + 2 + 'LLAMA_CUBLAS'.length) });
        }
      }
  },
});

const old = /-DLLAMA_CUBLAS(?==(?:on|1|true|yes)\b)/i;

const problem = (span: Problem['span']): Problem => ({
  span,
  message:
    'llama.cpp ends its build at LLAMA_CUBLAS since June 2024, and this llama-cpp-python is newer: «LLAMA_CUBLAS is deprecated … Use GGML_CUDA instead». Call it GGML_CUDA.',
  fixes: [{ title: 'Use GGML_CUDA', safe: true, edits: [{ span, text: 'GGML_CUDA' }] }],
});
