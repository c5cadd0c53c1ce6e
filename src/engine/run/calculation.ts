/**
 * The values of one scenario, kept up to date: after an edit only lines that can have changed are calculated again, from
 * their first stale period on, and a line whose values stayed the same passes nothing on.
 */
import { MISSING, isFailure, isMissing, placedAt, type Value } from '#quantity';
import { atOnce, countPeriods, type Line, type Plan, type Scenario, type Turns } from '#plan';
import type { FormulaContext } from '#formula';
import { Agenda } from './agenda.ts';
import { CELL_BYTES, CellStore, type Extent } from './cell-store.ts';
import type { CompiledLines } from './compiled-lines.ts';
import type { Compiled, Compiler } from '../code/compile.ts';
import { isSameDependency, type Dependency } from '../code/instruction.ts';
import { runKnot, type KnotCells } from './knot.ts';
import { LineRunner } from './line-runner.ts';
import { calculate, evaluate, type Reader } from './reference.ts';
import {
  firstDifference,
  isSaidAlike,
  resolveLine,
  ruleAt,
  type LineRules,
  type Rule,
} from '../resolve/resolve.ts';
import { spansOf, type RuleSpan } from '../resolve/rule-spans.ts';
import { buildSchedule, type Cell, type Step } from '../order/schedule.ts';

/** What a revision did. */
export interface Revision {
  /** Ids of the lines in which a value changed, in the order of calculation. */
  readonly changed: readonly string[];
  /** Cells that were evaluated. */
  readonly evaluated: number;
}

const OWN_PAST: Dependency['first'] = { kind: 'lag', by: -1 };

/** The calculation of one scenario. */
export class Calculation {
  readonly #plan: Plan;
  readonly #compiler: Compiler;
  readonly #periods: number;
  #layers: readonly Scenario[];
  readonly #rules: LineRules[];
  readonly #cells: CellStore;
  /** For each line, periods that are decided alike. */
  readonly #spans: (readonly RuleSpan[])[];
  /** Lines compiled to run on the cells; without them the reference evaluator does it all. */
  #runner: LineRunner | undefined;
  #lines: CompiledLines | undefined;
  #agenda: Agenda;
  /** What each line read when the order was found. */
  #reads: readonly (readonly Dependency[])[] = [];
  readonly #reader: Reader;
  readonly #knots: KnotCells;

  /** Calculates all of a plan; with `lines` by compiled lines from the start. */
  static of(plan: Plan, compiler: Compiler, layers: readonly Scenario[], lines?: CompiledLines): Calculation {
    return atOnce(Calculation.begin(plan, compiler, layers, lines));
  }

  /** The same in turns. */
  static *begin(
    plan: Plan,
    compiler: Compiler,
    layers: readonly Scenario[],
    lines?: CompiledLines,
  ): Turns<Calculation> {
    const rules: LineRules[] = [];
    const periods = countPeriods(plan.periods);
    const spans: (readonly RuleSpan[])[] = [];
    for (const line of plan.lines) {
      const own = resolveLine(line, plan.periods, layers);
      rules.push(own);
      spans.push(spansOf(own, periods, (text) => compiler.compile(line.id, text)));
      yield;
    }
    const calculation = new Calculation(plan, compiler, layers, { rules, spans });
    yield;
    if (lines) calculation.runWith(lines);
    yield;
    yield* calculation.#calculateAll();
    return calculation;
  }

  private constructor(
    plan: Plan,
    compiler: Compiler,
    layers: readonly Scenario[],
    resolved: { readonly rules: LineRules[]; readonly spans: (readonly RuleSpan[])[] },
  ) {
    this.#plan = plan;
    this.#compiler = compiler;
    this.#periods = countPeriods(plan.periods);
    this.#layers = layers;
    this.#rules = resolved.rules;
    this.#spans = resolved.spans;
    const cells = new CellStore(compiler.layout);
    this.#cells = cells;
    this.#reader = {
      read: (line, index) => cells.read(line, index),
      periodAt: (index) => plan.periods.first + index,
    };
    this.#knots = {
      ...this.#reader,
      iteration: plan.iteration,
      periods: this.#periods,
      idOf: (line) => this.#idOf(line),
      series: (line) => cells.series(line),
      write: (line, index, value) => void cells.write(line, index, value),
      valueOf: (cell) => this.#valueOf(cell),
      dependenciesOf: ({ line, index }) => this.#readsOfSpan(line, this.#spanAt(line, index)),
    };
    this.#agenda = this.#arranged();
  }

  /** Goes on with compiled lines; what has been calculated stays. */
  runWith(lines: CompiledLines): void {
    this.#lines = lines;
    const known = this.#spans.flatMap((spans, line) =>
      spans.flatMap(({ code }) => (code ? [{ line, code }] : [])),
    );
    this.#runner = new LineRunner(lines, known, this.#cells, this.#agenda);
    this.#setTails();
  }

  /** The values of a line, first period to last. The array is replaced, never changed, when a value changes. */
  series(line: string): readonly Value[] {
    return this.#cells.series(this.#compiler.numberOf(line));
  }

  /** The numbers of a line, first period to last, for as long as nothing is calculated; NaN where a value is no number. */
  row(line: string): Float64Array {
    return this.#cells.row(this.#compiler.numberOf(line));
  }

  /** The least and the greatest number of a line; undefined where it has none. */
  extent(line: string): Extent | undefined {
    return this.#cells.extent(this.#compiler.numberOf(line));
  }

  /** The value of a line in a period; missing outside of the plan's periods. */
  value(line: string, period: number): Value {
    return this.#cells.read(this.#compiler.numberOf(line), period - this.#plan.periods.first);
  }

  /** The steps in which all lines are calculated, in their order. */
  get steps(): readonly Step[] {
    return this.#agenda.steps;
  }

  /** How a cell comes to its value. */
  rule(line: string, period: number): Rule | undefined {
    const index = period - this.#plan.periods.first;
    const rules = this.#rules[this.#compiler.numberOf(line)];
    return rules && index >= 0 && index < this.#periods ? ruleAt(rules, index) : undefined;
  }

  /** The formula that calculates a cell, compiled; undefined where no formula decides it. */
  formulaAt(line: string, period: number): Compiled | undefined {
    const rule = this.rule(line, period);
    return rule?.base.kind === 'formula' ? this.#compiler.compile(line, rule.base.text) : undefined;
  }

  /** Evaluates a formula that belongs to no line in one period. */
  evaluate(text: string, period: number, context: FormulaContext): { value: Value; compiled: Compiled } {
    const compiled = this.#compiler.compileAlone(text, context);
    const index = period - this.#plan.periods.first;
    const value = compiled.code ? evaluate(compiled.code, index, this.#reader) : (compiled.fault ?? MISSING);
    return { value, compiled };
  }

  /** The scenario and its bases as they were calculated last, nearest first. */
  get layers(): readonly Scenario[] {
    return this.#layers;
  }

  /** Takes other layers and recalculates what they can reach. */
  revise(layers: readonly Scenario[]): Revision {
    const touched: { readonly line: number; readonly from: number }[] = [];
    let isRearranged = false;
    for (const number of touchedLines(this.#layers, layers, this.#compiler)) {
      const line = this.#plan.lines[number] as Line;
      if (isSaidAlike(line.id, this.#layers, layers)) continue;
      const before = this.#rules[number] as LineRules;
      const after = resolveLine(line, this.#plan.periods, layers);
      const from = firstDifference(before, after);
      this.#rules[number] = after;
      if (from === -1) continue;
      this.#spans[number] = this.#spansOf(line.id, number);
      touched.push({ line: number, from });
      isRearranged ||= !this.#isArrangedFor(number);
    }
    this.#layers = layers;
    if (isRearranged) this.#arrange();
    for (const { line, from } of touched) {
      this.#agenda.mark(line, from);
      this.#setTail(line);
    }
    if (this.#runner?.isFull) this.runWith(this.#lines as CompiledLines);
    return this.#recalculate();
  }

  #idOf(line: number): string {
    return this.#plan.lines[line]?.id ?? '';
  }

  /** Finds a new order for the rules as they have become. */
  #arrange(): void {
    const before = this.#agenda.steps;
    this.#agenda = this.#arranged();
    if (this.#runner?.take(this.#agenda)) this.#setTails();
    else if (this.#lines) this.runWith(this.#lines);
    // what a cycle was is told by its shape, not by its inputs: lines that enter or leave one are looked at again
    for (const step of [...before, ...this.#agenda.steps])
      if (step.kind === 'knot') for (const line of step.lines) this.#agenda.mark(line, 0);
  }

  /** Tells whether the order holds for what a line reads now: it may read less than when the order was found. */
  #isArrangedFor(line: number): boolean {
    const known = this.#reads[line] as readonly Dependency[];
    return (
      this.#agenda.isAlone(line) &&
      this.#readsOf(line).every((one) => known.some((other) => isSameDependency(one, other)))
    );
  }

  /** All that a line may read in any period. */
  #readsOf(line: number): readonly Dependency[] {
    const reads = (this.#spans[line] as readonly RuleSpan[]).map((span) => this.#readsOfSpan(line, span));
    const [first = [], ...others] = reads.filter((one) => one.length > 0);
    return others.length === 0 ? first : [...first, ...others.flat()];
  }

  #readsOfSpan(line: number, { rule, compiled }: RuleSpan): readonly Dependency[] {
    const reads = compiled?.code?.dependencies ?? [];
    return grows(rule) ? [{ line, first: OWN_PAST, last: OWN_PAST }, ...reads] : reads;
  }

  #spanAt(line: number, index: number): RuleSpan {
    return (this.#spans[line] as readonly RuleSpan[]).find(({ end }) => index < end) as RuleSpan;
  }

  /** The order of calculation for the rules as they are now; nothing in it is stale. */
  #arranged(): Agenda {
    const dependencies = this.#spans.map((_, line) => this.#readsOf(line));
    this.#reads = dependencies;
    const steps = buildSchedule({
      lines: dependencies.length,
      periods: this.#periods,
      dependenciesOf: (line) => dependencies[line] ?? [],
      dependenciesAt: (line, index) => this.#readsOfSpan(line, this.#spanAt(line, index)),
    });
    return new Agenda({ steps, dependencies, periods: this.#periods });
  }

  /** Calculates what is stale and what that reaches. */
  #recalculate(): Revision {
    const agenda = this.#agenda;
    const compiled = this.#runner ?? agenda;
    agenda.begin();
    for (let place = compiled.walk(0); place !== -1; place = compiled.walk(place + 1)) this.#take(place);
    return revisionOf(agenda, (line) => this.#idOf(line));
  }

  /** Calculates every line, step by step. */
  *#calculateAll(): Turns<void> {
    const compiled = this.#runner ?? this.#agenda;
    this.#plan.lines.forEach((_, line) => {
      this.#agenda.mark(line, 0);
    });
    this.#agenda.begin();
    for (let place = compiled.walk(0); place !== -1; place = compiled.walk(place + 1)) {
      this.#take(place);
      yield;
    }
  }

  /** Calculates the step at a place, with what the compiled lines leave of it. */
  #take(place: number): void {
    const { step, from, changed } = this.#agenda.take(place);
    if (step.kind === 'line') {
      const later = this.#runSpans(step.line, from);
      this.#pass(step.line, changed ?? later);
    } else for (const [line, first] of runKnot(step, this.#knots)) this.#pass(line, first);
  }

  /** Tells that a line has changed from an index on; undefined: it has not. */
  #pass(line: number, changed: number | undefined): void {
    if (changed === undefined) return;
    this.#cells.touch(line);
    this.#agenda.pass(line, changed);
  }

  #setTails(): void {
    this.#spans.forEach((_, line) => {
      this.#setTail(line);
    });
  }

  #spansOf(id: string, line: number): readonly RuleSpan[] {
    return spansOf(this.#rules[line] as LineRules, this.#periods, (text) => this.#compiler.compile(id, text));
  }

  /** Tells the agenda where the compiled formula begins that decides a line to its end: what most of a revision is. */
  #setTail(line: number): void {
    const last = this.#spans[line]?.at(-1);
    const found = last?.code && this.#runner?.find({ line, code: last.code });
    this.#agenda.setTail(line, found && last && { start: last.start, ...found });
  }

  #runSpans(line: number, from: number): number | undefined {
    let first: number | undefined;
    for (const span of this.#spans[line] as readonly RuleSpan[]) {
      if (span.end <= from) continue;
      const changed = this.#runSpan(line, span, Math.max(from, span.start));
      first ??= changed;
    }
    return first;
  }

  #runSpan(line: number, span: RuleSpan, from: number): number | undefined {
    const { base, transforms } = span.rule;
    if (transforms.length === 0 && 'value' in base) return this.#cells.fill(line, from, span.end, base.value);
    const run = span.code && this.#runner?.find({ line, code: span.code });
    let first: number | undefined;
    for (let index = from; index < span.end; index += 1) {
      if (run) {
        index = run.call(index * CELL_BYTES, span.end * CELL_BYTES, run.row) / CELL_BYTES;
        const { changed } = this.#runner as LineRunner;
        if (changed < index) first ??= changed;
        if (index >= span.end) break;
      }
      if (this.#cells.write(line, index, this.#cell(line, index, span))) first ??= index;
    }
    return first;
  }

  #valueOf({ line, index }: Cell): Value {
    return this.#cell(line, index, this.#spanAt(line, index));
  }

  #cell(line: number, index: number, span: RuleSpan): Value {
    let value = this.#baseValue(index, span);
    for (const transform of span.rule.transforms) {
      if (isFailure(value)) break;
      if (transform.kind === 'growth')
        value = calculate('*', this.#reader.read(line, index - 1), 1 + transform.by);
      else if (!isMissing(value))
        value = calculate(transform.kind === 'add' ? '+' : '*', value, transform.by);
    }
    return isFailure(value) ? placedAt(value, this.#idOf(line), this.#reader.periodAt(index)) : value;
  }

  #baseValue(index: number, { rule: { base }, compiled }: RuleSpan): Value {
    if (base.kind === 'missing') return MISSING;
    if (base.kind !== 'formula') return base.value;
    return compiled?.code ? evaluate(compiled.code, index, this.#reader) : (compiled?.fault ?? MISSING);
  }
}

function revisionOf(agenda: Agenda, idOf: (line: number) => string): Revision {
  const { changed, evaluated } = agenda;
  let ids: readonly string[] | undefined;
  return {
    get changed() {
      return (ids ??= Array.from(changed, idOf));
    },
    evaluated,
  };
}

function grows({ transforms }: Rule): boolean {
  return transforms.some(({ kind }) => kind === 'growth');
}

/** The numbers of the lines about which layers may say something else than others did. */
function touchedLines(
  before: readonly Scenario[],
  after: readonly Scenario[],
  compiler: Compiler,
): ReadonlySet<number> {
  const lines = new Set<number>();
  // a layer that stands where it stood says what it said
  const isAsBefore = before.length === after.length && before.map((layer, place) => layer === after[place]);
  const isNew = (_: Scenario, place: number) => !isAsBefore || !isAsBefore[place];
  const add = (id: string) => {
    // a scenario may speak of a line that the plan no longer has
    if (compiler.hasLine(id)) lines.add(compiler.numberOf(id));
  };
  for (const { values, actuals, changes } of [...before.filter(isNew), ...after.filter(isNew)]) {
    for (const id in values) add(id);
    for (const id in actuals) add(id);
    if (changes) for (const { line } of changes) add(line);
  }
  return lines;
}
