/** What the questions of a plan need: their memory, and what of them could be less. */
import type { Plan } from '#plan';
import type { Engine } from '#engine';
import {
  bytesOfGoal,
  bytesOfIndices,
  bytesOfLeastChange,
  bytesOfSamples,
  bytesOfSlopes,
  bytesOfTable,
  bytesOfTornados,
  DEFAULT_SAMPLES,
  holdRun,
  type AnalysisJobs,
  type HeldRun,
  type Repeats,
  type RunPace,
} from '#analysis';
import type { InputOf } from '#worker';

type Kind = keyof AnalysisJobs;
type Inputs = { readonly [K in Kind]: { readonly kind: K; readonly input: InputOf<AnalysisJobs, K> } };

/** A question with its kind. */
export type AskedQuestion = Inputs[Kind];

/** What a question does again and again, where that could be less often. */
function repeatsOf(plan: Plan, asked: AskedQuestion): Repeats | undefined {
  switch (asked.kind) {
    case 'uncertainty':
    case 'probabilities': {
      const question = asked.kind === 'probabilities' ? { ...asked.input, cells: [] } : asked.input;
      return {
        what: 'samples',
        count: question.samples ?? DEFAULT_SAMPLES,
        times: (count) => count,
        bytes: (count) => bytesOfSamples(plan, { ...question, samples: count }),
      };
    }
    case 'table': {
      const { rows, columns, cells } = asked.input;
      const times = (count: number) => (columns ? count * count : count);
      return {
        what: 'levels',
        count: rows.levels.length,
        times,
        bytes: (count) => bytesOfTable(plan, times(count), cells.length),
      };
    }
    default:
      return undefined;
  }
}

/** What a question takes of memory, as far as that is known. Unit: bytes; 0 where it is not. */
function bytesOf(engine: Engine, asked: AskedQuestion, repeats: Repeats | undefined): number {
  switch (asked.kind) {
    case 'indices':
      return bytesOfIndices(engine.plan, asked.input);
    case 'tornado':
      return bytesOfTornados(engine, asked.input);
    case 'sensitivity':
    case 'elasticities':
      return bytesOfSlopes(engine, asked.input);
    case 'goal':
      return bytesOfGoal(engine, asked.input);
    case 'leastChange':
      return bytesOfLeastChange(engine, asked.input);
    default:
      return repeats ? repeats.bytes(repeats.count) : 0;
  }
}

/** Tells whether a question is held for what it needs; without a pace only its memory is known. */
export function holdQuestion(engine: Engine, asked: AskedQuestion, pace?: RunPace): HeldRun | undefined {
  const repeats = repeatsOf(engine.plan, asked);
  return holdRun(bytesOf(engine, asked, repeats), repeats, pace);
}
