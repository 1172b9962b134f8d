import { literal } from '../text/literal.ts';

// What other extensions say of the same documents, so that nothing comes twice, and nothing is left out that only we know.

/** Something that is not said twice when another extension says it too. */
export type Assist =
  /** Instructions, the usual flags, variables and stages of a Dockerfile. */
  | 'completion'
  | 'hover'
  | 'formatting'
  | 'symbols'
  /** The keys of Compose and the values to choose from. */
  | 'keys'
  /** The best-known keys only, with the forms of ports and volumes. */
  | 'commonKeys'
  /** What those few keys are. */
  | 'commonHover'
  /** Every mistake that a YAML reader finds. */
  | 'yaml'
  /** The same of the first of several documents. */
  | 'yamlOfFirst'
  /** The first mistake, where it is one of the plainest. */
  | 'firstYaml'
  /** Beside a value of a service, that of the service it extends in the same file. */
  | 'inherited';

/** The ids by which an editor calls the documents that others help with too. */
export type SharedLanguage = 'dockerfile' | 'dockercompose' | 'yaml';

/** What is given already, by the editor's id of the language. */
export type Given = Readonly<Partial<Record<SharedLanguage, readonly Assist[]>>>;

/** How an editor answers what an extension was told to do; undefined where it has its default. */
type Asked = (setting: string) => unknown;

interface Other {
  readonly id: string;
  readonly says: (asked: Asked, installed: (id: string) => boolean) => Given;
}

const on = (asked: Asked, setting: string): boolean => asked(setting) !== false;

/** Where the YAML extension (1.24 and newer) is told which files get no schema by their name. */
export const noSchemaSetting = 'yaml.disableSchemaDetection';
/** What stands there for Compose files. */
export const composeGlobs: readonly string[] = ['compose', 'docker-compose'].flatMap((name) =>
  ['yaml', 'yml'].map((end) => `**/${name}*.${end}`),
);
const usualNames = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];

/** Whether Compose files have no schema there: their errors, keys and hovers do not come from it. */
function withoutSchema(asked: Asked): boolean {
  const said = asked(noSchemaSetting);
  const globs = (Array.isArray(said) ? said : [said]).flatMap((glob: unknown) => (typeof glob === 'string' ? [glob] : []));
  const names = globs.map((glob) => glob.replace(/^(?:\*\*\/)+/, '')).filter((glob) => !glob.includes('/'));
  const patterns = names.map((name) => new RegExp(`^${literal(name).replace(/\\\*/g, '.*')}$`));
  return usualNames.every((name) => patterns.some((pattern) => pattern.test(name)));
}
const dockerfile: readonly Assist[] = ['completion', 'hover', 'formatting'];

/** Container Tools and what it was before: its Compose server is silent about whatever the other two say. */
const containerTools =
  (setting: string): Other['says'] =>
  (asked, installed) => {
    if (!on(asked, setting)) return { dockerfile };
    const second = installed('redhat.vscode-yaml') || installed('docker.docker');
    return { dockerfile, dockercompose: second ? ['formatting'] : ['commonKeys', 'commonHover', 'formatting', 'yamlOfFirst'] };
  };

const others: readonly Other[] = [
  { id: 'ms-azuretools.vscode-containers', says: containerTools('containers.enableComposeLanguageService') },
  { id: 'ms-azuretools.vscode-docker', says: containerTools('docker.enableDockerComposeLanguageService') },
  {
    // It has the keys of Compose from the schema store, and lays out any YAML.
    id: 'redhat.vscode-yaml',
    says: (asked) => {
      const schema = on(asked, 'yaml.schemaStore.enable') && !withoutSchema(asked);
      const assists: readonly Assist[] = [
        ...(schema && on(asked, 'yaml.completion') ? (['keys'] as const) : []),
        ...(schema && on(asked, 'yaml.hover') ? (['hover'] as const) : []),
        ...(on(asked, 'yaml.format.enable') ? (['formatting'] as const) : []),
        ...(on(asked, 'yaml.validate') ? (['yaml'] as const) : []),
        'symbols',
      ];
      return { dockercompose: assists, yaml: assists };
    },
  },
  {
    id: 'docker.docker',
    says: (asked) =>
      on(asked, 'docker.extension.enableComposeLanguageServer')
        ? { dockercompose: ['keys', 'hover', 'formatting', 'firstYaml', 'symbols', 'inherited'] }
        : {},
  },
];

/** What the installed extensions give already. Those that are switched off, or not trusted with the folder, are not among the installed. */
export function givenBy(installed: readonly string[], asked: Asked = () => undefined): Given {
  const ids = new Set(installed.map((id) => id.toLowerCase()));
  const rows = others.filter(({ id }) => ids.has(id)).map(({ says }) => says(asked, (id) => ids.has(id)));
  const all = (language: SharedLanguage): readonly Assist[] => [...new Set(rows.flatMap((row) => row[language] ?? []))];
  return { dockerfile: all('dockerfile'), dockercompose: all('dockercompose'), yaml: all('yaml') };
}
