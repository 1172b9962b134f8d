import { readOptions } from '../../dockerfile/packages/options.ts';
import { sectionsOf, type Section } from '../../dockerfile/sections.ts';
import { callsInSection, type RunCommand } from '../../dockerfile/shell/commands.ts';
import type { Dockerfile } from '../../dockerfile/model.ts';
import { knownText } from './knownText.ts';

/** A `useradd` or `adduser` of a RUN. */
export interface UserAdded {
  readonly call: RunCommand;
  /** Undefined where a variable decides. */
  readonly name?: string;
  readonly uid?: string;
  /** Whether its home folder is made: `useradd` makes one when asked with -m, `adduser` unless told not to. */
  readonly home: boolean;
  /** The folder given with -d. */
  readonly folder?: string;
  /** Whether another user may have the same number. */
  readonly shared: boolean;
}

const valued = new Set(
  '-u --uid -g --gid --groups -G -d --home-dir --home -s --shell -c --comment --gecos -p --password -e --expiredate -f --inactive -k --skel -K --key -R --root -P --prefix -Z -b --base-dir --ingroup --firstuid --lastuid -h -b'.split(
    ' ',
  ),
);

/** The users that a file makes in some of its sections, in file order. */
export const usersAdded = (file: Dockerfile, sections: readonly Section[] = sectionsOf(file)): readonly UserAdded[] =>
  sections
    .flatMap((section) => callsInSection(file, section, 'useradd', 'adduser'))
    .map((call) => {
      const { options, operands } = readOptions(call.args, valued);
      const letters = options.flatMap(({ name }) => (/^-[A-Za-z]+$/.test(name) ? Array.from(name.slice(1)) : []));
      const has = (letter: string, ...long: readonly string[]): boolean =>
        letters.includes(letter) || options.some(({ name }) => long.includes(name));
      // The value of a bundle such as `-mu 1000` is the word after it.
      const bundle = options.find(({ name }) => /^-[A-Za-z]{2,}u$/.test(name));
      const number =
        options.find(({ name }) => name === '-u' || name === '--uid')?.valueWord ??
        (bundle && call.args[call.args.indexOf(bundle.word) + 1]);
      const last = operands.findLast((word) => word !== number);
      const name = last && knownText(file, call, last);
      const uid = number && (/^--uid=(.*)$/.exec(number.value)?.[1] ?? knownText(file, call, number));
      const folder = options.find((option) =>
        ['-d', '--home-dir', '--home', ...(call.program === 'adduser' ? ['-h'] : [])].includes(option.name),
      )?.value;
      return {
        call,
        ...(name === undefined ? {} : { name }),
        ...(uid === undefined ? {} : { uid }),
        ...(folder === undefined ? {} : { folder }),
        home: call.program === 'useradd' ? has('m', '--create-home') : !has('H', '--no-create-home'),
        shared: has('o', '--non-unique'),
      };
    });
