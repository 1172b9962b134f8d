import { either, integer, key, map, named, strictInteger, type Shape } from './key.ts';

const limits = (integer: Shape): Shape =>
  named(
    'limit',
    either(
      integer,
      map(
        {
          soft: key(integer, 'What processes start with; they may raise it up to `hard`.'),
          hard: key(integer, 'The most a process may ask for; -1 is unlimited.'),
        },
        { required: ['soft', 'hard'] },
      ),
    ),
  );

/** Limits of processes: one number for both, or soft and hard. */
export const ulimits = limits(integer);

/** The same where Compose makes no number of a text: during the build. */
export const plainUlimits = limits(strictInteger);
