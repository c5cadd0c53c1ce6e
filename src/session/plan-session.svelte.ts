/**
 * The open plan and what a person does with it. Components read its getters (`OpenPlan`) and call its verbs.
 *
 * The plan's own scenarios never change: the first edit of one begins a scenario of the person's own that builds on it.
 */
import type { Problem } from '#quantity';
import {
  asNames,
  lineOverlay,
  type Distribution,
  type LineOverlay,
  type Localized,
  type Patch,
  type PlanProblemCode,
  type Scenario,
} from '#plan';
import type { MovesWith, TargetResult } from '#analysis';
import type { FormulaContext, FormulaProblemCode, Sheet } from '#formula';
import type { BegunScenarios } from './begun-scenarios.ts';
import { readFormulaEntry, type EntryProblemCode } from './cell-entry.ts';
import { checkDistribution } from './distribution-entry.ts';
import { withMoves, type LeverMove } from './lever-moves.ts';
import { Model } from './model.svelte.ts';
import { OpenPlan } from './open-plan.svelte.ts';
import {
  withActual,
  withChange,
  withDistribution,
  withFormula,
  withLevel,
  withoutChange,
  withoutFormula,
  type SpanChange,
} from './overlay-edits.ts';
import type { TableLine } from './exchange-desk.ts';
import { withTable } from './incoming-table.ts';
import { correlated, patchesOf, type DriverPair } from './scenario-edits.ts';
import { freeNameFor } from './scenario-names.ts';
import { understandCells, type RefusedCell, type TypedCell } from './typed-cells.ts';
import { Uncertainty } from './uncertainty.svelte.ts';

/** The session of one plan. */
export class PlanSession extends OpenPlan {
  /** What is uncertain, and how likely the targets are with it. */
  readonly uncertainty = new Uncertainty(this);
  /** The plan itself, as far as it can be edited. */
  readonly model = new Model(this, {
    edit: (patches) => this.book.editPlan(patches),
    own: () => this.book.own,
  });

  /** Where every target stands: by the projection, and at risk also where chance leaves it open. */
  readonly targets: readonly TargetResult[] = $derived.by(() =>
    this.uncertainty.judge(this.projectedTargets),
  );

  override leave(): void {
    super.leave();
    this.uncertainty.leave();
  }

  /** Why the last gesture that was not done was not: another object each time; undefined where all were. */
  get refusal(): Problem<PlanProblemCode> | undefined {
    return this.book.refusal;
  }

  // what a person does

  /** Opens another scenario. */
  openScenario(id: string): void {
    this.book.turnTo(id);
  }

  /**
   * Begins a scenario of one's own on top of another (default: the open one), with others laid between them (nearest first), and opens it. Gives
   * what is wrong where it would build on itself or on nothing, or where there are as many as there may be.
   */
  addScenario(
    basedOn?: string,
    name?: Localized,
    stack?: readonly string[],
  ): Problem<PlanProblemCode> | undefined {
    return this.book.add(basedOn, name && asNames(name), stack);
  }

  /** Begins a scenario that says the same as another and opens it. A copy of the plan's own builds on the original. */
  duplicateScenario(id: string, name?: Localized): Problem<PlanProblemCode> | undefined {
    return this.book.duplicate(id, name && asNames(name));
  }

  /** What a scenario of one's own is called when it is given this name: the same, with a number where another has it. */
  freeScenarioName(id: string, name: Localized): Localized {
    return freeNameFor(id, asNames(name), this.scenarios);
  }

  /** Gives a scenario of one's own another name, numbered where it is taken, and note; without a note it has none. */
  renameScenario(id: string, name: Localized, note?: Localized): void {
    this.book.rename(id, asNames(name), note);
  }

  /** Deletes a scenario of one's own; those that build on it build on its base instead, stacks lose it. */
  removeScenario(id: string): void {
    this.book.remove(id);
  }

  /** Moves a scenario of one's own to another place among them, from 0; beyond the ends is the end. */
  moveScenario(id: string, toIndex: number): void {
    this.book.move(id, toIndex);
  }

  /** Lays scenarios between the open one and its base, nearest first; refuses a circle and what is not there. */
  setStack(ids: readonly string[]): Problem<PlanProblemCode> | undefined {
    return this.book.stack(ids);
  }

  /** Puts a scenario of one's own on another base; refuses a circle and what is not there. */
  rebase(id: string, basedOn: string): Problem<PlanProblemCode> | undefined {
    return this.book.rebase(id, basedOn);
  }

  /** Takes scenarios that came from elsewhere, as patches of one gesture, and opens one of them; gives why none is taken. */
  adopt(patches: readonly Patch[], open?: string): Problem<PlanProblemCode> | undefined {
    return this.book.adopt(patches, open);
  }

  /** Begins scenarios that came from elsewhere as one gesture, and opens one of them; gives why none is begun. */
  begin(begun: BegunScenarios, open?: string): Problem<PlanProblemCode> | undefined {
    return this.book.begin(begun, open);
  }

  /** Where named versions of the plan are kept, and what a new one is marked with. */
  get shelf() {
    const { store, now, originMark } = this.parts;
    return { store, plan: this.plan.id, now, mark: originMark };
  }

  /** Makes the plan and the scenarios another state of them, as one gesture; gives what would be wrong then, and does nothing where anything is. */
  takeState(patches: readonly Patch[]): readonly Problem<PlanProblemCode>[] {
    return this.book.editPlan(patches);
  }

  /** Takes numbers of a table into the open scenario as one gesture: what was observed, and the scenario's own values. */
  takeTable(lines: readonly TableLine[], observedUntil: number | undefined): void {
    this.book.edit((one) => patchesOf(withTable(lines, observedUntil, one), one));
  }

  /** Takes back all that a scenario of one's own says; its name, note, base and stack stay. */
  resetAll(id: string = this.scenario.id): void {
    this.book.empty(id);
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
      isObserved: (line, period) => this.rule(line, period)?.base.kind === 'actual',
    });
    if (!understood.ok) return understood.refused;
    const { overlays, pairs } = understood;
    this.book.edit((one) => [...patchesOf(overlays, one), ...correlated(one, pairs)]);
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
    this.book.edit((one) => patchesOf(withMoves(moves, one, this.plan.periods), one));
  }

  /** Whether a lever is being moved and nothing of it is kept yet. */
  get isMovingLever(): boolean {
    return this.book.isTrying;
  }

  /** Leaves a movement of a lever: everything is as it was before it, and nothing is kept. */
  cancelLever(): void {
    this.book.leave();
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
    if (!fault) this.book.edit((one) => correlated(one, [{ lines: [lineA, lineB], rank }]));
    return fault;
  }

  /** Gives a line back what it inherits: values, changes, actuals, formula, distribution. */
  resetLine(line: string): void {
    this.#editLine(line, () => null);
  }

  get canUndo(): boolean {
    return this.book.canUndo;
  }

  get canRedo(): boolean {
    return this.book.canRedo;
  }

  undo(): void {
    this.book.undo();
  }

  redo(): void {
    this.book.redo();
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
    if (isTrial) this.book.attempt(patchesIn);
    else this.book.edit(patchesIn);
  }
}
