import { addKey } from '../../compose/insert.ts';
import { entry, get, items, text } from '../../compose/model.ts';
import { composeRule } from '../../lint/rule.ts';

export default composeRule({
  id: 'rocm-group-missing',
  severity: 'warning',
  title: 'Give a user without root the groups of AMD GPUs',
  why: '`/dev/kfd` and `/dev/dri/renderD*` belong to the groups `render` and `video` of the host. A user other than root opens them only as a member; ROCm then reports «Unable to open /dev/kfd».',
  looksAt: ['devices', 'group_add', 'privileged', 'user'],
  examples: [
    {
      bad: 'services:\n  train:\n    image: train:1\n    user: «"1000:1000"»\n    devices: ["/dev/kfd", "/dev/dri"]\n',
      good: 'services:\n  train:\n    image: train:1\n    user: "1000:1000"\n    group_add: ["video"]\n    devices: ["/dev/kfd", "/dev/dri"]\n',
    },
    {
      title: 'root, or with groups',
      good: 'services:\n  a:\n    image: a:1\n    devices: ["/dev/kfd", "/dev/dri"]\n  b:\n    image: b:1\n    user: "1000"\n    group_add: ["44", "109"]\n    devices: ["/dev/kfd", "/dev/dri"]\n  c:\n    image: c:1\n    user: root\n    devices: ["/dev/kfd", "/dev/dri"]\n',
    },
  ],
  *check(file) {
    for (const { node } of file.services) {
      const user = get(node, 'user');
      const name = text(user);
      if (!user || name === undefined || /^(?:root|0)(?::|$)|\$/.test(name)) continue;
      const devices = items(get(node, 'devices')).map((item) => text(item) ?? text(get(item, 'source')) ?? '');
      if (!devices.some((path) => path.startsWith('/dev/kfd'))) continue;
      if (
        entry(node, 'group_add') ||
        entry(node, 'extends') ||
        text(get(node, 'privileged')) === 'true' ||
        /:(?:44|video|render)$/.test(name)
      )
        continue;
      const edit = addKey(file.source, node, 'group_add', ['video'], ['user']);
      yield {
        span: user.span,
        message: `«${name}» may not open /dev/kfd: the service needs group_add with the groups of the GPU (video, and on newer hosts the number of render).`,
        fixes: edit ? [{ title: 'Add the group video', safe: false, edits: [edit] }] : [],
      };
    }
  },
});
