/**
 * How likely: what is uncertain in the open scenario, how it is sampled, and the probability of every target.
 *
 * One for a session, so that the board and the view of uncertainty say the same. What is asked belongs to the inputs of now;
 * nothing is asked while a lever moves, nor while nothing is uncertain.
 */
import { isNumber, type Problem, type Unit } from '#quantity';
import type { Line, Plan, Scenario, Target } from '#plan';
import { layersOf } from '#engine';
import {
  DEFAULT_SAMPLES,
  findUncertainDrivers,
  MAX_SAMPLES,
  type Cell,
  type DistributionInUse,
  type SamplingMethod,
  type TargetProbability,
  type TargetResult,
  type UncertainDrivers,
  type UncertainProblemCode,
} from '#analysis';
import { shapeOf, type CurveShape } from './curve-shape.ts';
import { DEFAULT_SEED, Inquiry } from './inquiry.svelte.ts';
import type { PlanSession } from './plan-session.svelte.ts';
import { Subject } from './subject.svelte.ts';
import { chanceOf, withChances } from './target-chance.ts';

/** The numbers of samples that are offered. */
export const SAMPLE_COUNTS = [1000, DEFAULT_SAMPLES, 100_000, MAX_SAMPLES] as const;

/** Beyond so many samples a run begins only when it is asked for. */
const MOST_AT_ONCE = 100_000;

/** How points are placed so that few of them go far; those thrown at random are for comparison only. */
type PlacedPoints = Exclude<SamplingMethod, 'random'>;

/** One driver as far as it is uncertain. */
export interface UncertainLine {
  readonly line: Line;
  readonly unit: Unit;
  /** What is said about it; undefined where it has no distribution. */
  readonly said: DistributionInUse | undefined;
  /** What is drawn: the levels that 5 % and 95 % of the draws stay below, and the outline. Unit: of the line. */
  readonly drawn: DrawnCurve | undefined;
  /** Why what is said is not drawn. */
  readonly problem: Problem<UncertainProblemCode> | undefined;
}

/** The curve of a driver that is drawn. */
interface DrawnCurve {
  readonly low: number;
  readonly high: number;
  readonly mean: number;
  readonly shape: CurveShape;
}

const NOTHING: UncertainDrivers = { drivers: [], correlations: [], problems: [] };

/** How the open scenario is sampled, and what comes of it. */
export class Uncertainty {
  readonly #session: PlanSession;
  readonly #subject: Subject;
  #samples = $state<number>(DEFAULT_SAMPLES);
  #method = $state<PlacedPoints>('latin');
  #seed = $state(DEFAULT_SEED);
  /** The inputs for which a run of a million samples was asked. */
  #wholeRunFor = $state.raw<object>();

  /** The probability of every target that has a number in the scenario, in the order of the plan. */
  readonly chances: Inquiry<'probabilities'>;
  /** The spread of the subject's line in every period after the base. */
  readonly spreads: Inquiry<'uncertainty'>;
  /** The drivers from which the spread of the subject's cell comes. */
  readonly indices: Inquiry<'indices'>;
  /** Ends the asking for probabilities. */
  readonly leave: () => void;

  constructor(session: PlanSession) {
    this.#session = session;
    this.#subject = new Subject(session, true);
    const seed = () => this.#seed;
    this.chances = new Inquiry(session, 'probabilities', () => this.#chancesInput, seed);
    this.spreads = new Inquiry(session, 'uncertainty', () => this.#spreadsInput, seed);
    this.indices = new Inquiry(session, 'indices', () => this.#indicesInput, seed);
    // the board shows probabilities wherever it stands, and the grid statuses: they are looked for as long as the plan is open
    this.leave = $effect.root(() => {
      $effect(() => this.chances.follow());
    });
  }

  // what is uncertain

  #lastFound = NOTHING;
  readonly #found: UncertainDrivers = $derived.by(() => {
    const { engine, scenario, scenarios, isMovingLever } = this.#session;
    if (!isMovingLever)
      this.#lastFound = saysAnything(engine.plan, scenario, scenarios)
        ? findUncertainDrivers(engine, scenario, scenarios, this.#session.explained.calculation)
        : NOTHING;
    return this.#lastFound;
  });

  /** Whether any driver is drawn. */
  readonly isUncertain: boolean = $derived.by(() => this.#found.drivers.length > 0);

  /** Every driver of the plan, with what is said about its uncertainty. */
  readonly lines: readonly UncertainLine[] = $derived.by(() => {
    const { problems } = this.#found;
    const { plan, engine } = this.#session;
    return plan.lines
      .filter(({ kind }) => kind === 'driver')
      .map((line): UncertainLine => {
        const isPair = (code: UncertainProblemCode) => code.startsWith('uncertain_correlation');
        return {
          line,
          unit: engine.unitOf(line.id),
          said: this.#session.distributionOf(line.id),
          drawn: this.drawn(line.id),
          problem: problems.find(({ place, code }) => place.line === line.id && !isPair(code)),
        };
      });
  });

  /** What is drawn of a driver; undefined where it is certain. */
  drawn(line: string): DrawnCurve | undefined {
    return this.#drawnByLine.get(line);
  }
  readonly #drawnByLine: ReadonlyMap<string, DrawnCurve> = $derived.by(
    () =>
      new Map(
        this.#found.drivers.map((driver) => {
          const { line, curve } = driver;
          const [low, high] = [curve.quantile(0.05), curve.quantile(0.95)];
          return [line, { low, high, mean: curve.mean, shape: shapeOf(driver) }] as const;
        }),
      ),
  );

  // how it is sampled

  get samples(): number {
    return this.#samples;
  }

  /** Of `SAMPLE_COUNTS`. A million is run on demand only; until then it is the most that is run at once. */
  chooseSamples(count: number): void {
    this.#samples = count;
    this.#wholeRunFor = undefined;
  }

  get method(): PlacedPoints {
    return this.#method;
  }

  chooseMethod(method: PlacedPoints): void {
    this.#method = method;
  }

  get seed(): number {
    return this.#seed;
  }

  /** Gives whether the text is a seed, a whole number from 0 to 4294967295; else nothing changes. */
  setSeed(text: string): boolean {
    const seed = Number(text.trim());
    const isSeed = /^\d+$/.test(text.trim()) && seed < 2 ** 32;
    if (isSeed) this.#seed = seed;
    return isSeed;
  }

  /** What is asked at once; undefined while nothing is. */
  readonly #sampling = $derived.by(() => {
    const { scenario, scenarios, isMovingLever } = this.#session;
    // the seed is an input as well: what another seed gave is outdated
    void this.#seed;
    if (isMovingLever || !this.isUncertain) return undefined;
    const samples = Math.min(this.#samples, MOST_AT_ONCE);
    // a target without a number in the scenario itself is not judged: it would count as missed in every sample
    const targets = this.#session.plan.targets.filter(({ line, period }) =>
      isNumber(this.#session.value(line, period)),
    );
    return { scenario, scenarios, samples, method: this.#method, targets };
  });

  /** Whether a million samples are chosen and not yet run for the inputs of now. */
  readonly isWholeRunOffered: boolean = $derived.by(
    () =>
      this.#samples > MOST_AT_ONCE && this.#sampling !== undefined && this.#wholeRunFor !== this.#sampling,
  );

  /** Runs all the samples that are chosen, for the inputs of now. */
  runAll(): void {
    this.#wholeRunFor = this.#sampling;
  }

  /** Takes so many samples and runs them all, for the inputs of now. */
  runSamples(count: number): void {
    this.chooseSamples(count);
    this.runAll();
  }

  /** The line, period and target that the spread is about. */
  get subject(): Subject {
    return this.#subject;
  }

  readonly #chancesInput = $derived.by(() => this.#sampling);

  readonly #subjectCells: readonly Cell[] | undefined = $derived.by(() => {
    const line = this.#subject.line?.id;
    const { periods, plan } = this.#session;
    if (line === undefined) return undefined;
    return periods.filter((period) => period > plan.periods.base).map((period) => ({ line, period }));
  });

  readonly #spreadsInput = $derived.by(() => {
    const [sampling, cells] = [this.#sampling, this.#subjectCells];
    if (!sampling || !cells) return undefined;
    // a run of its own tells the targets too, so that they and the spread come from the same samples
    return this.#wholeRunFor === sampling
      ? { ...sampling, samples: this.#samples, cells }
      : { ...sampling, cells, targets: [] };
  });

  readonly #indicesInput = $derived.by(() => {
    const [sampling, cell] = [this.#sampling, this.#subject.cell];
    if (!sampling || !cell) return undefined;
    return { scenario: sampling.scenario, scenarios: sampling.scenarios, cells: [cell] };
  });

  // what comes of it

  /** The run that tells the probabilities: that of all samples once it is there; undefined while there is none for now. */
  readonly chanceRun = $derived.by(() => {
    if (!this.isUncertain) return undefined;
    const whole = this.spreads.answer;
    return whole?.samples === this.#samples && whole.targets.length > 0 ? whole : this.chances.answer;
  });

  /** The probabilities that were known last, so that a mark does not flicker while they are found anew. */
  readonly knownChances: readonly TargetProbability[] | undefined = $derived.by(() =>
    this.isUncertain ? (this.chanceRun ?? this.chances.outdated)?.targets : undefined,
  );

  /** How likely a target is with the inputs of now; undefined where that is being found, or cannot be. */
  chance(target: Target): TargetProbability | undefined {
    return chanceOf(this.chanceRun?.targets, target);
  }

  /** Marks the targets that chance leaves open as at risk. */
  judge(results: readonly TargetResult[]): readonly TargetResult[] {
    return withChances(results, this.knownChances);
  }
}

/** Whether the plan or any layer of the scenario has a distribution. */
function saysAnything(plan: Plan, scenario: Scenario, scenarios: readonly Scenario[]): boolean {
  return (
    plan.lines.some(({ distribution }) => distribution !== undefined) ||
    layersOf(scenario, scenarios).some(({ distributions = {} }) => Object.keys(distributions).length > 0)
  );
}
