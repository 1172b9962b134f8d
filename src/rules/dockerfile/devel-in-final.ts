import { dockerfileRule, type World } from '../../lint/rule.ts';
import { bases } from '../shared/bases.ts';
import { imageSize } from '../shared/imageSize.ts';
import { shippedStages } from '../shared/shipped.ts';
import { beside } from '../shared/looksAt.ts';

/** What speaks of code that compiles kernels when it runs. */
const compiling: readonly string[] = [
  ...['deepspeed', 'DeepSpeed', 'DEEPSPEED', 'torch.compile', 'flash', 'Flash', 'FLASH'],
  ...['triton', 'Triton', 'TRITON', 'nvcc', 'NVCC'],
];

export default dockerfileRule({
  id: 'devel-in-final',
  severity: 'hint',
  quiet:
    'Many images need the compiler while they run (torch.compile, DeepSpeed, kernels built at the first call), and nothing breaks with it.',
  title: 'Ship a runtime image, compile in a devel one',
  why: 'A `-devel` image holds compiler, headers and static libraries, 3 to 5 GB that a service never uses. Compile in a stage of its own and copy the result into `runtime` or `base`. (`torch.compile`, DeepSpeed and training code that compiles kernels at run time do need it.)',
  reach: 'file',
  looksAt: [...['FROM -devel', 'FROM $', ...beside('* from=', '#')], ...beside(...compiling.map((word) => `* ${word}`))],
  examples: [
    {
      bad: 'FROM «nvidia/cuda:12.4.1-devel-ubuntu22.04»\nCOPY app /app\nCMD ["/app"]\n',
      good: 'FROM nvidia/cuda:12.4.1-runtime-ubuntu22.04\nCOPY app /app\nCMD ["/app"]\n',
    },
    {
      good: 'FROM nvidia/cuda:12.4.1-devel-ubuntu22.04 AS build\nRUN make\nFROM nvidia/cuda:12.4.1-runtime-ubuntu22.04\nCOPY --from=build /app /app\n',
    },
  ],
  *check(file, world) {
    const shipped = shippedStages(file);
    for (const { image, parts, word, stage, literal } of bases(file, world))
      if (
        shipped.includes(stage) &&
        /^(?:nvidia\/cuda|pytorch\/pytorch)$/.test(parts.name) &&
        /-devel(?:-|$)/.test(parts.tag ?? '') &&
        !compiling.some((word) => file.source.text.includes(word))
      )
        yield {
          span: word.span,
          message: `«${image}» is shipped with compiler and headers${sizes(image, world)}. Compile in a stage of its own and ship the runtime flavour.`,
          fixes: literal
            ? [
                {
                  title: 'Ship the runtime flavour',
                  safe: false,
                  edits: [{ span: word.span, text: word.text.replace(/-devel\b/, '-runtime') }],
                },
              ]
            : [],
        };
  },
});

/** `: 6 to 8.4 GB unpacked, where the runtime flavour takes 1.7 to 2.8 GB`. */
function sizes(image: string, { knowledge }: Pick<World, 'knowledge'>): string {
  const own = imageSize(knowledge, image);
  const lean = imageSize(knowledge, image.replace(/-devel\b/, '-runtime'));
  return own === undefined || lean === undefined ? '' : `: ${own} unpacked, where the runtime flavour takes ${lean}`;
}
