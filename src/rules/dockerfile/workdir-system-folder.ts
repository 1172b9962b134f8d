import { stageAround } from '../../dockerfile/scope.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { isWindows } from '../../dockerfile/stageShell.ts';

export default dockerfileRule({
  id: 'workdir-system-folder',
  severity: 'warning',
  title: 'Work in a folder of your own',
  why: 'Below `/proc`, `/sys` and `/dev` the container has the kernel’s files, not those of the image: what a build writes there is gone, and a WORKDIR such as `/proc/self/fd/8` has been used to break out of containers.',
  also: ['trivy:DS030'],
  looksAt: ['WORKDIR'],
  examples: [
    { bad: 'FROM debian:12\nWORKDIR «/proc/self/fd/8»\n' },
    { bad: 'FROM debian:12\nWORKDIR «"/sys"»\n' },
    { good: 'FROM debian:12\nWORKDIR /development\nWORKDIR /app/proc\n' },
    { title: 'Windows has no such folders', good: 'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nWORKDIR /dev\n' },
  ],
  *check(file) {
    for (const outer of file.instructions) {
      const { keyword, args } = outer.trigger ?? outer;
      const [path] = args;
      if (keyword !== 'WORKDIR' || !path || !/^["']?\/(?:proc|sys|dev|boot)(?:\/|["']?$)/.test(path.text)) continue;
      const stage = stageAround(file, outer);
      if (!stage || !isWindows(file, stage))
        yield { span: path.span, message: `«${path.value}» belongs to the kernel, not to the image. Use a folder such as /app.` };
    }
  },
});
