import type { Instruction } from '../../dockerfile/model.ts';
import { mountsOf } from '../../dockerfile/mounts.ts';

/** Whether a cache or tmpfs mount of a RUN holds one of the folders, so that what is written there stays out of the image. */
export const mounted = (instruction: Instruction, ...folders: readonly string[]): boolean =>
  mountsOf(instruction).some(({ type, target }) => {
    if (target === undefined || (type !== 'cache' && type !== 'tmpfs')) return false;
    const path = target.replace(/\/+$/, '');
    return folders.some((folder) => path === folder || folder.startsWith(`${path}/`));
  });
