/** The stores of the database and their keys. */

/** Values are `unknown` on purpose: whoever reads one has to look at it first. */
export interface StoreShapes {
  journal: { key: [plan: string, revision: number]; value: unknown };
  /** `generation` counts a plan's snapshots, so that a new one never lands on a damaged one of the same revision. */
  snapshots: { key: [plan: string, revision: number, generation: number]; value: unknown };
  views: { key: string; value: unknown };
  works: { key: string; value: unknown };
  settings: { key: string; value: unknown };
  /** Plans of a person's own as they were kept; what was edited since is in the journal. */
  plans: { key: string; value: unknown };
  covers: { key: string; value: unknown };
  versions: { key: [plan: string, id: string]; value: unknown };
  version_contents: { key: [plan: string, id: string]; value: unknown };
  lessons: { key: [plan: string, id: string]; value: unknown };
}
