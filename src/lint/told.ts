import type { Dockerfile, Stage } from '../dockerfile/model.ts';
import type { KnowledgeBase } from '../knowledge/knowledge.ts';
import type { Asked } from './listen.ts';
import type { Aspect, Needs, Said, World } from './rule.ts';

/** What the aspects say of some stages together, one after the other, and what the world was asked for that. */
export interface Telling {
  readonly said: readonly Said[];
  readonly asked: Asked;
}

export function tell(aspects: readonly Aspect[], file: Dockerfile, stages: readonly Stage[], world: World, asked: Asked): Telling {
  const said = aspects.map(({ read }): Said => {
    const all = stages.map((stage) => read(file, stage, world));
    return { words: all.map(({ words }) => words).join('\n'), from: all.map(({ from }) => from).join('\n') };
  });
  return { said, asked };
}

/** What the aspects say of one state of a file, stage by stage or of all together. */
export class Told {
  readonly parts: readonly Telling[];
  /** Those that say something else than before. */
  readonly news: ReadonlySet<Aspect>;
  readonly #aspects: readonly Aspect[];
  readonly #there: Map<Needs, boolean>;
  /** What an aspect says of the parts, each once. */
  readonly #words: (readonly string[])[] = [];
  /** Whether something but ARGs belongs to no stage, of which no aspect speaks: then anything may be there. */
  readonly #open: boolean;

  constructor({ instructions }: Dockerfile, aspects: readonly Aspect[], parts: readonly Telling[], before: Told | undefined) {
    this.#open = instructions.find(({ stage, keyword }) => stage !== undefined || keyword !== 'ARG')?.stage === undefined;
    this.#aspects = aspects;
    this.parts = parts;
    this.news = new Set(
      aspects.filter(
        (_, at) => parts.length !== before?.parts.length || parts.some(({ said }, of) => isOther(said[at], before.parts[of]?.said[at])),
      ),
    );
    this.#there = before && !this.news.size ? before.#there : new Map<Needs, boolean>();
  }

  /** Whether something of what a rule needs is there. */
  has(needs: Needs, knowledge: KnowledgeBase): boolean {
    if (this.#open) return true;
    let there = this.#there.get(needs);
    if (there === undefined) {
      const at = this.#aspects.indexOf(needs.of);
      const wanted = needs.words(knowledge);
      const said = (this.#words[at] ??= [...new Set(this.parts.map(({ said }) => said[at]?.words ?? ''))]);
      there = said.some((words) => (wanted.length ? wanted.some((word) => words.includes(word)) : words.trim() !== ''));
      this.#there.set(needs, there);
    }
    return there;
  }
}

const isOther = (some: Said | undefined, other: Said | undefined): boolean =>
  some !== other && (some?.words !== other?.words || some?.from !== other?.from);
