import { dockerfileRule } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'volume-host-path',
  severity: 'warning',
  title: 'Give VOLUME paths of the container alone',
  why: 'A Dockerfile cannot mount anything of the host: `VOLUME ./data:/data` makes a volume at a path that is called `./data:/data`, and `/data` stays as it is. Mount it when the container starts: `docker run -v ./data:/data`, or `volumes:` in a Compose file. The socket of Docker is such a path too.',
  also: ['semgrep:dockerfile-dockerd-socket-mount'],
  looksAt: ['VOLUME'],
  examples: [
    { bad: 'FROM postgres:17\nVOLUME «./data:/var/lib/postgresql/data»\n', good: 'FROM postgres:17\nVOLUME /var/lib/postgresql/data\n' },
    {
      bad: 'FROM docker:28\nVOLUME [«"/var/run/docker.sock:/var/run/docker.sock"»]\n',
      good: 'FROM docker:28\nVOLUME ["/var/run/docker.sock"]\n',
    },
    {
      title: 'paths of the container, of Windows too, and variables',
      good: 'FROM a:1\nARG D=/data\nVOLUME /data /models $D\nVOLUME ["/a b", "/c"]\nVOLUME C:\\\\data\nVOLUME ["C:/data"]\n',
    },
  ],
  *check(file) {
    for (const { keyword, args } of file.instructions)
      for (const { value, span, text } of keyword === 'VOLUME' ? args : []) {
        const inside = /^[~.]{0,2}[\w$]?[^:]*:(\/[^:]*)(?::(?:ro|rw|z|Z)(?:,\w+)*)?$/.exec(value)?.[1];
        if (inside === undefined || /^[a-z]:/i.test(value)) continue;
        const edit = text.includes(value) ? { span, text: text.replace(value, () => inside) } : undefined;
        yield {
          span,
          message: `VOLUME takes no path of the host: this makes a volume called «${value}», and «${inside}» stays as it is. Write «${inside}» here, and mount when the container starts.`,
          ...(value.includes('docker.sock') ? {} : { also: [] }),
          fixes: edit ? [{ title: `Write ${inside}`, safe: false, edits: [edit] }] : [],
        };
      }
  },
});
