/**
 * The open plan: scenarios, values, targets, selection, history. Components read its getters and call its verbs.
 *
 * The plan's own scenarios never change: the first edit of one begins a scenario of the person's own that builds on it.
 */
import type { Problem, Value } from '#quantity';
import {
  lineOverlay,
  listPeriods,
  type Distribution,
  type Line,
  type LineOverlay,
  type Localized,
  type PlanProblemCode,
  type Scenario,
} from '#plan';
import { findConflicts, layersOf, type Compiled, type Conflict, type Engine, type Rule } from '#engine';
import { findDistribution, type DistributionInUse, type MovesWith, type TargetResult } from '#analysis';
import type { FormulaContext, FormulaProblemCode, Sheet } from '#formula';
import { Autosave } from './autosave.svelte.ts';
import { readFormulaEntry, type EntryProblemCode } from './cell-entry.ts';
import { checkDistribution } from './distribution-entry.ts';
import { withMoves, type LeverMove } from './lever-moves.ts';
import {
  saysSomething,
  withActual,
  withChange,
  withDistribution,
  withFormula,
  withLevel,
  withoutCell,
  withoutChange,
  withoutFormula,
  type SpanChange,
} from './overlay-edits.ts';
import { Projection } from './projection.svelte.ts';
import { ScenarioBook } from './scenario-book.svelte.ts';
import { correlated, patchesOf, type DriverPair } from './scenario-edits.ts';
import type { SessionParts } from './session-parts.ts';
import { understandCells, type RefusedCell, type TypedCell } from './typed-cells.ts';

import { Uncertainty } from './uncertainty.svelte.ts';
/** The session of one plan. */
export class PlanSession {
  readonly engine: Engine;
  readonly periods: readonly number[];
  readonly autosave: Autosave;
  readonly #parts: SessionParts;
  /** What is uncertain, and how likely the targets are with it. */
  readonly uncertainty = new Uncertainty(this);
  readonly #lines: ReadonlyMap<string, Line>;
  readonly #book: ScenarioBook;
  #selection = $state.raw<{ line: string; period: number } | undefined>(undefined);
  #folded = $state.raw<ReadonlySet<string>>(new Set());
  readonly #projection: Projection;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.engine = parts.engine;
    const { plan } = parts.engine;
    this.periods = listPeriods(plan.periods);
    this.#lines = new Map(plan.lines.map((line) => [line.id, line]));
    const { view } = parts.kept;
    this.#book = new ScenarioBook({
      plan,
      own: parts.kept.scenarios,
      history: parts.kept.history,
      open: view?.scenario,
      now: parts.now,
      scenarioWord: parts.scenarioWord,
      keep: (entry) => this.autosave.add(entry),
      changed: (isPassing) => {
        this.#projection.revise(this.scenario, this.scenarios, isPassing);
        if (!isPassing) this.#keepView();
      },
    });
    this.#folded = new Set(view?.foldedSections ?? []);
    if (view?.line !== undefined && this.#lines.has(view.line)) {
      this.#selection = { line: view.line, period: view.period ?? plan.periods.last };
    }
    this.autosave = new Autosave(parts.store, plan.id, parts.kept, () => ({
      scenarios: this.#book.own,
      history: this.#book.history,
    }));
    this.#projection = new Projection(this.engine, this.scenario, this.scenarios, parts.later);
  }

  // what is open

  get analyst() {
    return this.#parts.analyst;
  }

  get plan() {
    return this.engine.plan;
  }

  /** The plan's scenarios and then the person's own. */
  get scenarios(): readonly Scenario[] {
    return this.#book.all;
  }

  get scenario(): Scenario {
    return this.#book.open;
  }

  /** Whether a scenario is the person's own and can be changed, renamed and deleted. */
  isOwn(id: string): boolean {
    return this.#book.isOwn(id);
  }

  get selection() {
    return this.#selection;
  }

  get foldedSections(): ReadonlySet<string> {
    return this.#folded;
  }

  line(id: string): Line | undefined {
    return this.#lines.get(id);
  }

  // what it is worth

  /** Rises with every recalculation; reading it makes a component look again. */
  get recalculations(): number {
    return this.#projection.recalculations;
  }

  /** The values of a line in the open scenario, first period to last. */
  series(line: string): readonly Value[] {
    return this.#projection.series(line);
  }

  /** The value of a cell in the open scenario. */
  value(line: string, period: number): Value {
    return this.#projection.value(line, period);
  }

  /** What decides a cell: override, actual, figure, formula, nothing. */
  rule(line: string, period: number): Rule | undefined {
    return this.#projection.rule(line, period);
  }

  /** The compiled formula that decides a cell. */
  formulaAt(line: string, period: number): Compiled | undefined {
    return this.#projection.formulaAt(line, period);
  }

  /** Whether the open scenario itself, not one that it builds on, says something about this cell. */
  isChanged(line: string, period: number): boolean {
    const overlay = this.overlay(line);
    return overlay !== null && saysSomething(overlay, period, this.plan.periods);
  }

  /** What the open scenario itself says about a line; null for nothing. */
  overlay(line: string): LineOverlay | null {
    return this.isOwn(this.scenario.id) ? lineOverlay(this.scenario, line) : null;
  }

  /** Where every target stands: by the projection, and at risk also where chance leaves it open. */
  readonly targets: readonly TargetResult[] = $derived.by(() =>
    this.uncertainty.judge(this.#projection.targets),
  );

  /** The distribution of a driver in the open scenario, the nearest that is said; undefined where it has none. */
  distributionOf(line: string): DistributionInUse | undefined {
    const layers = layersOf(this.scenario, this.scenarios);
    return findDistribution(this.plan, line, layers, (period) => this.rule(line, period));
  }

  /** Where what the open scenario is stacked from says different things, and where a value hides an actual. */
  readonly conflicts: readonly Conflict[] = $derived.by(() =>
    findConflicts(this.plan, this.scenario, this.scenarios),
  );

  // what a person does

  /** Opens another scenario. */
  openScenario(id: string): void {
    this.#book.turnTo(id);
  }

  /**
   * Begins a scenario of one's own on top of another (default: the open one), with others laid between them (nearest first), and opens it. Gives
   * what is wrong where it would build on itself or on nothing.
   */
  addScenario(
    basedOn?: string,
    name?: Localized,
    stack?: readonly string[],
  ): Problem<PlanProblemCode> | undefined {
    return this.#book.add(basedOn, name, stack);
  }

  /** Begins a scenario that says the same as another and opens it. A copy of the plan's own builds on the original. */
  duplicateScenario(id: string, name?: Localized): void {
    this.#book.duplicate(id, name);
  }

  /** Gives a scenario of one's own another name and note; without a note it has none. */
  renameScenario(id: string, name: Localized, note?: Localized): void {
    this.#book.rename(id, name, note);
  }

  /** Deletes a scenario of one's own; those that build on it build on its base instead, stacks lose it. */
  removeScenario(id: string): void {
    this.#book.remove(id);
  }

  /** Moves a scenario of one's own to another place among them, from 0; beyond the ends is the end. */
  moveScenario(id: string, toIndex: number): void {
    this.#book.move(id, toIndex);
  }

  /** Lays scenarios between the open one and its base, nearest first; refuses a circle and what is not there. */
  setStack(ids: readonly string[]): Problem<PlanProblemCode> | undefined {
    return this.#book.stack(ids);
  }

  /** Puts a scenario of one's own on another base; refuses a circle and what is not there. */
  rebase(id: string, basedOn: string): Problem<PlanProblemCode> | undefined {
    return this.#book.rebase(id, basedOn);
  }

  /** Takes back all that a scenario of one's own says; its name, note, base and stack stay. */
  resetAll(id: string = this.scenario.id): void {
    this.#book.empty(id);
  }

  select(line: string, period: number): void {
    if (this.#selection?.line === line && this.#selection.period === period) return;
    this.#selection = { line, period };
    this.#keepView();
  }

  fold(section: string, isFolded: boolean): void {
    const next = new Set(this.#folded);
    if (isFolded) next.add(section);
    else next.delete(section);
    this.#folded = next;
    this.#keepView();
  }

  /** What a formula may refer to when it is typed in a cell. */
  formulaContext(period?: number, sheet?: Sheet): FormulaContext {
    return { names: this.engine.names, periods: this.plan.periods, sheet, here: period };
  }

  /**
   * Takes what was typed or pasted into cells, as one gesture: a number overrides, `=…` sets the line's formula in this
   * scenario, a distribution is the driver's, nothing restores. When any entry is refused nothing is changed.
   */
  enter(cells: readonly TypedCell[], sheet?: Sheet): readonly RefusedCell[] {
    this.cancelLever();
    const understood = understandCells(cells, {
      periods: this.plan.periods,
      lineOf: (line) => this.line(line),
      unitOf: (line) => this.engine.unitOf(line),
      contextAt: (period) => this.formulaContext(period, sheet),
      overlayOf: (line) => this.overlay(line),
    });
    if (!understood.ok) return understood.refused;
    const { overlays, pairs } = understood;
    this.#book.edit((one) => [...patchesOf(overlays, one), ...correlated(one, pairs)]);
    return [];
  }

  /** Sets a line's formula in this scenario from the formula bar; an empty text gives the inherited one back. */
  enterFormula(
    line: string,
    text: string,
    period?: number,
    sheet?: Sheet,
  ): Problem<FormulaProblemCode> | undefined {
    if (text.trim() === '') {
      this.#editLine(line, withoutFormula);
      return undefined;
    }
    const entry = readFormulaEntry(text, this.formulaContext(period, sheet));
    if (entry.kind === 'refused') return entry.problem as Problem<FormulaProblemCode>;
    if (entry.kind === 'formula') this.#editLine(line, (overlay) => withFormula(overlay, line, entry.text));
    return undefined;
  }

  /** Sets a driver's level in all forecast periods. While `isDragging` values follow, and nothing is kept yet. */
  moveLever(line: string, level: number, isDragging = false): void {
    this.#editLine(line, (one) => withLevel(one, line, level, this.plan.periods), { isTrial: isDragging });
  }

  /** Moves several drivers as one gesture. */
  moveLevers(moves: readonly LeverMove[]): void {
    this.#book.edit((one) => patchesOf(withMoves(moves, one, this.plan.periods), one));
  }

  /** Whether a lever is being moved and nothing of it is kept yet. */
  get isMovingLever(): boolean {
    return this.#book.isTrying;
  }

  /** Leaves a movement of a lever: everything is as it was before it, and nothing is kept. */
  cancelLever(): void {
    this.#book.leave();
  }

  /**
   * Sets, adds to, multiplies or grows a line over a span (default: after the base). It replaces the same kind of change
   * over the same span; a later change works on what earlier ones give. Unit: of the line, a percent as its fraction.
   */
  changeSpan(line: string, change: SpanChange): void {
    this.#editLine(line, (overlay) => withChange(overlay, line, change, this.plan.periods));
  }

  /** Takes away one change of the open scenario, by its place in `overlay(line).changes`. */
  removeChange(line: string, index: number): void {
    this.#editLine(line, (overlay) => withoutChange(overlay, index));
  }

  /** Enters what was observed in a period, before or after the base; null takes it away. */
  enterActual(line: string, period: number, value: number | null): void {
    this.#editLine(line, (overlay) => withActual(overlay, period, value));
  }

  /**
   * Sets what a driver may be worth after the base and, in the same gesture, with what it moves together; null takes the
   * scenario's word about it back. Gives what is wrong where the line is no driver.
   */
  setDistribution(
    line: string,
    distribution: Distribution | null,
    movesWith: readonly MovesWith[] = [],
  ): Problem<EntryProblemCode> | undefined {
    const fault = checkDistribution(line, movesWith, (id) => this.line(id));
    const pairs = movesWith.map(({ line: other, rank }): DriverPair => ({ lines: [line, other], rank }));
    if (!fault)
      this.#editLine(line, (one) => withDistribution(one, distribution, this.plan.periods), { pairs });
    return fault;
  }

  /** Lets two drivers move together with a rank correlation; null takes the scenario's word about the pair back. */
  setCorrelation(lineA: string, lineB: string, rank: number | null): Problem<EntryProblemCode> | undefined {
    const fault = checkDistribution(lineA, [{ line: lineB, rank: rank ?? 0 }], (id) => this.line(id));
    if (!fault) this.#book.edit((one) => correlated(one, [{ lines: [lineA, lineB], rank }]));
    return fault;
  }

  /** Gives one cell back what it inherits; what the scenario says about the periods beside it stays. */
  resetCell(line: string, period: number): void {
    const isObserved = (one: number) => this.rule(line, one)?.base.kind === 'actual';
    this.#editLine(line, (overlay) => withoutCell(overlay, period, this.plan.periods, isObserved));
  }

  /** Gives a line back what it inherits: values, changes, actuals, formula, distribution. */
  resetLine(line: string): void {
    this.#editLine(line, () => null);
  }

  get canUndo(): boolean {
    return this.#book.history.done.length > 0;
  }

  get canRedo(): boolean {
    return this.#book.history.undone.length > 0;
  }

  undo(): void {
    this.#book.undo();
  }

  redo(): void {
    this.#book.redo();
  }

  /** Changes what the open scenario says about a line, and pairs of drivers with it; a trial is not kept. */
  #editLine(
    line: string,
    change: (overlay: LineOverlay | null) => LineOverlay | null,
    { pairs = [], isTrial = false }: { pairs?: readonly DriverPair[]; isTrial?: boolean } = {},
  ): void {
    const patchesIn = (one: Scenario) => [
      ...patchesOf(new Map([[line, change(lineOverlay(one, line))]]), one),
      ...correlated(one, pairs),
    ];
    if (isTrial) this.#book.attempt(patchesIn);
    else this.#book.edit(patchesIn);
  }

  #keepView(): void {
    const { store } = this.#parts;
    store
      .keepView(this.plan.id, {
        scenario: this.scenario.id,
        ...(this.#selection && { line: this.#selection.line, period: this.#selection.period }),
        foldedSections: [...this.#folded],
      })
      // what was looked at is a convenience: the work itself has its own sign, so only that sign is given
      .catch((thrown: unknown) => this.autosave.noteProblem(thrown));
  }
}
