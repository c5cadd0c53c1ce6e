/**
 * Questions asked of the open plan: how far one driver must move, what differs from another scenario, and why.
 *
 * What takes long is asked off the page's thread; while a lever moves nothing is asked. What belongs to inputs of before is
 * given only where it is about the same, and marked.
 */
import { isNumber, type Problem, type Unit, type Value } from '#quantity';
import type { Line, Scenario, Target } from '#plan';
import {
  compareLevels,
  drivers,
  findLever,
  type Bridge,
  type Cell,
  type Goal,
  type GoalSeek,
} from '#analysis';
import { assumptionChanges, type AssumptionChange } from './assumption-changes.ts';
import { BesideCalculation } from './beside-calculation.svelte.ts';
import { Inquiry } from './inquiry.svelte.ts';
import { readLeverEntry } from './lever-entry.ts';
import type { PlanSession } from './plan-session.svelte.ts';
import { StepsOnCell } from './step-effects.svelte.ts';
import { Subject } from './subject.svelte.ts';

/** Bounds in which no number lies, so that a number without a sign is always in the unit beside it. */
const NO_FRACTIONS = { min: Infinity, max: -Infinity };

/** One target in the other scenario and in the open one. */
export interface ComparedTarget {
  readonly target: Target;
  readonly line: Line;
  readonly unit: Unit;
  readonly other: Value;
  readonly open: Value;
  /** Open minus other, in the unit of the line. */
  readonly difference: Value;
  /** Of the size of the other's level, as a fraction. */
  readonly relative: Value;
}

/** What was found, and whether for inputs of before. */
export interface Found<T> {
  readonly output: T;
  readonly isOutdated: boolean;
}

/** Both scenarios side by side. */
export interface Comparison {
  readonly changes: readonly AssumptionChange[];
  readonly targets: readonly ComparedTarget[];
}

/** What a person has chosen for one cell; another cell begins afresh. */
interface Asked {
  readonly cell: string;
  readonly driver?: string;
  readonly wanted?: string;
}

/** What a person has chosen; it stays as long as the plan is open, however often the questions are looked at. */
class Choices {
  asked = $state.raw<Asked>({ cell: '' });
  otherId = $state<string>();
}

const known = new WeakMap<PlanSession, Choices>();

function choicesOf(session: PlanSession): Choices {
  const choices = known.get(session) ?? new Choices();
  known.set(session, choices);
  return choices;
}

/**
 * The questions of a session. Answers live as long as the component that has built this; what was chosen lives as long as
 * the session.
 */
export class Questions {
  readonly #session: PlanSession;
  readonly #subject: Subject;
  readonly #choices: Choices;
  readonly seeking: Inquiry<'goal'>;
  readonly bridging: Inquiry<'bridge'>;
  readonly #steps: StepsOnCell;
  readonly #beside: BesideCalculation;

  constructor(session: PlanSession) {
    this.#session = session;
    this.#subject = new Subject(session);
    this.#choices = choicesOf(session);
    this.#beside = new BesideCalculation(session);
    this.#steps = new StepsOnCell(session, 'leverSteps', () => this.cell);
    this.seeking = new Inquiry(session, 'goal', () => this.#goal);
    this.bridging = new Inquiry(session, 'bridge', () => {
      const { cell, other } = this;
      const { scenario, scenarios } = session;
      void session.recalculations;
      return cell && other && !this.isWaiting ? { from: other, to: scenario, cell, scenarios } : undefined;
    });
  }

  /** Whether a lever is being moved, so that answers wait until it rests. */
  get isWaiting(): boolean {
    return this.#session.isMovingLever;
  }

  /** The line that is asked about. */
  get line(): Line | undefined {
    return this.#subject.line;
  }

  get cell(): Cell | undefined {
    return this.#subject.cell;
  }

  get target(): Target | undefined {
    return this.#subject.target;
  }

  get unit(): Unit | undefined {
    return this.#subject.unit;
  }

  get present(): Value {
    return this.#subject.present;
  }

  // goal seek

  readonly #choice: Asked = $derived.by(() => {
    const cell = this.cell ? `${this.cell.line}@${this.cell.period}` : '';
    return this.#choices.asked.cell === cell ? this.#choices.asked : { cell };
  });

  /** The drivers that may be moved, the one whose lever step moves the cell most first; those without effect are last. */
  readonly drivers: readonly { readonly line: Line; readonly effect: number }[] = $derived.by(() => {
    const { cell } = this;
    if (!cell) return [];
    const all = drivers(this.#session.plan).filter((line) => line.id !== cell.line);
    const effects = this.#steps.found;
    return all
      .map((line) => ({ line, effect: effects?.get(line.id) ?? 0 }))
      .toSorted((a, b) => b.effect - a.effect);
  });

  /** What looks for that order; undefined where it is known. */
  get ranking(): Inquiry<'leverSteps' | 'tableSteps'> | undefined {
    return this.#steps.found ? undefined : this.#steps.inquiry;
  }

  /** The driver that is moved: the chosen one, else the most influential; undefined where none has an effect. */
  readonly driver: Line | undefined = $derived.by(() => {
    const chosen = this.drivers.find(({ line }) => line.id === this.#choice.driver);
    const [first] = this.drivers;
    return chosen?.line ?? (first && first.effect > 0 ? first.line : undefined);
  });

  /** The level at which the driver stands in the last period. */
  readonly driverLevel: Value = $derived.by(() =>
    this.driver ? this.#session.value(this.driver.id, this.#session.plan.periods.last) : null,
  );

  /** Whether the driver has more than one level, which a found level replaces by one. */
  readonly isDriverVarying: boolean = $derived.by(() => {
    const { driver } = this;
    const { base } = this.#session.plan.periods;
    const ahead = this.#session.periods.filter((period) => period > base);
    return (
      driver !== undefined &&
      ahead.some((period) => this.#session.value(driver.id, period) !== this.driverLevel)
    );
  });

  chooseDriver(id: string): void {
    this.#choices.asked = { ...this.#choice, driver: id };
  }

  /** The wanted value as typed; undefined while it is the target's. */
  get wantedText(): string | undefined {
    return this.#choice.wanted;
  }

  setWanted(text: string | undefined): void {
    const { wanted: _, ...rest } = this.#choice;
    this.#choices.asked = text === undefined ? rest : { ...rest, wanted: text };
  }

  /** The wanted value: as typed, else the target's; undefined for none, a problem for what cannot be read. */
  readonly wanted: number | Problem | undefined = $derived.by(() => {
    const text = this.#choice.wanted;
    if (text === undefined) return this.target?.value;
    if (text.trim() === '' || !this.unit) return undefined;
    const entry = readLeverEntry(text, this.unit, NO_FRACTIONS);
    return entry.kind === 'level' ? entry.level : entry.problem;
  });

  readonly #goal: Goal | undefined = $derived.by(() => {
    const { cell, driver, wanted } = this;
    void this.#session.recalculations;
    if (!cell || !driver || typeof wanted !== 'number' || this.isWaiting) return undefined;
    const lever = findLever(this.#session.plan, driver.id);
    if (!lever) return undefined;
    const { scenarios } = this.#session;
    return { scenario: this.#withOneLevel(driver.id), scenarios, lever, cell, value: wanted };
  });

  /** The answer, of inputs of before only where it is about the same cell and driver; undefined where nothing is asked. */
  readonly answer: (Found<GoalSeek> & { readonly wanted: number }) | undefined = $derived.by(() => {
    const { answered, answer, outdated } = this.seeking;
    const output = answer ?? outdated;
    const isSame =
      isSameCell(answered?.cell, this.cell) &&
      answered?.lever.line === this.driver?.id &&
      typeof this.wanted === 'number';
    if (!answered || !output || !isSame || this.isWaiting) return undefined;
    return { output, isOutdated: answer === undefined, wanted: answered.value };
  });

  /** Moves the driver to a level that was found, as one edit. */
  apply(level: number): void {
    const { driver } = this;
    if (!driver) return;
    // from another level another driver may be the most influential: the one that was moved stays
    this.chooseDriver(driver.id);
    this.#session.moveLever(driver.id, level);
  }

  // comparison and bridge

  /** The scenario to compare with: the chosen one, else the first that is not open; undefined where there is none. */
  readonly other: Scenario | undefined = $derived.by(() => {
    const { scenarios, scenario } = this.#session;
    const rest = scenarios.filter(({ id }) => id !== scenario.id);
    return rest.find(({ id }) => id === this.#choices.otherId) ?? rest[0];
  });

  chooseOther(id: string): void {
    this.#choices.otherId = id;
  }

  /** What the two scenarios assume differently and what becomes of the targets; undefined while a lever moves, and while the other is calculated. */
  readonly comparison: Comparison | undefined = $derived.by(() => {
    const { other } = this;
    const { engine, plan } = this.#session;
    void this.#session.recalculations;
    if (!other || this.isWaiting) return undefined;
    const before = this.#beside.of(other, this.#session.scenarios);
    if (!before) return undefined;
    const after = this.#session.explained.calculation;
    const lineOf = (id: string) => this.#session.line(id) as Line;
    const changes = assumptionChanges(engine, before, after);
    const targets = plan.targets.map((target): ComparedTarget => {
      const [compared] = compareLevels([before, after], 0, [target.line], [target.period]);
      return {
        target,
        line: lineOf(target.line),
        unit: engine.unitOf(target.line),
        other: compared?.levels[0]?.[0] ?? null,
        open: compared?.levels[1]?.[0] ?? null,
        difference: compared?.differences[1]?.[0] ?? null,
        relative: compared?.relative[1]?.[0] ?? null,
      };
    });
    return { changes, targets };
  });

  /** The cell's difference from the other scenario, shared out among the assumptions; undefined where nothing is asked. */
  readonly bridge: Found<Bridge> | undefined = $derived.by(() => {
    const { answered, answer, outdated } = this.bridging;
    const output = answer ?? outdated;
    const isSame =
      isSameCell(answered?.cell, this.cell) &&
      answered?.from.id === this.other?.id &&
      answered?.to.id === this.#session.scenario.id;
    if (!output || !isSame || this.isWaiting) return undefined;
    return { output, isOutdated: answer === undefined };
  });

  /** Keeps what is asked off the page's thread going; for the effect of a component. */
  follow(): () => void {
    const ends = [this.#steps.inquiry.follow(), this.seeking.follow(), this.bridging.follow()];
    return () => ends.forEach((end) => end?.());
  }

  // how it is done

  /** The open scenario with one level of a driver in all forecast periods, as the edit that applies an answer sets it. */
  #withOneLevel(driver: string): Scenario {
    const { scenario } = this.#session;
    const level = this.driverLevel;
    const base = { id: 'question:level', name: scenario.name, basedOn: scenario.id };
    return isNumber(level) ? { ...base, changes: [{ line: driver, set: level }] } : base;
  }
}

function isSameCell(a: Cell | undefined, b: Cell | undefined): boolean {
  return a !== undefined && a.line === b?.line && a.period === b.period;
}
