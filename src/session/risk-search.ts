/**
 * Which met targets hang by one lever step: looked for when there is time. On a plan of usual size the page's thread does it
 * in turns; a large one would keep it busy for seconds after every edit, so it is asked off that thread.
 */
import type { Plan } from '#plan';
import type { CompiledLines, Engine } from '#engine';
import { findRisk, type AnalysisJobs, type TargetResult } from '#analysis';
import type { InputOf } from '#worker';
import { DEFAULT_SEED, type Analyst } from './inquiry.svelte.ts';
import type { Later } from './session-parts.ts';
import { isTriedAtOnce } from './tried-at-once.ts';

/** What is looked at: the targets as they stand by the calculation, and what that was made of. */
interface RiskSubject extends InputOf<AnalysisJobs, 'risk'> {
  readonly engine: Engine;
  readonly results: readonly TargetResult[];
  readonly lines: CompiledLines | undefined;
}

/** How long the hand rests before a large plan is asked about: what is asked and called off again makes the worker begin anew. */
const LONG_REST_MS = 1_000;

/** One search at a time. */
export class RiskSearch {
  readonly #later: Later;
  readonly #analyst: Analyst;
  #stop: (() => void) | undefined;

  constructor(later: Later, analyst: Analyst) {
    this.#later = later;
    this.#analyst = analyst;
  }

  /** Begins a search in place of the one of before; `look` is called when its time has come. Tells what it found unless it is called off. */
  begin(plan: Plan, look: () => RiskSubject, tell: (results: readonly TargetResult[]) => void): void {
    this.callOff();
    if (plan.targets.length === 0) return;
    const isAtOnce = isTriedAtOnce(plan);
    const abort = new AbortController();
    const ask = async ({ results, scenario, scenarios }: RiskSubject) => {
      const asked = { kind: 'risk', document: plan, input: { scenario, scenarios } } as const;
      const outcome = await this.#analyst.run({ ...asked, seed: DEFAULT_SEED }, { signal: abort.signal });
      if (outcome.kind !== 'done' || abort.signal.aborted) return;
      tell(results.map((result, index) => ({ ...result, ...outcome.output[index] })));
    };
    const search = function* () {
      const subject = look();
      if (isAtOnce) tell(yield* findRisk(subject.engine, subject.results, subject));
      else void ask(subject);
    };
    const forget = this.#later(search, isAtOnce ? undefined : LONG_REST_MS);
    this.#stop = () => {
      forget();
      abort.abort();
    };
  }

  /** Ends the search that is under way or put off. */
  callOff(): void {
    this.#stop?.();
    this.#stop = undefined;
  }
}
