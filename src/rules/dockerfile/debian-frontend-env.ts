import type { Dockerfile, Instruction, Pair } from '../../dockerfile/model.ts';
import { dockerfileRule, type Fix } from '../../lint/rule.ts';
import { lineBefore, withoutPair } from '../shared/edits.ts';
import { shippedStages } from '../shared/shipped.ts';

export default dockerfileRule({
  id: 'debian-frontend-env',
  severity: 'hint',
  title: 'Set DEBIAN_FRONTEND for the build only',
  why: 'As ENV it stays in the image: whoever opens a shell in the container finds that no package asks anything any more. As ARG it holds while the image is built and is gone afterwards.',
  reach: 'shipped',
  looksAt: ['ENV DEBIAN_FRONTEND'],
  examples: [
    {
      bad: 'FROM ubuntu:24.04\nENV «DEBIAN_FRONTEND=noninteractive»\nRUN apt-get update\n',
      good: 'FROM ubuntu:24.04\nARG DEBIAN_FRONTEND=noninteractive\nRUN apt-get update\n',
    },
    {
      title: 'in the old form',
      bad: 'FROM ubuntu:24.04\nENV «DEBIAN_FRONTEND noninteractive»\n',
      good: 'FROM ubuntu:24.04\nARG DEBIAN_FRONTEND=noninteractive\n',
    },
    {
      title: 'among other variables',
      bad: 'FROM ubuntu:24.04\nENV LANG=C.UTF-8 «DEBIAN_FRONTEND=noninteractive»\n',
      good: 'FROM ubuntu:24.04\nARG DEBIAN_FRONTEND=noninteractive\nENV LANG=C.UTF-8\n',
    },
    {
      title: 'a build stage, and one that takes it back',
      good: 'FROM ubuntu:24.04 AS build\nENV DEBIAN_FRONTEND=noninteractive\nFROM ubuntu:24.04\nENV DEBIAN_FRONTEND=noninteractive\nRUN apt-get update\nENV DEBIAN_FRONTEND=\n',
    },
  ],
  *check(file) {
    const set = shippedStages(file)
      .toReversed()
      .flatMap(({ instructions }) =>
        instructions.flatMap((instruction) => {
          const { keyword, keywordSpan, pairs = [] } = instruction;
          return keyword === 'ENV'
            ? pairs.flatMap((pair) =>
                pair.name.value === 'DEBIAN_FRONTEND' ? [{ pair, keywordSpan, instruction, alone: pairs.length === 1 }] : [],
              )
            : [];
        }),
      );
    const last = set.at(-1)?.pair.value?.value ?? '';
    if (last !== 'noninteractive') return;
    for (const { pair, keywordSpan, instruction, alone } of set)
      if (pair.value?.value === 'noninteractive')
        yield {
          span: pair.span,
          message: 'DEBIAN_FRONTEND stays noninteractive in the containers of this image. As ARG it holds for the build alone.',
          fixes: alone
            ? [
                {
                  title: 'Use ARG',
                  safe: true,
                  edits: [{ span: { start: keywordSpan.start, end: pair.span.end }, text: 'ARG DEBIAN_FRONTEND=noninteractive' }],
                },
              ]
            : split(file, instruction, pair),
        };
  },
});

/** Out of an ENV of several, into an ARG above it. */
function split(file: Dockerfile, instruction: Instruction, pair: Pair): readonly Fix[] {
  const out = withoutPair(file, instruction, pair);
  const arg = lineBefore(file, instruction, 'ARG DEBIAN_FRONTEND=noninteractive');
  return out && arg ? [{ title: 'Use ARG', safe: true, edits: [arg, out] }] : [];
}
