import { duration, either, flag, formatted, key, list, map, text, type Shape } from './key.ts';

/** `services.NAME.healthcheck`. */
export const healthcheck: Shape = map({
  test: key(
    either(text, list(text)),
    'The command whose exit status 0 means healthy: a text for the shell, or a list that begins with CMD, CMD-SHELL or NONE.',
    { ml: 'Its program must be in the image: slim Python images have no curl, but `python -c` with urllib works.' },
  ),
  interval: key(duration, 'The time between two tests.', { unit: 'duration, e.g. 10s' }),
  timeout: key(duration, 'How long one test may take.', { unit: 'duration, e.g. 5s' }),
  retries: key(
    either({ kind: 'number', min: 0 }, formatted('integer')),
    'How many tests must fail in a row before the container is unhealthy.',
  ),
  start_period: key(duration, 'The time after the start in which failing tests do not count.', {
    unit: 'duration, e.g. 2m',
    ml: 'A model server that loads weights needs minutes here, else it is called unhealthy while it starts.',
  }),
  start_interval: key(duration, 'The time between tests within the start period.', { unit: 'duration, e.g. 2s', since: '2.20.2' }),
  disable: key(flag, 'Switch off the health check that the image brings.'),
});
