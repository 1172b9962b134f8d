import { either, flag, formatted, list, nothing, strictInteger, text, type Shape } from './key.ts';

// What Compose does not hold against its schema, because of its name, it still has to take in: more kinds of values, and keys it does not know.

const open = (shapes: Readonly<Record<string, Shape>>): Shape => ({
  kind: 'map',
  keys: Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, { shape: either(nothing, shape), about: '' }])),
  open: true,
});

const word = either(text, strictInteger, nothing);

/** A network of a name that the schema does not speak of, such as `my net`. */
export const decodedNetwork: Shape = either(
  nothing,
  open({
    name: word,
    driver: word,
    driver_opts: open({}),
    ipam: open({
      driver: word,
      config: list(either(nothing, open({ subnet: word, ip_range: word, gateway: word, aux_addresses: either(open({}), list(word)) }))),
    }),
    external: either(flag, open({ name: word })),
    internal: flag,
    enable_ipv4: flag,
    enable_ipv6: flag,
    attachable: flag,
    labels: either(open({}), list(text)),
  }),
);

/** A model of such a name. */
export const decodedModel: Shape = either(
  nothing,
  open({ name: word, model: word, context_size: either({ kind: 'number' }, formatted('integer')), runtime_flags: list(word) }),
);
