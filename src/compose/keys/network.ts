import { closed, either, flag, key, list, map, nothing, options, pairs, strictInteger, suggest, text, type Shape } from './key.ts';

/** `external`: true, or in old files a mapping with the name; where it is not `strict`, Compose passes over other keys. */
const external = (what: string, strict = false): Shape =>
  either(
    { kind: 'boolean' },
    { kind: 'string', format: 'boolean' },
    map(
      { name: key(text, `The name of the ${what} outside.`, { deprecated: `Write \`external: true\` and \`name:\` beside it.` }) },
      ...(strict ? [] : [{ lenient: true as const }]),
    ),
  );

const entries: Shape = { kind: 'map', keys: {}, others: text, named: 'entry' };

/** One entry of the top-level `networks`. */
export const network: Shape = either(
  nothing,
  map({
    name: key(text, 'Its name in the engine, as it is; without it the project name and this key are joined.'),
    driver: key(suggest('bridge', 'overlay', 'host', 'none', 'macvlan', 'ipvlan'), 'Who makes the network; bridge on one machine.'),
    driver_opts: key(options, 'Options for the driver, e.g. the MTU.'),
    ipam: key(
      map({
        driver: key(text, 'Who gives out addresses.'),
        config: key(
          list(
            map({
              subnet: key(text, 'The range of addresses, e.g. 172.28.0.0/16.'),
              ip_range: key(text, 'The part of it that containers get.'),
              gateway: key(text, 'The address of the gateway.'),
              aux_addresses: key(entries, 'Addresses that are taken by others, by host name.'),
            }),
          ),
          'Subnets.',
        ),
        options: key(entries, 'Options for that driver.'),
      }),
      'How containers get their addresses.',
    ),
    external: key(external('network', true), 'It exists already; Compose neither makes nor removes it.'),
    internal: key(flag, 'Its containers reach each other and nothing outside.', {
      ml: 'Models cannot be downloaded from such a network: mount them.',
    }),
    enable_ipv4: key(flag, 'Give out IPv4 addresses.', { since: '2.33' }),
    enable_ipv6: key(flag, 'Give out IPv6 addresses.'),
    attachable: key(flag, 'Containers that are not of a service may join (overlay).'),
    labels: key(pairs('label'), 'Labels of the network.'),
  }),
);

/** One entry of the top-level `volumes`. */
export const volume: Shape = either(
  nothing,
  map({
    name: key(text, 'Its name in the engine, as it is; without it the project name and this key are joined.', {
      ml: 'Give a model cache a fixed name to share it between projects.',
    }),
    driver: key(text, 'Who stores it: `local`, or a plug-in.'),
    driver_opts: key(options, 'Options for the driver: `type`, `device`, `o` for an NFS share or a bind.'),
    external: key(external('volume', true), 'It exists already; Compose neither makes nor removes it, also with `down -v`.', {
      ml: 'Protects datasets and downloaded weights from `docker compose down -v`.',
    }),
    labels: key(pairs('label'), 'Labels of the volume.'),
  }),
);

/** One entry of the top-level `secrets`. */
export const secret: Shape = map({
  name: key(text, 'Its name in the engine.'),
  environment: key(text, "The variable of Compose's own environment that holds it.", {
    ml: 'For HF_TOKEN and the like: nothing lies in a file.',
  }),
  file: key(text, 'The file that holds it.'),
  external: key(external('secret'), 'It exists in the swarm already.'),
  labels: key(pairs('label'), 'Labels.'),
  driver: key(text, 'Who keeps it, in a swarm.'),
  driver_opts: key(options, 'Options for the driver.'),
  template_driver: key(text, 'Who fills in its template, in a swarm.'),
});

/** One entry of the top-level `configs`. */
export const config: Shape = map({
  name: key(text, 'Its name in the engine.'),
  content: key(text, 'The content itself; variables are filled in.', { since: '2.23.1' }),
  environment: key(text, "The variable of Compose's own environment that holds it.", { since: '2.23.1' }),
  file: key(text, 'The file that holds it.'),
  external: key(external('config'), 'It exists in the swarm already.'),
  labels: key(pairs('label'), 'Labels.'),
  template_driver: key(text, 'Who fills in its template, in a swarm.'),
});

/** One entry of the top-level `models`. */
export const model: Shape = map(
  {
    name: key(text, 'A name for it.'),
    model: key(text, 'The model to pull and run, e.g. `ai/smollm2`.'),
    context_size: key({ kind: 'integer' }, 'The most tokens of context.', { ml: 'More context takes more GPU memory.' }),
    runtime_flags: key(list(text), 'Options for the program that runs it.'),
  },
  { required: ['model'] },
);

/** The long form of an `include`. */
export const includeKeys = closed(
  {
    path: key(either(text, list(text), nothing), 'The file, or several that override each other.'),
    project_directory: key(either(nothing, text, strictInteger), 'The folder that its relative paths begin in.'),
    env_file: key(either(text, list(text), nothing), 'The file with variables for it.'),
  },
  { lenient: true },
);
