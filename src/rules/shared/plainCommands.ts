import type { ShellWord } from '../../dockerfile/shell/model.ts';

/** Programs that install nothing and run nothing else: what is not in an image is not there after them either. */
const plain = new Set(
  `apt-get apt aptitude apt-mark apt-key apt-cache dpkg-reconfigure rm rmdir mkdir mv cp ln ls echo printf cat sed awk grep chmod chown set export cd test [ true : touch find
  tee uname useradd groupadd adduser addgroup usermod ldconfig update-ca-certificates locale-gen which sleep`.split(/\s+/),
);

/** Whether a command surely brings no program or package into an image. */
export function bringsNothing([program]: readonly ShellWord[]): boolean {
  return !program || plain.has(program.value.replace(/^\/(?:usr\/)?(?:local\/)?s?bin\//, ''));
}
