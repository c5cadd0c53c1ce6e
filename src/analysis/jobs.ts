/**
 * The analyses as jobs: `(engine, input, { seed }) → output`. What a page asks off its own thread is in this table and
 * nowhere else; those that may take long are generators that yield the share that is done.
 */
import type { Scenario, Target } from '#plan';
import type { Engine } from '#engine';
import { audit, type Audit } from './audit/audit.ts';
import type { Cell } from './cell.ts';
import { seededRandom } from './chance/random-source.ts';
import { walkBridge, type Bridge } from './difference/bridge.ts';
import {
  compareScenarios,
  type ComparisonQuestion,
  type ScenarioComparison,
} from './difference/scenario-comparison.ts';
import { searchLeastChange, type Feasibility } from './reach/feasibility.ts';
import { searchGoal, type Goal, type GoalSeek } from './reach/goal-seek.ts';
import type { Wish } from './reach/wish.ts';
import { findContour, type ContourPiece } from './sensitivity/contour.ts';
import { runDataTable, type DataTable, type TableQuestion } from './sensitivity/data-table.ts';
import { findSensitivity, type Sensitivity } from './sensitivity/sensitivity.ts';
import { findStepEffects, type StepEffects, type StepQuestion } from './sensitivity/step-effects.ts';
import { findTargetDistance, type TargetDistance } from './sensitivity/target-distance.ts';
import { findRanges, searchTornados, type DriverRange, type Tornado } from './sensitivity/tornado.ts';
import type { MetRange } from './targets/met-range.ts';
import type { BareFigures } from './targets/target-band.ts';
import { searchRisk, type TargetRisk } from './targets/target-risk.ts';
import { findSobolIndices, type CellIndices, type IndexQuestion } from './uncertainty/sobol-indices.ts';
import {
  runUncertainty,
  type UncertaintyQuestion,
  type UncertaintyResult,
} from './uncertainty/uncertainty.ts';

/** A scenario, and those that it may build on. */
export interface AskedScenario {
  readonly scenario: Scenario;
  readonly scenarios: readonly Scenario[];
}

/** A table with the lines along which its first sheet goes from wanted values to others. */
export type ContouredTable = DataTable & { readonly contour: readonly ContourPiece[] };

interface Chance {
  readonly seed: number;
}

/** How strongly each driver moves some cells. */
const strengthsOf = (
  engine: Engine,
  { scenario, scenarios, cells }: AskedScenario & { readonly cells: readonly Cell[] },
): Sensitivity => findSensitivity(engine, scenario, cells, scenarios);

/** The table of analyses. A new one is a line here. */
export const analysisJobs = {
  /** The plan's own arithmetic, from its printed numbers alone. */
  audit: (engine: Engine, asked: { readonly bareFigures: BareFigures }): Audit =>
    audit(engine, asked.bareFigures),

  /** Two scenarios and one cell: what each changed assumption adds. */
  bridge: (
    engine: Engine,
    asked: { readonly from: Scenario; readonly to: Scenario; readonly cell: Cell } & Pick<
      AskedScenario,
      'scenarios'
    >,
    { seed }: Chance,
  ): Generator<number, Bridge> => {
    const { from, to, cell, scenarios } = asked;
    const end = (scenario: Scenario) => ({ scenario, scenarios });
    return walkBridge(engine, end(from), end(to), cell, seededRandom(seed));
  },

  comparison: (engine: Engine, question: ComparisonQuestion): ScenarioComparison =>
    compareScenarios(engine, question),

  goal: (engine: Engine, goal: Goal): Generator<number, GoalSeek> => searchGoal(engine, goal),

  leastChange: (engine: Engine, wish: Wish): Generator<number, Feasibility> =>
    searchLeastChange(engine, wish),

  sensitivity: strengthsOf,

  /** The same for all targets: an asking of its own, so that a figure does not wait for them, nor is held for what they need. */
  elasticities: strengthsOf,

  /** Which targets hang by one lever step, in the order of the plan. */
  risk: (engine: Engine, asked: AskedScenario): AsyncGenerator<number, readonly TargetRisk[]> =>
    searchRisk(engine, asked),

  leverSteps: (engine: Engine, question: StepQuestion): AsyncGenerator<number, StepEffects> =>
    findStepEffects(engine, question),

  /** The same for a table: an asking of its own, so that it and that of another view do not end each other. */
  tableSteps: (engine: Engine, question: StepQuestion): AsyncGenerator<number, StepEffects> =>
    findStepEffects(engine, question),

  /** Drivers without a given range move over that of `findRanges`. */
  tornado: (
    engine: Engine,
    asked: AskedScenario & { readonly cells: readonly Cell[]; readonly given?: readonly DriverRange[] },
  ): Generator<number, Tornado[]> => {
    const { scenario, scenarios, cells, given = [] } = asked;
    const ranges = findRanges(engine, scenario, scenarios).map(
      (range) => given.find(({ line }) => line === range.line) ?? range,
    );
    return searchTornados(engine, scenario, cells, ranges, scenarios);
  },

  *distance(
    engine: Engine,
    { scenario, scenarios, targets }: AskedScenario & { readonly targets: readonly Target[] },
  ): Generator<number, TargetDistance[]> {
    const found: TargetDistance[] = [];
    for (const target of targets) {
      found.push(findTargetDistance(engine, scenario, target, scenarios));
      yield found.length / targets.length;
    }
    return found;
  },

  /** With the contour of what is wanted in the first sheet: at 200 × 200 that is work too. */
  *table(
    engine: Engine,
    asked: AskedScenario & TableQuestion & { readonly wanted?: MetRange },
  ): Generator<number, ContouredTable> {
    const { scenario, scenarios, wanted, ...question } = asked;
    const table = yield* runDataTable(engine, scenario, question, scenarios);
    const [sheet] = table.ok ? table.sheets : [];
    const edges = wanted ? [wanted.from, wanted.to].filter(Number.isFinite) : [];
    return { ...table, contour: sheet ? edges.flatMap((edge) => findContour(sheet, question, edge)) : [] };
  },

  uncertainty: (
    engine: Engine,
    { scenario, scenarios, ...question }: AskedScenario & Omit<UncertaintyQuestion, 'random'>,
    { seed }: Chance,
  ): Generator<number, UncertaintyResult> =>
    runUncertainty(engine, scenario, { ...question, random: seededRandom(seed) }, scenarios),

  /** The same for targets alone: an asking of its own, so that it and that of a view do not end each other. */
  probabilities: (
    engine: Engine,
    { scenario, scenarios, ...question }: AskedScenario & Omit<UncertaintyQuestion, 'random' | 'cells'>,
    { seed }: Chance,
  ): Generator<number, UncertaintyResult> =>
    runUncertainty(engine, scenario, { ...question, cells: [], random: seededRandom(seed) }, scenarios),

  indices: (
    engine: Engine,
    { scenario, scenarios, ...question }: AskedScenario & Omit<IndexQuestion, 'random'>,
    { seed }: Chance,
  ): Generator<number, CellIndices[]> =>
    findSobolIndices(engine, scenario, { ...question, random: seededRandom(seed) }, scenarios),
} as const;

/** The names of the analyses with what they take and give. */
export type AnalysisJobs = typeof analysisJobs;
