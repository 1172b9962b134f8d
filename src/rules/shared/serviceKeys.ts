const usual = [
  'image build container_name',
  'depends_on',
  'volumes volumes_from configs secrets',
  'environment env_file',
  'ports networks network_mode extra_hosts',
  'command entrypoint working_dir restart healthcheck',
  'logging labels',
  'user isolation',
].flatMap((group) => group.split(' '));

/** Where a key of a service usually stands among the others; keys without a usual place come last. */
export const serviceKeyPlace = (key: string): number => (usual.includes(key) ? usual.indexOf(key) : usual.length);
