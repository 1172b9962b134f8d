/** The sections that give names to things, and what one of those is called. */
export const sections = {
  services: 'service',
  networks: 'network',
  volumes: 'volume',
  secrets: 'secret',
  configs: 'config',
  models: 'model',
} as const;

export type Section = keyof typeof sections;
/** What has a name in a section. */
export type SectionKind = (typeof sections)[Section];

export const sectionNames = Object.keys(sections) as readonly Section[];
