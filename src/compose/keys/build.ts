import { either, flag, hosts, key, list, map, named, pairs, suggest, text, textOrTexts, texts, type Shape, wholeSize } from './key.ts';
import { grants } from './grants.ts';
import { plainUlimits } from './ulimits.ts';

/** `services.NAME.build`. */
export const build: Shape = either(
  text,
  map({
    context: key(text, 'The folder, or Git or archive address, whose files the build may copy. Paths are relative to this file.', {
      ml: 'Keep datasets and checkpoints out of it, or list them in .dockerignore: all of it is sent to the builder.',
    }),
    dockerfile: key(text, 'The Dockerfile to build, relative to the context. Without it: `Dockerfile`.'),
    dockerfile_inline: key(text, 'The content of the Dockerfile, written here. Not together with `dockerfile`.', { since: '2.17' }),
    target: key(text, 'The stage of the Dockerfile to build.', {
      ml: 'One Dockerfile can hold a training and a serving stage; each service names its own.',
    }),
    args: key(pairs('build argument'), 'Values for `ARG` instructions. A name without value takes it from the shell or `.env`.', {
      ml: 'A good place for the CUDA or Python version; never for tokens, which stay in the image history.',
    }),
    additional_contexts: key(
      either(named('context', text), texts),
      'More sources for `COPY --from=NAME` and `FROM NAME`: folders, images (`docker-image://…`), Git addresses, or `service:NAME`.',
      { since: '2.17' },
    ),
    ssh: key(pairs('SSH agent or key'), 'SSH agents or keys that `RUN --mount=type=ssh` may use. `default` is the running agent.', {
      ml: 'For private packages: the key never enters a layer.',
    }),
    secrets: key(grants, 'Secrets that `RUN --mount=type=secret` may read during the build.', {
      ml: 'The way to give pip or Hugging Face a token without leaving it in the image.',
    }),
    cache_from: key(list(text), 'Where the builder may find layers: image references or `type=…` exporters.'),
    cache_to: key(list(text), 'Where the builder puts its layers, e.g. `type=registry,ref=…` or `type=inline`.', { since: '2.4' }),
    no_cache: key(flag, 'Build every layer anew.'),
    no_cache_filter: key(textOrTexts, 'Stages to build anew, while others come from the cache.', { since: '2.40' }),
    pull: key(flag, 'Ask the registry for newer base images, also when there is a local one.'),
    network: key(suggest('host', 'none', 'default'), 'The network that RUN instructions have: `host`, `none`, or a network.'),
    shm_size: key(wholeSize, 'Shared memory during the build, in /dev/shm.', { unit: 'bytes, or 64m, 2gb' }),
    ulimits: key(plainUlimits, 'Limits of the processes that the build runs.'),
    extra_hosts: key(hosts, 'Names and addresses added to /etc/hosts during the build.'),
    platforms: key(list(text), 'What the image is built for, e.g. `linux/amd64`, `linux/arm64`.', {
      since: '2.11',
      ml: 'CUDA wheels for arm64 exist only for some releases.',
    }),
    tags: key(list(text), 'More names for the image, besides `image`.', { since: '2.6' }),
    labels: key(pairs('label'), 'Labels of the built image.'),
    isolation: key(suggest('default', 'process', 'hyperv'), 'How a Windows engine isolates the build.'),
    privileged: key(flag, 'Let the build do what root on the host may.', { since: '2.15' }),
    entitlements: key(list(text), 'Rights the build needs: `network.host`, `security.insecure`.', { since: '2.27' }),
    provenance: key(either(text, { kind: 'boolean' }), 'Attach a record of how the image was built: true, false, or `mode=max`.', {
      since: '2.39',
    }),
    sbom: key(either(text, { kind: 'boolean' }), 'Attach a list of the packages in the image.', { since: '2.39' }),
  }),
);
