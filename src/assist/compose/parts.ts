import { get, type ComposeFile, type Entry } from '../../compose/model.ts';

// What a file declares, in all of its YAML documents: Compose lays later ones over the first.

/** The entries of a section. */
export const entriesOf = ({ documents }: ComposeFile, section: string): readonly Entry[] =>
  documents.flatMap((document) => {
    const node = get(document, section);
    return node?.kind === 'map' ? node.entries : [];
  });
