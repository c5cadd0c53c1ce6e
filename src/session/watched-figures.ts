/** Which figures are watched while targets hold, before a person has chosen any. Pure. */
import type { Plan } from '#plan';
import type { Cell, Kinship } from '#analysis';

/** How many they are: each is two searches more. */
const WATCHED_AT_FIRST = 3;

/** What tells one line from another. */
interface Between {
  /** What is wanted can follow these. */
  readonly among: ReadonlySet<string>;
  /** The drivers that may move. */
  readonly free: readonly string[];
  readonly period: number;
  readonly fits: (cell: Cell) => boolean;
}

/** The first results of the plan that lead from drivers to what is wanted. */
export function watchedAtFirst(
  plan: Plan,
  kinship: Kinship,
  { among, free, period, fits }: Between,
): readonly Cell[] {
  const watched: Cell[] = [];
  // no more than are needed: what a line can follow takes time in a large plan
  for (const { id: line, kind } of plan.lines) {
    if (watched.length === WATCHED_AT_FIRST) break;
    if (kind !== 'result' || !among.has(line) || !fits({ line, period })) continue;
    const kin = kinship.get(line);
    if (free.some((driver) => kin?.has(driver))) watched.push({ line, period });
  }
  return watched;
}
