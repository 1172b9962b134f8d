import { either, integer, key, map, named, type Shape } from './key.ts';

/** Limits of processes: one number for both, or soft and hard. */
export const ulimits: Shape = named(
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
