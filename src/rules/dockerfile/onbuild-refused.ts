import { heldBackFaults } from '../../dockerfile/faults.ts';
import { dockerfileRule } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'onbuild-refused',
  severity: 'error',
  title: 'Hold back what a build accepts',
  why: 'This build passes over most of what stands behind ONBUILD: the builds that begin with the image read it, and each of them is refused.',
  reach: 'file',
  looksAt: ['ONBUILD'],
  examples: [
    { bad: 'FROM debian:12\nONBUILD «COPPY» . /app\n', good: 'FROM debian:12\nONBUILD COPY . /app\n' },
    {
      title: 'a port that is none, and a stage of the file that begins with it',
      bad: 'FROM debian:12 AS base\nONBUILD EXPOSE «x»\nFROM base\n',
    },
    { title: 'a stage of that build', good: 'FROM debian:12\nONBUILD COPY --from=build /app /app\nONBUILD RUN ${X:?}\n' },
  ],
  *check(file) {
    for (const instruction of file.instructions)
      for (const { span, message, meant } of heldBackFaults(instruction, file)) {
        const isHere = file.stages.some(({ base }) => base && base.index === instruction.stage);
        yield {
          span,
          ...(isHere ? {} : { severity: 'warning' as const }),
          message: `${message} ${isHere ? 'A stage below begins with this one' : 'The builds that begin with this image are refused'}.`,
          fixes: meant === undefined ? [] : [{ title: `Write ${meant}`, safe: false, edits: [{ span, text: meant }] }],
        };
      }
  },
});
