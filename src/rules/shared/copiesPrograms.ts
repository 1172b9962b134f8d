import type { Instruction } from '../../dockerfile/model.ts';

/**
 * Whether a COPY or ADD may put programs into the image: from another stage, out of an archive or an address, under a name that says so,
 * or into the folders where programs lie.
 */
export const copiesPrograms = ({ keyword, flags, args }: Instruction, named: RegExp): boolean =>
  (keyword === 'COPY' || keyword === 'ADD') &&
  (flags.some(({ name }) => name === 'from') ||
    args.slice(0, -1).some(({ value }) => /:\/\/|\.(?:tar|t?gz|tgz|xz|bz2)/i.test(value) || named.test(value)) ||
    /^\/(?:usr(?:\/local)?(?:\/s?bin)?|s?bin)?\/?$/.test(args.at(-1)?.value ?? ''));
