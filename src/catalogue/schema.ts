/** The part of JSON Schema that the catalogue is described with. */
export interface Schema {
  readonly $schema?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean';
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  /** At least one of these keys. */
  readonly anyOf?: readonly { readonly required: readonly string[] }[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  /** What a text that does not fit `pattern` should be, in words; editors show it as well. */
  readonly patternErrorMessage?: string;
  readonly format?: 'regex';
  readonly minimum?: number;
  readonly maximum?: number;
}

const text = (description: string, more: Schema = {}): Schema => ({ type: 'string', description, ...more });
const truth = (description: string): Schema => ({ type: 'boolean', description });
const list = (items: Schema, description: string, more: Schema = {}): Schema => ({ type: 'array', items, description, ...more });
const object = (description: string, properties: Readonly<Record<string, Schema>>, more: Schema = {}): Schema => ({
  type: 'object',
  description,
  properties,
  additionalProperties: false,
  ...more,
});

const port: Schema = { type: 'integer', minimum: 1, maximum: 65535 };
const regex = (description: string): Schema => text(description, { format: 'regex' });

const image = object(
  'A base image of your own.',
  {
    image: text('Its name without tag, e.g. `registry.example.com/ml/base`: the row holds for every tag.'),
    match: regex(
      'Instead of `image`: a regular expression on `name:tag` (the default registry left out). A group `python` captures the version of Python.',
    ),
    tags: list(text('A tag.'), 'Tags that completion offers after `FROM`.'),
    basedOn: text('The public image that it is built on, e.g. `python:3.12-slim`: what the row does not say is taken from there.'),
    name: text('What people call it.'),
    os: text('The operating system, e.g. `debian 12`.'),
    python: text('The minor version of the Python that `python3` starts, or `none`.', {
      pattern: '^(?:\\d+\\.\\d+|none)$',
      patternErrorMessage: 'a minor version such as "3.12", or "none"',
    }),
    user: text('The user that it runs as.'),
    packages: list(
      text('A package manager.', { enum: ['apt', 'apk', 'dnf', 'pip', 'conda', 'mamba', 'uv'] }),
      'The package managers inside.',
    ),
    libc: text('The C library.', { enum: ['glibc', 'musl'] }),
    tools: object('Which tools are inside.', {
      curl: truth('Whether `curl` is there.'),
      wget: truth('Whether `wget` is there.'),
      git: truth('Whether `git` is there.'),
      gcc: truth('Whether a C compiler is there.'),
      nc: truth('Whether `nc` is there.'),
    }),
    size: list({ type: 'number', minimum: 0 }, 'The least and the greatest size unpacked, in MB.', { minItems: 2, maxItems: 2 }),
  },
  { anyOf: [{ required: ['image'] }, { required: ['match'] }] },
);

const service = object(
  'A service that your Compose files run.',
  {
    id: text('A short name, e.g. `feature-store`.', {
      pattern: '^[a-z0-9][a-z0-9-]*$',
      patternErrorMessage: 'a short name of lower-case letters, digits and hyphens',
    }),
    name: text('What people call it.'),
    category: text('What kind of service it is.'),
    images: list(text('An image, perhaps with a tag.'), 'Its images; completion offers them, and by their names it is recognised.', {
      minItems: 1,
    }),
    match: regex('A regular expression on `name:tag`, where the names of `images` are not enough.'),
    ports: list(
      object(
        'A port it listens on.',
        {
          port: { ...port, description: 'The port inside the container.' },
          role: text('What it serves there.'),
          protocol: text('`tcp` or `udp`.', { enum: ['tcp', 'udp'] }),
          ui: truth('Whether it is for a browser.'),
        },
        { required: ['port', 'role'] },
      ),
      'The ports it listens on.',
    ),
    health: object('How to see that it works.', {
      endpoint: text('A path, e.g. `/healthz`.'),
      port: { ...port, description: 'The port that answers there.' },
      test: list(text('A word.'), 'The `test` of a health check that works with what is in the image.'),
      why: text('What to know about it.'),
    }),
    startPeriod: text('How long it may take to start, e.g. `60s`.'),
    env: { type: 'object', additionalProperties: text('What it does.'), description: 'Variables it reads, and what each does.' },
    required: list(
      object(
        'A variable that it ends without.',
        {
          anyOf: list(text('A name.'), 'The variable; with several names, one of them is enough.', { minItems: 1 }),
          image: regex('Which of its images ask for it, as a regular expression on `name:tag`.'),
          programs: list(text('A program.'), 'The programs that ask for it, where a service names the one it runs.'),
          value: text('What it has to be, where that is fixed.'),
          failsWith: text('What the container says before it ends.'),
        },
        { required: ['anyOf', 'failsWith'] },
      ),
      'Variables that its containers end without.',
    ),
    forms: list(
      object(
        'What a variable has to look like: with another value the container ends at once.',
        {
          variables: list(text('A name.'), 'The variables.', { minItems: 1 }),
          form: regex('The form, as a regular expression on the value.'),
          says: text('The form in words: `at least 8 characters`.'),
          image: regex('Which of its images look at it, as a regular expression on `name:tag`.'),
          programs: list(text('A program.'), 'The programs that look at it, where a service names the one it runs.'),
          unless: list(text('A name.'), 'Variables that lift it.'),
          failsWith: text('What the container says before it ends.'),
        },
        { required: ['variables', 'form', 'says', 'failsWith'] },
      ),
      'Forms that its variables must have.',
    ),
    volumes: list(
      object('A path that holds data.', { path: text('The path inside.'), what: text('What lies there.') }, { required: ['path'] }),
      'Paths that must outlive the container.',
    ),
    defaultCredentials: list(
      object('A login.', { what: text('What it opens.'), user: text('The user.'), password: text('The password.') }),
      'Logins that it has unless told otherwise.',
    ),
    gpu: text('Whether it uses a GPU.', { enum: ['no', 'optional', 'yes'] }),
    wantsShm: truth('Whether its processes share memory through `/dev/shm`.'),
    tools: { type: 'object', additionalProperties: { type: 'boolean' }, description: 'Which tools are inside, e.g. `curl: false`.' },
    notes: list(text('A sentence.'), 'What else is good to know; hover shows it.'),
  },
  { required: ['id', 'images'] },
);

const index = object(
  'A package index of your own.',
  {
    url: text('How its address begins.', { pattern: '^https?://', patternErrorMessage: 'an address that begins with https:// or http://' }),
    of: text('What it mirrors: everything of PyPI, or one build of PyTorch.', { enum: ['pypi', 'pytorch'] }),
    build: text('With `of: pytorch`: which build it holds, e.g. `cu126` or `cpu`.', {
      pattern: '^(?:cpu|cu\\d+|rocm[\\d.]+|xpu)$',
      patternErrorMessage: 'a build of PyTorch such as cpu, cu126 or rocm6.2',
    }),
  },
  { required: ['url', 'of'] },
);

const gpu = object(
  'A kind of GPU that your machines have. Rules that ask whether a build runs on the GPUs use these where the engine here has none.',
  {
    name: text('Its name, e.g. `NVIDIA L4`.'),
    computeCapability: text('Its compute capability, e.g. `8.9`.', {
      pattern: '^\\d+\\.\\d+$',
      patternErrorMessage: 'two numbers with a point between, such as "8.9"',
    }),
    memory: { type: 'number', minimum: 0, description: 'Its memory, in GB.' },
    driver: text('The NVIDIA driver of these machines, e.g. `550.54.15`.', {
      pattern: '^\\d+(?:\\.\\d+)*$',
      patternErrorMessage: 'a version such as "550.54.15"',
    }),
  },
  { required: ['name'] },
);

/** What a project or a team adds to the tables: `.ml-containers.yaml`, or the setting `mlContainers.catalogue`. */
export const catalogueSchema: Schema = object(
  'Base images, services, package indexes and GPUs of your own, for ML Containers.',
  {
    $schema: text('Where this schema lies.'),
    images: list(image, 'Base images of your own.'),
    services: list(service, 'Services of your own.'),
    indexes: list(index, 'Package indexes of your own.'),
    gpus: list(gpu, 'The GPUs of your machines.'),
  },
  { $schema: 'http://json-schema.org/draft-07/schema#', title: 'ML Containers' },
);
