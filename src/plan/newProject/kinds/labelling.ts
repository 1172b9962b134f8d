import { platform, upCommand } from '../compose.ts';
import type { ProjectKind } from '../kind.ts';

const kind: ProjectKind = {
  id: 'labelling',
  title: 'Labelling',
  detail: 'Label Studio, for texts, images and audio',
  python: false,
  gpu: 'no',
  variants: [
    { id: 'label-studio', title: 'For one person', detail: 'Its data in one file of a volume' },
    { id: 'label-studio-postgres', title: 'For a team', detail: 'Its data in PostgreSQL' },
  ],
  suits: ({ packages }) => (packages.has('label-studio-sdk') ? 'its client is in the requirements' : undefined),
  make: ({ survey, variant }, tables) => ({ ...platform(survey, [variant], tables), start: upCommand(false, 'up -d') }),
};
export default kind;
