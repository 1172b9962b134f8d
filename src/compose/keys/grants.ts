import { either, key, list, map, mode, text, type Shape } from './key.ts';

/** The `secrets` and `configs` that a service or a build may read. */
export const grants: Shape = list(
  either(
    text,
    map(
      {
        source: key(text, 'The name under the top-level `secrets` or `configs`.'),
        target: key(text, 'The path in the container. Secrets lie in /run/secrets unless it is absolute.'),
        uid: key(text, 'The user id that owns the file.'),
        gid: key(text, 'The group id that owns the file.'),
        mode: key(mode, 'The rights of the file in octal, such as 0440.'),
      },
      { required: ['source'] },
    ),
  ),
);
