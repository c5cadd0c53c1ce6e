/**
 * The open plan: scenarios, values, targets, selection, history. Components read its getters and call its verbs.
 *
 * The plan's own scenarios never change: the first edit of one begins a scenario of the person's own that builds on it.
 */
import type { Problem, Value } from '#quantity';
import {
  NO_HISTORY,
  applyPatches,
  lineOverlay,
  listPeriods,
  redoOf,
  undoOf,
  withGesture,
  type History,
  type Line,
  type LineOverlay,
  type Localized,
  type Patch,
  type Scenario,
  type ScenarioHead,
} from '#plan';
import type { Compiled, Engine, Rule } from '#engine';
import type { TargetResult } from '#analysis';
import type { FormulaContext, FormulaProblemCode, Sheet } from '#formula';
import { Autosave } from './autosave.svelte.ts';
import { readFormulaEntry } from './cell-entry.ts';
import { saysSomething, withFormula, withLevel, withoutFormula } from './overlay-edits.ts';
import { Projection } from './projection.svelte.ts';
import { copied, headOf, patchesOf, removed, renamed, scenarioOf } from './scenario-edits.ts';
import { nextScenario } from './scenario-names.ts';
import type { SessionParts } from './session-parts.ts';
import { understandCells, type RefusedCell, type TypedCell } from './typed-cells.ts';

/** The session of one plan. */
export class PlanSession {
  readonly engine: Engine;
  readonly periods: readonly number[];
  readonly autosave: Autosave;
  readonly #parts: SessionParts;
  readonly #lines: ReadonlyMap<string, Line>;
  #own = $state.raw<readonly Scenario[]>([]);
  #scenarioId = $state('plan');
  #history = $state.raw<History>(NO_HISTORY);
  #selection = $state.raw<{ line: string; period: number } | undefined>(undefined);
  #folded = $state.raw<ReadonlySet<string>>(new Set());
  readonly #projection: Projection;
  /** The scenario before a drag that is not finished yet, per line. */
  #drag = $state.raw<{ scenarios: readonly Scenario[]; scenarioId: string } | undefined>(undefined);

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.engine = parts.engine;
    const { plan } = parts.engine;
    this.periods = listPeriods(plan.periods);
    this.#lines = new Map(plan.lines.map((line) => [line.id, line]));
    this.#own = parts.kept.scenarios;
    this.#history = parts.kept.history;
    const { view } = parts.kept;
    const first = plan.scenarios[0];
    this.#scenarioId = this.scenarios.some((one) => one.id === view?.scenario)
      ? (view?.scenario ?? '')
      : (first?.id ?? '');
    this.#folded = new Set(view?.foldedSections ?? []);
    if (view?.line !== undefined && this.#lines.has(view.line)) {
      this.#selection = { line: view.line, period: view.period ?? plan.periods.last };
    }
    this.autosave = new Autosave(parts.store, plan.id, parts.kept, () => ({
      scenarios: this.#own,
      history: this.#history,
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
    return [...this.engine.plan.scenarios, ...this.#own];
  }

  get scenario(): Scenario {
    const found = this.scenarios.find((one) => one.id === this.#scenarioId) ?? this.scenarios[0];
    return found ?? { id: 'plan', name: { zh: '规划', en: 'Plan' } };
  }

  /** Whether a scenario is the person's own and can be changed, renamed and deleted. */
  isOwn(id: string): boolean {
    return this.#own.some((one) => one.id === id);
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

  get targets(): readonly TargetResult[] {
    return this.#projection.targets;
  }

  // what a person does

  /** Opens another scenario. */
  openScenario(id: string): void {
    this.cancelLever();
    if (id === this.#scenarioId || !this.scenarios.some((one) => one.id === id)) return;
    this.#scenarioId = id;
    this.#projection.revise(this.scenario, this.scenarios);
    this.#keepView();
  }

  /** Begins a scenario of one's own on top of another, and opens it. */
  addScenario(basedOn: string = this.scenario.id, name?: Localized): void {
    const head = this.#newHead(basedOn, name);
    this.#commit([{ kind: 'scenario', before: null, after: head }], head.id);
  }

  /** Begins a scenario that says the same as another and opens it. A copy of the plan's own builds on the original. */
  duplicateScenario(id: string, name?: Localized): void {
    const original = this.#own.find((one) => one.id === id);
    if (!original) {
      this.addScenario(id, name);
      return;
    }
    const next = nextScenario(this.scenarios, this.#parts.scenarioWord);
    const head = { ...headOf(original), id: next.id, name: name ?? next.name };
    this.#commit(copied(original, head), head.id);
  }

  renameScenario(id: string, name: Localized, note?: Localized): void {
    const before = this.#own.find((one) => one.id === id);
    if (!before) return;
    const patches = renamed(before, name, note);
    if (patches.length > 0) this.#commit(patches);
  }

  /** Deletes a scenario of one's own; those that build on it build on its base instead. */
  removeScenario(id: string): void {
    const gone = this.#own.find((one) => one.id === id);
    if (!gone) return;
    this.#commit(
      removed(gone, this.#own),
      this.#scenarioId === id ? (gone.basedOn ?? this.plan.scenarios[0]?.id) : undefined,
    );
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
   * scenario, nothing restores. When any entry is refused nothing is changed.
   */
  enter(cells: readonly TypedCell[], sheet?: Sheet): readonly RefusedCell[] {
    this.cancelLever();
    const understood = understandCells(cells, {
      periods: this.plan.periods,
      unitOf: (line) => this.engine.unitOf(line),
      contextAt: (period) => this.formulaContext(period, sheet),
      overlayOf: (line) => this.overlay(line),
    });
    if (!understood.ok) return understood.refused;
    this.#commitOverlays(understood.overlays);
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
      this.#commitOverlays(new Map([[line, withoutFormula(this.overlay(line))]]));
      return undefined;
    }
    const entry = readFormulaEntry(text, this.formulaContext(period, sheet));
    if (entry.kind === 'refused') return entry.problem as Problem<FormulaProblemCode>;
    if (entry.kind === 'formula')
      this.#commitOverlays(new Map([[line, withFormula(this.overlay(line), line, entry.text)]]));
    return undefined;
  }

  /** Sets a driver's level in all forecast periods. While `isDragging` values follow, and nothing is kept yet. */
  moveLever(line: string, level: number, isDragging = false): void {
    if (!isDragging) {
      this.#endDrag();
      this.#commitOverlays(new Map([[line, withLevel(this.overlay(line), line, level, this.plan.periods)]]));
      return;
    }
    this.#drag ??= { scenarios: this.#own, scenarioId: this.#scenarioId };
    const drag = this.#drag;
    this.#own = drag.scenarios;
    this.#scenarioId = drag.scenarioId;
    const { patches, open } = this.#patchesFor(
      new Map([[line, withLevel(this.overlay(line), line, level, this.plan.periods)]]),
    );
    this.#own = applyPatches(this.#own, patches);
    if (open !== undefined) this.#scenarioId = open;
    this.#projection.revise(this.scenario, this.scenarios, true);
  }

  /** Whether a lever is being moved and nothing of it is kept yet. */
  get isMovingLever(): boolean {
    return this.#drag !== undefined;
  }

  /** Leaves a movement of a lever: everything is as it was before it, and nothing is kept. */
  cancelLever(): void {
    if (!this.#drag) return;
    this.#endDrag();
    this.#projection.revise(this.scenario, this.scenarios);
  }

  /** Gives a line back what it inherits: values, level and formula. */
  resetLine(line: string): void {
    this.cancelLever();
    if (this.overlay(line)) this.#commitOverlays(new Map([[line, null]]));
  }

  get canUndo(): boolean {
    return this.#history.done.length > 0;
  }

  get canRedo(): boolean {
    return this.#history.undone.length > 0;
  }

  undo(): void {
    this.cancelLever();
    const step = undoOf(this.#history);
    if (!step) return;
    this.#history = step.history;
    this.#take(step.patches, scenarioOf(step.patches));
    this.autosave.add({ kind: 'undo', at: this.#parts.now() });
  }

  redo(): void {
    this.cancelLever();
    const step = redoOf(this.#history);
    if (!step) return;
    this.#history = step.history;
    this.#take(step.patches, scenarioOf(step.patches));
    this.autosave.add({ kind: 'redo', at: this.#parts.now() });
  }

  // how it is done

  /** Goes back to before a drag that was not finished. */
  #endDrag(): void {
    if (!this.#drag) return;
    this.#own = this.#drag.scenarios;
    this.#scenarioId = this.#drag.scenarioId;
    this.#drag = undefined;
  }

  #newHead(basedOn: string, name?: Localized): ScenarioHead {
    const next = nextScenario(this.scenarios, this.#parts.scenarioWord);
    return { id: next.id, name: name ?? next.name, basedOn };
  }

  /** The patches that give lines these overlays, in a new scenario when the open one is the plan's. */
  #patchesFor(overlays: ReadonlyMap<string, LineOverlay | null>): {
    patches: readonly Patch[];
    open?: string;
  } {
    if (this.isOwn(this.scenario.id)) return { patches: patchesOf(overlays, this.scenario) };
    const head = this.#newHead(this.scenario.id);
    const patches = patchesOf(overlays, head);
    return patches.length === 0
      ? { patches }
      : { patches: [{ kind: 'scenario', before: null, after: head }, ...patches], open: head.id };
  }

  #commitOverlays(overlays: ReadonlyMap<string, LineOverlay | null>): void {
    const { patches, open } = this.#patchesFor(overlays);
    this.#commit(patches, open);
  }

  /** Does a gesture: applies it, remembers it, keeps it. */
  #commit(patches: readonly Patch[], open?: string): void {
    if (patches.length === 0) {
      this.#projection.revise(this.scenario, this.scenarios);
      return;
    }
    this.#history = withGesture(this.#history, patches);
    this.#take(patches, open);
    this.autosave.add({ kind: 'edit', patches, at: this.#parts.now() });
  }

  #take(patches: readonly Patch[], open?: string): void {
    this.#own = applyPatches(this.#own, patches);
    if (open !== undefined) this.#scenarioId = open;
    if (!this.scenarios.some((one) => one.id === this.#scenarioId)) {
      const base = patches.find(
        (patch) => patch.kind === 'scenario' && patch.before?.id === this.#scenarioId,
      );
      const fallback = base?.kind === 'scenario' ? base.before?.basedOn : undefined;
      this.#scenarioId = this.scenarios.some((one) => one.id === fallback)
        ? (fallback ?? '')
        : (this.scenarios[0]?.id ?? '');
    }
    this.#projection.revise(this.scenario, this.scenarios);
    this.#keepView();
  }

  #keepView(): void {
    const { store } = this.#parts;
    store
      .keepView(this.plan.id, {
        scenario: this.#scenarioId,
        ...(this.#selection && { line: this.#selection.line, period: this.#selection.period }),
        foldedSections: [...this.#folded],
      })
      // what was looked at is a convenience: the work itself has its own sign, so only that sign is given
      .catch((thrown: unknown) => this.autosave.noteProblem(thrown));
  }
}
