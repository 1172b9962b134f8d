import { change, isMap, listOf, type Plain, type PlainMap } from './values.ts';

const capital = (item: Plain): Plain =>
  isMap(item) ? Object.fromEntries(Object.entries(item).map(([key, value]) => [key.charAt(0).toUpperCase() + key.slice(1), value])) : item;

const limited = ['weight_device', 'device_read_bps', 'device_read_iops', 'device_write_bps', 'device_write_iops'];

/** The model as `docker compose config --format json` prints it: block devices have other names there, and models are left out. */
export function asJson({ models: _, ...model }: PlainMap): PlainMap {
  const service = (one: Plain): Plain =>
    isMap(one)
      ? change(one, 'blkio_config', (config) =>
          isMap(config) ? limited.reduce((all, key) => change(all, key, (devices) => listOf(devices).map(capital)), config) : config,
        )
      : one;
  return change(model, 'services', (services) =>
    isMap(services) ? Object.fromEntries(Object.entries(services).map(([name, one]) => [name, service(one)])) : services,
  );
}
