/** A change that is being written: what it does, over which periods, and the course that would come of it. */
import { MISSING, problem, type Problem, type Value } from '#quantity';
import { lineOverlay, withLineOverlay, type Line, type LineOverlay, type Scenario } from '#plan';
import { readFormulaEntry, type EntryProblemCode } from './cell-entry.ts';
import { withActual, withChange } from './overlay-edits.ts';
import type { PlanSession } from './plan-session.svelte.ts';
import { readSpanEntry } from './span-entry.ts';
import type { StatementKind } from './statements.ts';

/** What a change that is written by hand may do. */
export type DraftKind = Exclude<StatementKind, 'distribution'>;

/** one: a single period · part: from one to another · ahead: all periods after the base. */
export type DraftSpan = 'one' | 'part' | 'ahead';

/** Where a draft begins: the selected cells of a line. */
export interface DraftPlace {
  readonly line: string;
  readonly from: number;
  readonly to: number;
}

/** A period of the line as it is, and as it would be. */
export interface DraftPoint {
  readonly period: number;
  readonly before: Value;
  readonly after: Value;
}

/** What is wrong with a draft. */
export type DraftProblemCode = EntryProblemCode | 'draft_span_turned';

/** What an entry of the draft means. */
type Entry =
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'formula'; readonly text: string }
  | { readonly kind: 'refused'; readonly problem: Problem<DraftProblemCode> };

/** A change that is written and not made yet. */
export class SpanDraft {
  readonly line: Line;
  readonly #session: PlanSession;
  kind = $state<DraftKind>('set');
  text = $state('');
  span = $state<DraftSpan>('one');
  from = $state(0);
  to = $state(0);

  /** Begins a draft of a kind at the selected cells. A growth goes on to the last period; several cells are the span. */
  constructor(session: PlanSession, place: DraftPlace, kind: DraftKind) {
    const line = session.line(place.line);
    if (!line) throw new Error(`no line ${place.line} to change`);
    this.#session = session;
    this.line = line;
    this.from = place.from;
    this.to = place.to;
    this.span = place.to > place.from ? 'part' : 'one';
    this.choose(kind);
  }

  /** Chooses what the change does; where it makes no sense for the span, the span follows. */
  choose(kind: DraftKind): void {
    const { last } = this.#session.plan.periods;
    this.kind = kind;
    if (kind === 'actual') this.span = 'one';
    if (kind === 'formula' && this.span === 'one') this.span = 'ahead';
    if (kind === 'growth' && this.span === 'one' && this.from < last) {
      this.span = 'part';
      this.to = last;
    }
  }

  /** The spans that this kind of change may have. */
  get spans(): readonly DraftSpan[] {
    return this.kind === 'actual' ? ['one'] : ['one', 'part', 'ahead'];
  }

  /** The first and last period that the change touches. */
  get bounds(): { readonly from: number; readonly to: number } {
    const { base, last } = this.#session.plan.periods;
    if (this.span === 'ahead') return { from: Math.min(base + 1, last), to: last };
    return { from: this.from, to: this.span === 'one' ? this.from : this.to };
  }

  readonly #entry: Entry | undefined = $derived.by(() => {
    const { text, kind, bounds } = this;
    const session = this.#session;
    if (bounds.to < bounds.from) {
      const turned = { from: String(bounds.from), to: String(bounds.to) };
      return { kind: 'refused', problem: problem('draft_span_turned', {}, turned) };
    }
    if (text.trim() === '') return undefined;
    if (kind === 'formula') {
      const read = readFormulaEntry(text.trim(), session.formulaContext(bounds.from));
      if (read.kind === 'refused') return read;
      return read.kind === 'formula' ? read : undefined;
    }
    const unit = session.engine.unitOf(this.line.id);
    const number = readSpanEntry(text, kind === 'actual' ? 'set' : kind, unit);
    return typeof number === 'number' ? { kind: 'number', number } : { kind: 'refused', problem: number };
  });

  /** What is wrong; undefined while nothing is, or nothing is written. */
  get problem(): Problem<DraftProblemCode> | undefined {
    return this.#entry?.kind === 'refused' ? this.#entry.problem : undefined;
  }

  /** Whether there is something to do. */
  get isComplete(): boolean {
    return this.#entry !== undefined && this.#entry.kind !== 'refused';
  }

  /** The course after the base, and in every period that the change touches: as it is, and as it would be. */
  readonly points: readonly DraftPoint[] = $derived.by(() => {
    const session = this.#session;
    const { id } = this.line;
    void session.recalculations;
    const { base } = session.plan.periods;
    const first = Math.min(base, this.bounds.from);
    const trial = this.isComplete ? session.calculate(this.#trial()) : undefined;
    return session.periods
      .filter((period) => period >= first)
      .map((period) => {
        const before = session.value(id, period) ?? MISSING;
        return { period, before, after: trial ? trial.value(id, period) : before };
      });
  });

  /** Makes the change, as one gesture. Tells whether it was made. */
  apply(): boolean {
    const entry = this.#entry;
    const session = this.#session;
    const { id } = this.line;
    if (!entry || entry.kind === 'refused') return false;
    const { from, to } = this.bounds;
    const span = this.span === 'ahead' ? {} : { from, to };
    if (entry.kind === 'formula') session.changeSpan(id, { ...span, formula: entry.text });
    else if (this.kind === 'actual') session.enterActual(id, from, entry.number);
    else session.changeSpan(id, { ...span, ...this.#effect(entry.number) });
    return true;
  }

  #effect(number: number) {
    if (this.kind === 'add') return { add: number };
    if (this.kind === 'scale') return { scale: number };
    return this.kind === 'growth' ? { growth: number } : { set: number };
  }

  /** The open scenario as the change would make it. */
  #trial(): Scenario {
    const session = this.#session;
    const { scenario } = session;
    const before = lineOverlay(scenario, this.line.id);
    if (session.isOwn(scenario.id)) return withLineOverlay(scenario, this.line.id, this.#changed(before));
    const head = { id: 'draft:trial', name: scenario.name, basedOn: scenario.id };
    return withLineOverlay(head, this.line.id, this.#changed(null));
  }

  #changed(overlay: LineOverlay | null): LineOverlay | null {
    const entry = this.#entry;
    const { id } = this.line;
    const { from, to } = this.bounds;
    if (!entry || entry.kind === 'refused') return overlay;
    if (this.kind === 'actual' && entry.kind === 'number') return withActual(overlay, from, entry.number);
    const span = this.span === 'ahead' ? {} : { from, to };
    const effect = entry.kind === 'formula' ? { formula: entry.text } : this.#effect(entry.number);
    return withChange(overlay, id, { ...span, ...effect }, this.#session.plan.periods);
  }
}
