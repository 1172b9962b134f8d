import { hook } from './hooks.ts';
import { either, key, list, map, nothing, text, textOrTexts, word, strictBoolean, type Shape } from './key.ts';

const path: Shape = { kind: 'string', pattern: { matches: /[^]/, says: 'a path' } };

/** `services.NAME.develop`. */
export const develop: Shape = either(
  nothing,
  map({
    watch: key(
      list(
        map(
          {
            path: key(path, 'The file or folder to watch, relative to this file.'),
            action: key(
              word('rebuild', 'sync', 'restart', 'sync+restart', 'sync+exec'),
              'What a change does: build anew, copy into the container, start again, or copy and run a command.',
              { ml: '`sync` for Python code, `rebuild` for requirements files.' },
            ),
            target: key(text, 'The path in the container to copy to; for the sync actions.'),
            ignore: key(textOrTexts, 'Patterns of files that are not watched.'),
            include: key(textOrTexts, 'Patterns of the only files that are watched.', { since: '2.36' }),
            exec: key(hook, 'The command of `sync+exec`.', { since: '2.32' }),
            initial_sync: key(strictBoolean, 'Copy all files once when watching begins.', { since: '2.37' }),
          },
          { required: ['path', 'action'] },
        ),
      ),
      'What `docker compose watch` does when files change.',
    ),
  }),
);
