import { either, key, list, named, names, nothing, text, type Keys, type MapShape } from './key.ts';
import { decodedModel, decodedNetwork } from './decoded.ts';
import { config, includeKeys, model, network, secret, volume } from './network.ts';
import { service } from './service.ts';

const rows: Keys = {
  name: key(text, "The project's name: the prefix of its containers, networks and volumes. Without it: the name of the folder."),
  services: key(named('service', service, { names }), 'The containers that make up the application, by name.'),
  networks: key(
    named('network', network, { names, open: decodedNetwork }),
    'Networks that services join. Without any, all share one called `default`.',
  ),
  volumes: key(named('volume', volume, { names }), 'Storage that outlives containers, by name.', {
    ml: 'Model caches, databases and experiment stores belong in one.',
  }),
  secrets: key(named('secret', secret, { names }), 'Passwords and tokens, given to services as files.'),
  configs: key(named('config', config, { names }), 'Configuration files, given to services.', { since: '2.23.1' }),
  models: key(named('model', model, { names, open: decodedModel }), 'AI models that Docker Model Runner serves to the services.', {
    since: '2.38',
  }),
  include: key(either(nothing, list(either(text, includeKeys, nothing))), 'Other Compose files whose services become part of this one.', {
    since: '2.20.3',
  }),
  version: key(text, 'Was the version of the file format.', { deprecated: 'Compose ignores it and warns: remove the line.' }),
};

/** The whole file. */
export const root: MapShape = { kind: 'map', keys: rows, extensions: true };
