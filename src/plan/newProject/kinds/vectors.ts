import { platform, upCommand } from '../compose.ts';
import type { ProjectKind } from '../kind.ts';

/** A client in the requirements that says which database is meant. */
const clients: Readonly<Record<string, string>> = {
  'qdrant-client': 'Qdrant',
  pgvector: 'pgvector',
  'weaviate-client': 'Weaviate',
  pymilvus: 'Milvus',
  chromadb: 'Chroma',
};

const kind: ProjectKind = {
  id: 'vectors',
  title: 'Vector database',
  detail: 'Qdrant, PostgreSQL with pgvector, Weaviate, Milvus or Chroma',
  python: false,
  gpu: 'no',
  variants: [
    { id: 'qdrant', title: 'Qdrant', detail: 'One process, filters, an API key' },
    { id: 'pgvector', title: 'PostgreSQL with pgvector', detail: 'Vectors beside tables' },
    { id: 'weaviate', title: 'Weaviate', detail: 'Hybrid search, an API key' },
    { id: 'milvus', title: 'Milvus', detail: 'Standalone, with etcd inside' },
    { id: 'chroma', title: 'Chroma', detail: 'Small and simple; it has no login' },
  ],
  suits({ packages }) {
    const found = Object.entries(clients).find(([name]) => packages.has(name));
    return found && `the client of ${found[1]} is in the requirements`;
  },
  make: ({ survey, variant }, tables) => ({ ...platform(survey, [variant], tables), start: upCommand(false, 'up -d') }),
};
export default kind;
