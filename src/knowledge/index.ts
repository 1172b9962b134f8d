import type { KnowledgeBase } from './knowledge.ts';

export const knowledge: KnowledgeBase = { version: 1 };
