/**
 * What is open of a plan and what it is worth: the compiled plan, its scenarios, values, selection. What a person does with
 * it is in `PlanSession`.
 */
import { MISSING, type Value } from '#quantity';
import {
  atOnce,
  lineOverlay,
  linesById,
  listPeriods,
  type Line,
  type LineOverlay,
  type Plan,
  type Scenario,
} from '#plan';
import {
  findConflicts,
  layersOf,
  type Calculation,
  type Compiled,
  type CompiledLines,
  type Conflict,
  type Engine,
  type Explained,
  type Extent,
  type Rule,
} from '#engine';
import { findDistribution, type DistributionInUse } from '#analysis';
import { Autosave, type SaveCare, type SavedPlan } from './autosave.svelte.ts';
import { findBearings, type Bearings } from './bearings.ts';
import { OtherTabs } from './other-tabs.svelte.ts';
import { saysSomething } from './overlay-edits.ts';
import { Projection } from './projection.svelte.ts';
import type { FormerScenarios } from './book-parts.ts';
import { ScenarioBook } from './scenario-book.svelte.ts';
import type { SessionParts } from './session-parts.ts';

/** A compiled plan with what is looked up in it all the time. */
interface Model {
  readonly engine: Engine;
  readonly periods: readonly number[];
  readonly lines: ReadonlyMap<string, Line>;
}

function modelOf(engine: Engine): Model {
  const { plan } = engine;
  return {
    engine,
    periods: listPeriods(plan.periods),
    lines: linesById(plan),
  };
}

/** An open plan. */
export class OpenPlan {
  readonly autosave: Autosave;
  /** What other tabs with this plan have done, as far as a person is told of it. */
  readonly tabs: OtherTabs;
  protected readonly parts: SessionParts;
  protected readonly book: ScenarioBook;
  #model: Model;
  #selection = $state.raw<{ line: string; period: number } | undefined>(undefined);
  #folded = $state.raw<ReadonlySet<string>>(new Set());
  readonly #projection: Projection;

  constructor(parts: SessionParts) {
    this.parts = parts;
    this.#model = $state.raw(modelOf(parts.engine));
    const { plan } = parts.engine;
    const { view } = parts.kept;
    this.book = new ScenarioBook({
      plan,
      own: parts.kept.scenarios,
      history: parts.kept.history,
      open: view?.scenario,
      now: parts.now,
      scenarioWord: parts.scenarioWord,
      originMark: parts.originMark,
      keep: (made) => this.autosave.add(made),
      tell: (told) => this.tabs.tell(told),
      changed: (isPassing) => {
        this.#projection.attempt(() => this.#follow(isPassing));
        if (isPassing) return;
        this.#keepView();
        this.autosave.goOn();
      },
      followed: () => this.#projection.attempt(() => this.#follow(false)),
    });
    this.#folded = new Set(view?.foldedSections ?? []);
    if (view?.line !== undefined)
      this.#selection = { line: view.line, period: view.period ?? plan.periods.last };
    this.autosave = new Autosave(parts.store, this.#saved(), parts.kept, this.#saveCare());
    this.tabs = new OtherTabs(parts.channel, {
      plan: plan.id,
      hear: (revision) => this.autosave.hear(revision),
      take: (patches) => this.book.takeOther(patches),
    });
    this.#projection = new Projection(parts.engine, this.scenario, this.scenarios, parts);
  }

  // what is open

  get analyst() {
    return this.parts.analyst;
  }

  /** Milliseconds since 1970. */
  get now() {
    return this.parts.now;
  }

  /** The compiled plan; another one after an edit of the plan itself. */
  get engine(): Engine {
    return this.#model.engine;
  }

  get plan() {
    return this.engine.plan;
  }

  /** Whether the plan itself is the person's own and can be edited. */
  get isOwnPlan(): boolean {
    return this.parts.kept.plan !== undefined;
  }

  get periods(): readonly number[] {
    return this.#model.periods;
  }

  /** The plan's scenarios and then the person's own. */
  get scenarios(): readonly Scenario[] {
    return this.book.all;
  }

  get scenario(): Scenario {
    return this.book.open;
  }

  /** What stood before the last edit that can be undone; undefined where there is none, or where it was one of the plan itself. */
  get former(): FormerScenarios | undefined {
    return this.book.former;
  }

  /** Whether a scenario is the person's own and can be changed, renamed and deleted. */
  isOwn(id: string): boolean {
    return this.book.isOwn(id);
  }

  /** The selected cell; undefined where its line is gone. */
  get selection() {
    const selected = this.#selection;
    return selected && this.line(selected.line) ? selected : undefined;
  }

  get foldedSections(): ReadonlySet<string> {
    return this.#folded;
  }

  line(id: string): Line | undefined {
    return this.#model.lines.get(id);
  }

  // what it is worth

  /** Whether the browser refuses to run compiled plans. */
  get isWithoutCompiler(): boolean {
    return this.#projection.isWithoutCompiler;
  }

  /** Rises with every recalculation; reading it makes a component look again. */
  get recalculations(): number {
    return this.#projection.recalculations;
  }

  /** The values of a line in the open scenario, first period to last. */
  series(line: string): readonly Value[] {
    return this.line(line) ? this.#projection.series(line) : [];
  }

  /** The least and the greatest number of a line in the open scenario; undefined where it has none. */
  extent(line: string): Extent | undefined {
    return this.line(line) && this.#projection.extent(line);
  }

  /** The value of a cell in the open scenario. */
  value(line: string, period: number): Value {
    return this.line(line) ? this.#projection.value(line, period) : MISSING;
  }

  /** What decides a cell: override, actual, figure, formula, nothing. */
  rule(line: string, period: number): Rule | undefined {
    return this.line(line) && this.#projection.rule(line, period);
  }

  /** The compiled formula that decides a cell. */
  formulaAt(line: string, period: number): Compiled | undefined {
    return this.line(line) && this.#projection.formulaAt(line, period);
  }

  /** The compiled lines of the engine; undefined until they are there. */
  get compiledLines(): CompiledLines | undefined {
    return this.#projection.lines;
  }

  /** Calculates a scenario beside the open one, as fast as that. */
  calculate(scenario: Scenario, scenarios: readonly Scenario[] = this.scenarios): Calculation {
    return this.engine.calculate(scenario, scenarios, this.compiledLines);
  }

  /** The same in turns, for a large plan; gives what calls it off. */
  calculateInTurns(
    scenario: Scenario,
    scenarios: readonly Scenario[],
    tell: (calculation: Calculation) => void,
  ): () => void {
    const { engine, compiledLines } = this;
    return this.parts.later(function* () {
      tell(yield* engine.calculateInTurns(scenario, scenarios, compiledLines));
    }, 0);
  }

  /** What an explanation of a cell is made from. */
  get explained(): Explained {
    return {
      plan: this.plan,
      calculation: this.#projection.calculation,
      layers: layersOf(this.scenario, this.scenarios),
    };
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

  /** The distribution of a driver in the open scenario, the nearest that is said; undefined where it has none. */
  distributionOf(line: string): DistributionInUse | undefined {
    const layers = layersOf(this.scenario, this.scenarios);
    return findDistribution(this.plan, line, layers, (period) => this.rule(line, period));
  }

  /** What is found of a plan once, whatever is done to its scenarios. */
  readonly #bearings: Bearings = $derived.by(() => {
    const { begun, engine } = this.parts;
    return begun && this.engine === engine
      ? begun.bearings
      : atOnce(findBearings(this.engine, this.#projection.lines));
  });

  /** Marks on the tracks of the levers, by driver. */
  get notches(): Bearings['notches'] {
    return this.#bearings.notches;
  }

  /** What the plan's own first scenario is worth; undefined where it has none. */
  get planned(): Bearings['planned'] {
    return this.#bearings.planned;
  }

  /** Where what the open scenario is stacked from says different things, and where a value hides an actual. */
  readonly conflicts: readonly Conflict[] = $derived.by(() =>
    findConflicts(this.plan, this.scenario, this.scenarios),
  );

  /** Whether the newest calculation failed: the numbers shown belong to what stood before it. */
  get isOutdated(): boolean {
    return this.#projection.isOutdated;
  }

  /** Ends what goes on beside the plan: it is not looked at any more. */
  leave(): void {
    this.tabs.leave();
    this.#projection.leave();
  }

  /** Calculates everything once more. */
  recalculate(): void {
    this.#projection.attempt(() => this.#follow(false));
  }

  /** The open scenario's targets as they are projected, before chance is asked. */
  protected get projectedTargets() {
    return this.#projection.targets;
  }

  // what is looked at

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

  /** The plan as its saving needs it. */
  #saved(): SavedPlan {
    return {
      id: this.plan.id,
      isOwn: this.isOwnPlan,
      start: this.parts.kept.start ?? [],
      work: () => this.book.work,
      isTrying: () => this.book.isTrying,
      follow: (work, told, others) => {
        this.book.follow(work, others);
        this.tabs.tell(told);
      },
      kept: (revision, told) => this.tabs.keptTo(revision, told),
    };
  }

  /** What else is done whenever something was kept. */
  #saveCare(): SaveCare | undefined {
    const { care, now } = this.parts;
    if (!care) return undefined;
    const kept = () =>
      care.kept({
        plan: this.plan.id,
        ...(this.isOwnPlan && { own: this.plan.title }),
        settled: () => this.autosave.settled,
      });
    return { kept, after: (ms, work) => care.after(ms, work), now };
  }

  /** Calculates what the plan and its scenarios are now. */
  #follow(isPassing: boolean): void {
    if (this.book.plan === this.plan) this.#projection.revise(this.scenario, this.scenarios, isPassing);
    else this.#compile(this.book.plan);
  }

  /** Takes the plan as it was edited. */
  #compile(plan: Plan): void {
    const before = this.plan;
    const engine = this.engine.edited(plan);
    this.#model = modelOf(engine);
    this.#projection.rebuild(engine, this.scenario, this.scenarios);
    const { id, title, place, periods } = plan;
    if (title === before.title && place === before.place && periods === before.periods) return;
    this.parts.store
      .keepCover({ id, title, place, periods })
      // home shows the former title then; the edit itself has its own sign
      .catch((thrown: unknown) => this.autosave.noteProblem(thrown));
  }

  #keepView(): void {
    const { store } = this.parts;
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
