/** The table of analyses: what the page may ask of a plan off its own thread. A new analysis is a line here. */
import type { Plan, Scenario } from '#plan';
import { buildEngine, samplesOf, type BatchResult, type Engine, type Question, type Slopes } from '#engine';

/** A question about a scenario; `scenarios` are those that it may build on. */
interface Asked extends Question {
  readonly scenario: Scenario;
  readonly scenarios: readonly Scenario[];
}

/** Samples of a question, one array for each move. */
interface AskedSamples extends Asked {
  readonly samples: readonly Float64Array[];
}

/** Slopes of a question where the moves have these numbers; without them where they change nothing. */
interface AskedSlopes extends Asked {
  readonly numbers?: readonly number[];
}

/** What can be asked of a plan. */
export const analysisRegistry = {
  prepare: (plan: Plan): Engine => buildEngine(plan),
  jobs: {
    *batch(
      engine: Engine,
      { scenario, scenarios, moves, outputs, samples }: AskedSamples,
    ): Generator<number, BatchResult> {
      return yield* engine.batch(scenario, { moves, outputs }, scenarios).run(samplesOf(samples));
    },
    slopes: (engine: Engine, { scenario, scenarios, moves, outputs, numbers }: AskedSlopes): Slopes =>
      engine.derive(scenario, { moves, outputs }, scenarios).at(numbers),
  },
} as const;

/** The names of the analyses with what they take and give. */
export type AnalysisJobs = typeof analysisRegistry.jobs;
