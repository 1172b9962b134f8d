import { command, flag, key, map, pairs, text, type Keys, type Shape } from './key.ts';

const keys: Keys = {
  command: key(command, 'The command to run.'),
  user: key(text, 'The user that runs it.'),
  privileged: key(flag, 'Run it with all rights.'),
  working_dir: key(text, 'The folder it runs in.'),
  environment: key(pairs('variable'), 'Variables for it.'),
};

/** A command run in a container at a point of its life. */
export const hook: Shape = map(keys, { required: ['command'] });

/** `services.NAME.pre_start`: a container that runs and ends before the service's own starts. */
export const preStartHook: Shape = map({
  ...keys,
  image: key(text, "The image it runs in; the service's own without it."),
  per_replica: key(flag, 'Run it once for each container instead of once for the service.'),
});
