/** What a person does to the uncertainty of drivers: types it, gives it a course, takes it back, begins with a first guess. */
import { isNumber, problem, roundTo, type Problem } from '#quantity';
import type { Distribution, Line, Scenario } from '#plan';
import { drivers, findUncertainDrivers, printDistribution } from '#analysis';
import type { EntryProblemCode } from './cell-entry.ts';
import { readDistributionEntry } from './distribution-entry.ts';
import type { PlanSession } from './plan-session.svelte.ts';

/** How the draws of a driver go together over the years. */
type Course = NonNullable<Distribution['course']>;

/** The text of what is said about a driver, without what it moves together with; empty where nothing is said. */
export function typedDistribution(session: PlanSession, line: string, language: 'zh' | 'en'): string {
  const said = session.distributionOf(line);
  if (!said) return '';
  const { course: _, ...bare } = said.distribution;
  return printDistribution(bare, { language, isPercent: session.engine.unitOf(line).shown > 1 });
}

/**
 * Takes what was typed as a driver's distribution; an empty text takes back what the open scenario says. A course that the
 * text does not name stays. Gives what is wrong, and then nothing has changed.
 */
export function enterDistribution(
  session: PlanSession,
  line: string,
  text: string,
): Problem<EntryProblemCode> | undefined {
  if (text.trim() === '') return session.setDistribution(line, null);
  const entry = readDistributionEntry(text, session.engine.unitOf(line), session.engine.names);
  if (!entry) return problem('distribution_expected', { from: 0, to: text.length }, { text: text.trim() });
  if (entry.kind === 'refused') return entry.problem;
  const course = entry.distribution.course ?? session.distributionOf(line)?.distribution.course;
  const distribution = course === undefined ? entry.distribution : { ...entry.distribution, course };
  return session.setDistribution(line, distribution, entry.movesWith);
}

/** Gives the draws of a driver another course. */
export function chooseCourse(session: PlanSession, line: string, course: Course): void {
  const said = session.distributionOf(line);
  if (said) session.setDistribution(line, { ...said.distribution, course });
}

// a first guess

/** Half of the interval that is guessed where nothing was observed, as a share of the lever's range. */
const GUESSED_SHARE = 0.1;

/** Significant digits that the width of a guess keeps at least. */
const DIGITS = 2;

/** What a first guess would do. */
export interface FirstGuess {
  /** Drivers that get a distribution: as far around their present level as their line's growth has varied. */
  readonly fromHistory: readonly Line[];
  /** Drivers that get a 90 % interval of a tenth of the lever's range on both sides of their present level. */
  readonly fromRange: readonly Line[];
  /** Drivers that are left as they are, since their level differs from year to year. */
  readonly varying: readonly Line[];
}

/** Finds what a first guess would do to the drivers that have no distribution yet. */
export function findFirstGuess(session: PlanSession): FirstGuess {
  const { guesses, varying } = guess(session);
  const fromHistory = guesses.filter(({ distribution }) => distribution.kind === 'normal');
  const fromRange = guesses.filter(({ distribution }) => distribution.kind === 'interval');
  return {
    fromHistory: fromHistory.map(({ line }) => line),
    fromRange: fromRange.map(({ line }) => line),
    varying,
  };
}

/** Gives all drivers that have no distribution yet a first guess, as one gesture. */
export function applyFirstGuess(session: PlanSession): void {
  const period = session.plan.periods.base + 1;
  const refused = session.enter(
    guess(session).guesses.map(({ line, distribution }) => {
      const isPercent = session.engine.unitOf(line.id).shown > 1;
      return { line: line.id, period, text: printDistribution(distribution, { language: 'en', isPercent }) };
    }),
  );
  if (refused[0]) throw new Error(`a first guess was refused: ${refused[0].line} ${refused[0].text}`);
}

interface Guess {
  readonly line: Line;
  readonly distribution: Distribution;
}

function guess(session: PlanSession): { guesses: readonly Guess[]; varying: readonly Line[] } {
  const { plan, engine } = session;
  const ahead = session.periods.filter((period) => period > plan.periods.base);
  const open = drivers(plan).filter(({ id }) => session.distributionOf(id) === undefined);
  const observed = observedSpreads(session, open);
  const varying: Line[] = [];
  const guesses: Guess[] = [];
  for (const line of open) {
    const levels = ahead.map((period) => session.value(line.id, period));
    const level = levels.at(-1) ?? null;
    if (!isNumber(level)) continue;
    if (levels.some((one) => one !== level)) {
      varying.push(line);
      continue;
    }
    const { shown } = engine.unitOf(line.id);
    const sd = observed.get(line.id);
    const half = sd ?? GUESSED_SHARE * (line.lever.max - line.lever.min);
    const decimals = Math.max(line.decimals ?? 2, DIGITS - 1 - Math.floor(Math.log10(half * shown)));
    // rounded as it is shown, so that its text is short and reads back as the same
    const rounded = (value: number) => roundTo(value * shown, decimals) / shown;
    const distribution: Distribution =
      sd === undefined
        ? { kind: 'interval', low: rounded(level - half), high: rounded(level + half), curve: 'normal' }
        : { kind: 'normal', mean: rounded(level), sd: rounded(sd) };
    guesses.push({ line, distribution });
  }
  return { guesses, varying };
}

/** How far the growth that drivers stand for has varied, for those with enough of a history. Unit: of the line. */
function observedSpreads(
  { engine, scenario, scenarios, explained }: PlanSession,
  lines: readonly Line[],
): ReadonlyMap<string, number> {
  const trial: Scenario = {
    id: 'guess:history',
    name: scenario.name,
    basedOn: scenario.id,
    distributions: Object.fromEntries(lines.map(({ id }) => [id, { kind: 'history' }])),
  };
  // a distribution changes no value: what the open scenario comes to is what this one would
  const { drivers: known } = findUncertainDrivers(
    engine,
    trial,
    [...scenarios, trial],
    explained.calculation,
  );
  const ids = new Set(lines.map(({ id }) => id));
  return new Map(
    known.filter(({ line }) => ids.has(line)).map(({ line, curve }) => [line, Math.sqrt(curve.variance)]),
  );
}
