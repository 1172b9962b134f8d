import type { Complaint } from './complaint.ts';
import type { MapNode, Node } from './model.ts';

/** What Compose writes out in full before it takes one service out of a file: these keys of all its services must be of the right kind. */
const writtenOut: Readonly<Record<string, (value: Node) => boolean>> = {
  build: (value) => isText(value) || value.kind === 'map',
  depends_on: ({ kind }) => kind !== 'scalar',
  env_file: (value) => isText(value) || value.kind === 'list',
  extends: (value) => isText(value) || value.kind === 'map',
  gpus: (value) => isText(value) || value.kind === 'list',
  ports: ({ kind }) => kind === 'list',
};
const isText = (node: Node): boolean => node.kind === 'scalar' && (typeof node.value === 'string' || node.unknown === true);

/** Where they are not. */
export const oddValues = (services: MapNode): readonly Complaint[] =>
  services.entries.flatMap(({ key: name, value: service }) =>
    service.kind !== 'map'
      ? []
      : service.entries.flatMap(({ key, value }): readonly Complaint[] =>
          !Object.hasOwn(writtenOut, key) || value.tag === '!reset' || writtenOut[key]?.(value) !== false
            ? []
            : [{ kind: 'type', span: value.span, message: `«${key}» of «${name}» is of a kind that Compose does not take there.` }],
        ),
  );
