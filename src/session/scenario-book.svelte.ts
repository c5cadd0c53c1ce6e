/**
 * The scenarios of an open plan: those that the plan ships, which never change, the person's own, which one is open, and
 * what was done to them; where the plan is the person's own, also the plan. Every edit is a gesture that can be undone.
 */
import type { Problem } from '#quantity';
import {
  applyPatches,
  applyPlanPatches,
  checkScenario,
  headOf,
  isPlanPatch,
  readPlan,
  type Localized,
  type Patch,
  type Plan,
  type PlanProblemCode,
  type Scenario,
  type ScenarioHead,
} from '#plan';
import type { BegunScenarios } from './begun-scenarios.ts';
import type { BookParts, FormerScenarios } from './book-parts.ts';
import {
  copied,
  emptied,
  fullWith,
  moved,
  rebased,
  removed,
  renamed,
  restacked,
  scenarioOf,
} from './scenario-edits.ts';
import { nextScenario, withFreeNames } from './scenario-names.ts';
import { scenarioToOpen } from './scenario-to-open.ts';
import {
  isNewestOwn,
  nextRedo,
  nextUndo,
  opened,
  perform,
  type Intent,
  undoing,
  type Others,
  type Work,
} from './work.ts';

/** The book of one plan's scenarios. */
export class ScenarioBook {
  readonly #parts: BookParts;
  #work: Work;
  /** The person's own scenarios, with an edit that is only tried. */
  #own = $state.raw<readonly Scenario[]>([]);
  #openId = $state('');
  #nextStep = 1;
  /** There as soon as another tab has gone on with the work. */
  #others: Others | undefined;
  /** Of the scenario that is begun next: the same for as long as beginning it is only tried. */
  #mark: string;
  /** What stood before an edit that is only tried. */
  #before = $state.raw<{ own: readonly Scenario[]; openId: string } | undefined>(undefined);
  #refusal = $state.raw<Problem<PlanProblemCode> | undefined>(undefined);

  constructor(parts: BookParts) {
    this.#parts = parts;
    this.#work = $state.raw(opened(parts.plan, parts.own, parts.history));
    this.#own = parts.own;
    this.#mark = parts.originMark();
    this.#openId = scenarioToOpen(this.all, parts.open).id;
  }

  get plan(): Plan {
    return this.#work.plan;
  }

  /** What the journal leads to, without an edit that is only tried. */
  get work(): Work {
    return this.#work;
  }

  get own(): readonly Scenario[] {
    return this.#own;
  }

  /** The plan's scenarios and then the person's own. */
  get all(): readonly Scenario[] {
    return [...this.plan.scenarios, ...this.#own];
  }

  get open(): Scenario {
    return scenarioToOpen(this.all, this.#openId);
  }

  /** Why the last gesture that was not done was not: another object each time; undefined where all were. */
  get refusal(): Problem<PlanProblemCode> | undefined {
    return this.#refusal;
  }

  get canUndo(): boolean {
    return nextUndo(this.#work) !== undefined;
  }

  get canRedo(): boolean {
    return nextRedo(this.#work) !== undefined;
  }

  /** Whether an edit is tried and not done yet. */
  get isTrying(): boolean {
    return this.#before !== undefined;
  }

  /** What stood before the last edit that can be undone; undefined where there is none, or where it was one of the plan itself. */
  get former(): FormerScenarios | undefined {
    const last = isNewestOwn(this.#work) ? this.#work.history.done.at(-1) : undefined;
    if (!this.#before && (!last || last.some(isPlanPatch))) return undefined;
    const own = this.#before?.own ?? applyPatches(this.#own, undoing(last ?? []));
    const scenarios = [...this.plan.scenarios, ...own];
    const idBefore = this.#before?.openId ?? this.#openId;
    const scenario = [idBefore, this.open.basedOn]
      .map((id) => scenarios.find((one) => one.id === id))
      .find((one) => one !== undefined);
    const edit = this.#before ?? last;
    return scenario && edit && { scenario, scenarios, edit, isTrial: this.#before !== undefined };
  }

  isOwn(id: string): boolean {
    return this.#own.some((one) => one.id === id);
  }

  /** Opens another scenario; tells whether one was opened. */
  turnTo(id: string): boolean {
    this.leave();
    if (id === this.#openId || !this.all.some((one) => one.id === id)) return false;
    this.#openId = id;
    this.#parts.changed(false);
    return true;
  }

  // whole scenarios

  add(
    basedOn?: string,
    name?: Localized,
    stack: readonly string[] = [],
  ): Problem<PlanProblemCode> | undefined {
    this.leave();
    const head = this.#newHead(basedOn ?? this.open.id, name);
    const [patch] = restacked(head, stack);
    const after = patch?.kind === 'scenario' && patch.after ? patch.after : head;
    const fault = this.#faultOf(after);
    if (fault) return fault;
    return this.#commit(withFreeNames([{ kind: 'scenario', before: null, after }], this.all), head.id);
  }

  duplicate(id: string, name?: Localized): Problem<PlanProblemCode> | undefined {
    this.leave();
    const original = this.#own.find((one) => one.id === id);
    if (!original) return this.add(id, name);
    const next = this.#next();
    const head = { ...headOf(original), id: next.id, name: name ?? next.name };
    return this.#commit(withFreeNames(copied(original, head), this.all), head.id);
  }

  rename(id: string, name: Localized, note?: Localized): void {
    this.#editOwn(id, (one) => withFreeNames(renamed(one, name, note), this.all));
  }

  remove(id: string): void {
    const fallback = this.plan.scenarios[0]?.id;
    const isOpen = this.#openId === id;
    this.#editOwn(
      id,
      (one) => removed(one, this.#own),
      isOpen ? (one) => one.basedOn ?? fallback : undefined,
    );
  }

  move(id: string, toIndex: number): void {
    this.#editOwn(id, () => moved(id, toIndex, this.#own));
  }

  empty(id: string): void {
    this.#editOwn(id, emptied);
  }

  rebase(id: string, basedOn: string): Problem<PlanProblemCode> | undefined {
    const one = this.#own.find((other) => other.id === id);
    const fault = one && this.#faultOf({ ...one, basedOn });
    if (!fault) this.#editOwn(id, (scenario) => rebased(scenario, basedOn));
    return fault;
  }

  stack(ids: readonly string[]): Problem<PlanProblemCode> | undefined {
    this.leave();
    // on one that the plan ships it would be a scenario on top of it
    const one = this.isOwn(this.open.id) ? this.open : this.#newHead(this.open.id);
    const fault = this.#faultOf({ ...one, stack: [...ids] });
    if (!fault) this.edit((scenario) => restacked(scenario, ids));
    return fault;
  }

  // the plan itself

  /** Edits the plan itself and scenarios with it as one gesture; where anything would be wrong then, gives that and does nothing. */
  editPlan(patches: readonly Patch[]): readonly Problem<PlanProblemCode>[] {
    this.leave();
    const plan = applyPlanPatches(this.plan, patches);
    const own = applyPatches(this.#own, patches);
    const read = readPlan({ ...plan, scenarios: [...plan.scenarios, ...own] });
    if (!read.ok) return read.problems;
    if (patches.length > 0) this.#commit(patches);
    return [];
  }

  /** Does a gesture that was made elsewhere, as an import does, and opens a scenario; gives why it is not done. */
  adopt(patches: readonly Patch[], open?: string): Problem<PlanProblemCode> | undefined {
    this.leave();
    const full = this.#commit(withFreeNames(patches, this.all), open);
    if (patches.length === 0 && open !== undefined) this.turnTo(open);
    return full;
  }

  /** Begins scenarios that came from elsewhere, all as one gesture, and opens a scenario; gives why none of them is begun. */
  begin({ patches, scenarios }: BegunScenarios, open?: string): Problem<PlanProblemCode> | undefined {
    this.leave();
    if (patches.length === 0) return this.adopt(patches, open);
    const here = new Set(this.all.map(({ id }) => id));
    const named = withFreeNames(patches, this.all);
    // what they come to is known, unless another has been given an id or a name of theirs meanwhile
    const isKnown = named === patches && !scenarios.some(({ id }) => here.has(id));
    return this.#commit(named, open, isKnown ? [...this.#own, ...scenarios] : undefined);
  }

  // what the open scenario says

  /** Edits the open scenario, or one that is begun on top of it where it is the plan's, as one gesture. */
  edit(patchesIn: (scenario: Scenario) => readonly Patch[]): void {
    this.#putBack();
    const { patches, open } = this.#begun(patchesIn);
    this.#commit(patches, open);
  }

  /** Does an edit in the place of the one that was tried before it; nothing of it is kept. */
  attempt(patchesIn: (scenario: Scenario) => readonly Patch[]): void {
    const before = this.#before ?? { own: this.#own, openId: this.#openId };
    this.#putBack();
    this.#before = before;
    const { patches, open } = this.#begun(patchesIn);
    this.#own = applyPatches(this.#own, patches);
    if (open !== undefined) this.#openId = open;
    this.#parts.changed(true);
  }

  /** Leaves an edit that was only tried: everything is as it was before it. */
  leave(): void {
    if (!this.#before) return;
    this.#putBack();
    this.#parts.changed(false);
  }

  undo(): void {
    this.leave();
    const step = nextUndo(this.#work);
    if (step) this.#do({ kind: 'undo', id: step.id, at: this.#parts.now() }, undoing(step.patches));
  }

  redo(): void {
    this.leave();
    const step = nextRedo(this.#work);
    if (step) this.#do({ kind: 'redo', id: step.id, at: this.#parts.now() }, step.patches);
  }

  // other tabs

  /** Takes the work as it is with what other tabs have done. Not while an edit is tried. */
  follow(work: Work, others: Others): void {
    const former = this.open;
    this.#others = others;
    this.#work = work;
    this.#own = work.own;
    this.#stayOpen(former.id, former.basedOn);
    this.#parts.followed();
  }

  /** Takes the other one of two edits that met; tells whether that can still be done. */
  takeOther(patches: readonly Patch[]): boolean {
    this.leave();
    const next = this.#others?.fitting(this.#work, patches);
    if (next) this.#commit(next, scenarioOf(next));
    return next !== undefined;
  }

  // how it is done

  #putBack(): void {
    if (!this.#before) return;
    this.#own = this.#before.own;
    this.#openId = this.#before.openId;
    this.#before = undefined;
  }

  #newHead(basedOn: string, name?: Localized): ScenarioHead {
    const next = this.#next();
    return { id: next.id, name: name ?? next.name, basedOn };
  }

  #next(): ReturnType<typeof nextScenario> {
    return nextScenario(this.all, this.#parts.scenarioWord, this.#mark);
  }

  /** What is wrong with what a scenario builds on, were it as it is given. */
  #faultOf(scenario: Scenario): Problem<PlanProblemCode> | undefined {
    const scenarios = [...this.all.filter((one) => one.id !== scenario.id), scenario];
    return checkScenario(headOf(scenario), { ...this.plan, scenarios }, scenario.id)[0];
  }

  #editOwn(
    id: string,
    patchesIn: (scenario: Scenario) => readonly Patch[],
    openAfter?: (scenario: Scenario) => string | undefined,
  ): void {
    this.leave();
    const one = this.#own.find((other) => other.id === id);
    if (one) this.#commit(patchesIn(one), openAfter?.(one));
  }

  #begun(patchesIn: (scenario: Scenario) => readonly Patch[]): { patches: readonly Patch[]; open?: string } {
    if (this.isOwn(this.open.id)) return { patches: patchesIn(this.open) };
    const head = this.#newHead(this.open.id);
    const patches = patchesIn(head);
    return patches.length === 0
      ? { patches }
      : { patches: [{ kind: 'scenario', before: null, after: head }, ...patches], open: head.id };
  }

  /**
   * Does a gesture: applies it, remembers it, keeps it. `own` is what the person's scenarios come to, where that is known. Gives why it is
   * not done.
   */
  #commit(
    patches: readonly Patch[],
    open?: string,
    own?: readonly Scenario[],
  ): Problem<PlanProblemCode> | undefined {
    const full = fullWith(patches, this.all.length);
    if (full || patches.length === 0) {
      if (full) this.#refusal = full;
      this.#parts.changed(false);
      return full;
    }
    if (patches.some((patch) => patch.kind === 'scenario' && patch.before === null))
      this.#mark = this.#parts.originMark();
    const id = this.#nextStep;
    this.#nextStep += 1;
    this.#do({ kind: 'edit', id, patches, at: this.#parts.now() }, patches, open, own);
    return undefined;
  }

  /** Does what is meant and shows it where it happens; what comes of it is kept. */
  #do(intent: Intent, patches: readonly Patch[], open?: string, own?: readonly Scenario[]): void {
    const before = this.#work;
    const performed = perform(before, intent, this.#others, own);
    this.#work = performed.work;
    this.#own = performed.work.own;
    const place = intent.kind === 'edit' ? open : scenarioOf(patches);
    if (place !== undefined) this.#openId = place;
    const gone = patches.find((patch) => patch.kind === 'scenario' && patch.before?.id === this.#openId);
    this.#stayOpen(this.#openId, gone?.kind === 'scenario' ? gone.before?.basedOn : undefined);
    this.#parts.changed(false);
    if (performed.entry) this.#parts.keep({ ...performed, intent, before });
    if (performed.told.length > 0) this.#parts.tell(performed.told);
  }

  /** Where a scenario is gone, the one that it was built on is opened, or the first. */
  #stayOpen(id: string, basedOn: string | undefined): void {
    const isThere = (one: string | undefined) => this.all.some((other) => other.id === one);
    if (!isThere(id)) this.#openId = isThere(basedOn) ? (basedOn ?? '') : (this.all[0]?.id ?? '');
  }
}
