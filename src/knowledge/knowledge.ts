/** Where a fact comes from, when it was last looked at, and how sure it is. Only certain rows may raise errors or warnings. */
export interface Fact {
  readonly from: string;
  /** ISO date. */
  readonly checked: string;
  readonly sure: 'certain' | 'likely' | 'hint';
}

/** What this project knows about machine learning. Rules and assists receive it; they never import a table. */
export interface KnowledgeBase {
  readonly version: 1;
}
