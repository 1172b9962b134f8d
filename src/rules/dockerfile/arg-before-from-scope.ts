import { globalArgs, platformArgs, variablesAt } from '../../dockerfile/scope.ts';
import { scriptsOf } from '../../dockerfile/shell/scripts.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { baseSets } from '../shared/baseSets.ts';
import { declareArg } from '../shared/declareArg.ts';
import { beside } from '../shared/looksAt.ts';

export default dockerfileRule({
  id: 'arg-before-from-scope',
  severity: 'warning',
  title: 'Declare in the stage what is declared before FROM, or set by the build',
  why: 'An ARG before the first FROM is for FROM lines. In a RUN of a stage it is empty unless the stage says `ARG NAME` too: `pip install torch==$TORCH` becomes `pip install torch==`. So are `TARGETARCH` and the other platform arguments, which a build sets: a stage that does not declare them sees nothing.',
  looksAt: ['ARG', 'RUN TARGET', 'RUN BUILD', ...beside('RUN')],
  examples: [
    {
      bad: 'ARG TORCH=2.5.1\nFROM python:3.12-slim\nRUN pip install --no-cache-dir «torch==${TORCH}»\n',
      good: 'ARG TORCH=2.5.1\nFROM python:3.12-slim\nARG TORCH\nRUN pip install --no-cache-dir torch==${TORCH}\n',
    },
    {
      title: 'the platform',
      bad: 'FROM debian:12\nRUN curl -fsSLO «https://example.org/tool-linux-${TARGETARCH}»\n',
      good: 'FROM debian:12\nARG TARGETARCH\nRUN curl -fsSLO https://example.org/tool-linux-${TARGETARCH}\n',
    },
    {
      title: 'in a heredoc; set by the script itself',
      bad: 'FROM debian:12\nRUN <<EOF\necho «"$TARGETPLATFORM"»\nBUILDARCH=$(uname -m)\necho "$BUILDARCH"\nEOF\n',
      good: 'FROM debian:12\nARG TARGETPLATFORM\nRUN <<EOF\necho "$TARGETPLATFORM"\nBUILDARCH=$(uname -m)\necho "$BUILDARCH"\nEOF\n',
    },
    { title: 'set in the shell itself', good: 'ARG V=1\nFROM alpine:3.22\nRUN V=2 && echo "$V"\nRUN for V in a b; do echo $V; done\n' },
    {
      title: 'what the image that it chooses sets itself',
      good: 'ARG PYTHON_VERSION=3.12\nARG BASE=glcr.example.org/python/ver\nFROM python:${PYTHON_VERSION}-slim\nRUN echo $PYTHON_VERSION\nFROM $BASE:$PYTHON_VERSION\nRUN echo $PYTHON_VERSION\n',
    },
    {
      title: 'the release of ROS, which its images say, too',
      good: 'ARG ROS_DISTRO=humble\nFROM osrf/ros:${ROS_DISTRO}-desktop\nRUN echo "source /opt/ros/${ROS_DISTRO}/setup.bash" >> /root/.bashrc\n',
    },
    {
      title: 'whoever builds names the image',
      good: 'ARG IMAGE\nARG PYTHON_VERSION\nFROM $IMAGE:$PYTHON_VERSION\nRUN echo $PYTHON_VERSION\n',
    },
    { title: 'in single quotes it is text', good: "ARG V=1\nFROM alpine:3.22\nRUN echo '$V'\n" },
  ],
  *check(file, { options }) {
    const globals = globalArgs(file, options.buildArgs);
    const declared = [...globals.keys()].filter((name) => /^\w+$/.test(name));
    for (const stage of file.stages) {
      const reported = new Set<string>();
      for (const instruction of stage.instructions) {
        if (instruction.keyword !== 'RUN') continue;
        const parts = [instruction.body, ...instruction.heredocs];
        const platform = parts.some((part) => /(?:TARGET|BUILD)(?:PLATFORM|OS|ARCH|VARIANT)/.test(part.text)) ? [...platformArgs] : [];
        if (!declared.length && !platform.length) continue;
        const text = parts.map((part) => part.text).join('\n');
        const known = variablesAt(file, stage, instruction, options.buildArgs);
        for (const name of new Set([...declared, ...platform])) {
          if (
            !text.includes(name) ||
            known.has(name) ||
            baseSets(file, stage, name, options.buildArgs) ||
            reported.has(name) ||
            new RegExp(`(?:^|[\\s;&|(])(?:export\\s+|local\\s+|read\\s+(?:-\\w+\\s+)*|for\\s+)?${name}(?:=|\\s+in\\b|\\s*$)`, 'm').test(
              text,
            )
          )
            continue;
          const word = scriptsOf(file, instruction)
            .flatMap(({ commands }) => commands.flatMap(({ words }) => words))
            .find(
              (each) =>
                each.dynamic && new RegExp(`\\$(?:${name}(?!\\w)|\\{${name}(?=[}#%/]))`).test(each.text) && !/^'[^']*'$/.test(each.text),
            );
          if (!word) continue;
          reported.add(name);
          yield {
            span: word.span,
            message: globals.has(name)
              ? `«${name}» is declared before FROM only, so it is empty here. Repeat «ARG ${name}» in this stage.`
              : `A build sets «${name}», but a stage sees it only after «ARG ${name}»: here it is empty.`,
            fixes: [declareArg(file, stage, name)],
          };
        }
      }
    }
  },
});
