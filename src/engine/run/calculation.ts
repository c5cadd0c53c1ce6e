/**
 * The values of one scenario, kept up to date: after an edit only lines that can have changed are calculated again, from
 * their first stale period on, and a line whose values stayed the same passes nothing on.
 */
import {
  MISSING,
  failure,
  isFailure,
  isMissing,
  isNumber,
  isSameValue,
  placedAt,
  type Value,
} from '#quantity';
import { countPeriods, type Line, type Plan, type Scenario } from '#plan';
import type { FormulaContext } from '#formula';
import { CELL_BYTES, CellStore } from './cell-store.ts';
import type { Compiled, Compiler } from '../code/compile.ts';
import { indexAt, type Dependency } from '../code/instruction.ts';
import { calculate, evaluate, type Reader } from './reference.ts';
import type { CompiledLines, LineFunction, LineRunner } from './line-runner.ts';
import { isSameRule, resolveLine, type Rule } from '../resolve/resolve.ts';
import { spansOf, type RuleSpan } from '../resolve/rule-spans.ts';
import { Readers } from '../order/readers.ts';
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
  #rules: (readonly Rule[])[];
  readonly #cells: CellStore;
  /** Lines compiled to run on the cells; without them the reference evaluator does it all. */
  #runner: LineRunner | undefined;
  #steps: Step[] = [];
  #readers = new Readers([]);
  /** For each line, periods that are decided alike. */
  readonly #spans: (readonly RuleSpan[])[];
  /** For each line the compiled formula that decides it to its end, and the index from which it does; else no index. */
  readonly #tailRuns: (LineFunction | undefined)[] = [];
  readonly #tailStarts: Int32Array;
  readonly #reader: Reader;

  constructor(plan: Plan, compiler: Compiler, layers: readonly Scenario[], lines?: CompiledLines) {
    this.#plan = plan;
    this.#compiler = compiler;
    this.#periods = countPeriods(plan.periods);
    this.#layers = layers;
    this.#rules = plan.lines.map((line) => resolveLine(line, plan.periods, layers));
    this.#spans = plan.lines.map((line, number) => this.#spansOf(line.id, number));
    this.#tailStarts = new Int32Array(plan.lines.length).fill(this.#periods);
    this.#cells = new CellStore(compiler.layout);
    this.#reader = {
      read: (line, index) => this.#cells.read(line, index),
      periodAt: (index) => plan.periods.first + index,
    };
    if (lines) this.runWith(lines);
    this.#arrange();
    this.#recalculate(new Int32Array(plan.lines.length));
  }

  /** Goes on with compiled lines; what has been calculated stays. */
  runWith(lines: CompiledLines): void {
    this.#runner = lines.runOn(this.#cells);
    this.#spans.forEach((_, line) => {
      this.#findTail(line);
    });
  }

  /** The values of a line, first period to last. The array is replaced, never changed, when a value changes. */
  series(line: string): readonly Value[] {
    return this.#cells.series(this.#compiler.numberOf(line));
  }

  /** The value of a line in a period; missing outside of the plan's periods. */
  value(line: string, period: number): Value {
    return this.#cells.read(this.#compiler.numberOf(line), period - this.#plan.periods.first);
  }

  /** The steps in which all lines are calculated, in their order. */
  get steps(): readonly Step[] {
    return this.#steps;
  }

  /** How a cell comes to its value. */
  rule(line: string, period: number): Rule | undefined {
    return this.#rules[this.#compiler.numberOf(line)]?.[period - this.#plan.periods.first];
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

  /** Takes other layers and recalculates what they can reach. */
  revise(layers: readonly Scenario[]): Revision {
    const stale = new Int32Array(this.#rules.length).fill(this.#periods);
    let isRearranged = false;
    for (const number of touchedLines([...this.#layers, ...layers], this.#compiler)) {
      const line = this.#plan.lines[number] as Line;
      const before = this.#rules[number] as readonly Rule[];
      const after = resolveLine(line, this.#plan.periods, layers);
      const first = after.findIndex((rule, index) => !isSameRule(rule, before[index] as Rule));
      this.#rules[number] = after;
      if (first === -1) continue;
      this.#spans[number] = this.#spansOf(line.id, number);
      this.#findTail(number);
      stale[number] = first;
      isRearranged ||= readsDiffer(before, after);
    }
    this.#layers = layers;
    if (isRearranged) {
      // what a cycle was is told by its shape, not by its inputs: lines that enter or leave one are looked at again
      const entangled = [...this.#steps];
      this.#arrange();
      for (const step of [...entangled, ...this.#steps]) {
        if (step.kind === 'knot') for (const line of step.lines) stale[line] = 0;
      }
    }
    return this.#recalculate(stale);
  }

  #dependenciesAt(line: number, rule: Rule): readonly Dependency[] {
    const own = grows(rule) ? [{ line, first: OWN_PAST, last: OWN_PAST }] : [];
    if (rule.base.kind !== 'formula') return own;
    const code = this.#compiler.compile(this.#idOf(line), rule.base.text).code;
    return own.length === 0 ? (code?.dependencies ?? []) : [...own, ...(code?.dependencies ?? [])];
  }

  #idOf(line: number): string {
    return this.#plan.lines[line]?.id ?? '';
  }

  /** Finds the order of calculation for the rules as they are now. */
  #arrange(): void {
    const all = this.#rules.map((rules, line) => {
      const distinct = rules.filter(
        (rule, index) => index === 0 || !readAlike(rule, rules[index - 1] as Rule),
      );
      return distinct.flatMap((rule) => this.#dependenciesAt(line, rule));
    });
    this.#steps = buildSchedule({
      lines: all.length,
      periods: this.#periods,
      dependenciesOf: (line) => all[line] ?? [],
      dependenciesAt: (line, index) => this.#dependenciesAt(line, this.#rules[line]?.[index] as Rule),
    });
    this.#readers = new Readers(all);
  }

  /** Calculates stale lines from their first stale index on (by line; the number of periods: not stale) and what that reaches. */
  #recalculate(stale: Int32Array): Revision {
    const changed: string[] = [];
    let evaluated = 0;
    const pass = (line: number, first: number) => {
      changed.push(this.#idOf(line));
      this.#readers.mark(line, first, stale);
    };
    for (const step of this.#steps) {
      if (step.kind === 'line') {
        const from = stale[step.line] as number;
        if (from >= this.#periods) continue;
        evaluated += this.#periods - from;
        const first = this.#runLine(step.line, from);
        if (first !== undefined) pass(step.line, first);
      } else if (step.lines.some((line) => (stale[line] as number) < this.#periods)) {
        evaluated += step.lines.length * this.#periods;
        for (const [line, first] of this.#runKnot(step)) pass(line, first);
      }
    }
    return { changed, evaluated };
  }

  #spansOf(id: string, line: number): RuleSpan[] {
    return spansOf(this.#rules[line] as Rule[], (text) => this.#compiler.compile(id, text));
  }

  /** Notes where the compiled formula begins that decides a line to its end: what most of a revision is. */
  #findTail(line: number): void {
    const last = this.#spans[line]?.at(-1);
    const run = last?.code && this.#runner?.find(line, last.code);
    this.#tailRuns[line] = run;
    this.#tailStarts[line] = run && last ? last.start : this.#periods;
  }

  /** Calculates a line from an index on; gives the first index at which its value changed. */
  #runLine(line: number, from: number): number | undefined {
    const first =
      from >= (this.#tailStarts[line] as number) ? this.#runTail(line, from) : this.#runSpans(line, from);
    if (first !== undefined) this.#cells.touch(line);
    return first;
  }

  #runTail(line: number, from: number): number | undefined {
    const end = this.#periods * CELL_BYTES;
    const stopped = (this.#tailRuns[line] as LineFunction)(from * CELL_BYTES, end);
    const { changed } = this.#runner as LineRunner;
    const first = changed * CELL_BYTES < stopped ? changed : undefined;
    // where a cell is out of the ordinary the spans go on
    if (stopped === end) return first;
    const later = this.#runSpans(line, stopped / CELL_BYTES);
    return first ?? later;
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
    const run = span.code && this.#runner?.find(line, span.code);
    let first: number | undefined;
    for (let index = from; index < span.end; index += 1) {
      if (run) {
        index = run(index * CELL_BYTES, span.end * CELL_BYTES) / CELL_BYTES;
        const { changed } = this.#runner as LineRunner;
        if (changed < index) first ??= changed;
        if (index >= span.end) break;
      }
      if (this.#cells.write(line, index, this.#cell(line, index, span))) first ??= index;
    }
    return first;
  }

  #runKnot(step: Extract<Step, { kind: 'knot' }>): Map<number, number> {
    const before = new Map(step.lines.map((line) => [line, this.#cells.series(line)]));
    for (const line of step.lines)
      for (let index = 0; index < this.#periods; index += 1) this.#cells.write(line, index, MISSING);
    for (const group of step.groups) {
      const [only] = group as [Cell, ...Cell[]];
      if (group.length > 1 || this.#readsItself(only)) this.#runCycle(group);
      else this.#write(only, this.#valueOf(only));
    }
    const changed = new Map<number, number>();
    for (const [line, old] of before) {
      const first = old.findIndex((value, index) => !isSameValue(value, this.#cells.read(line, index)));
      if (first === -1) continue;
      this.#cells.touch(line);
      changed.set(line, first);
    }
    return changed;
  }

  #write(cell: Cell, value: Value): void {
    this.#cells.write(cell.line, cell.index, value);
  }

  #valueOf({ line, index }: Cell): Value {
    const span = (this.#spans[line] as readonly RuleSpan[]).find(({ end }) => index < end) as RuleSpan;
    return this.#cell(line, index, span);
  }

  #readsItself({ line, index }: Cell): boolean {
    return this.#dependenciesAt(line, this.#rules[line]?.[index] as Rule).some(
      (one) => one.line === line && indexAt(one.first, index) <= index && index <= indexAt(one.last, index),
    );
  }

  /** Walks from the first cell along what it reads until it comes round: the lines of the loop, the first one twice. */
  #loopOf(group: readonly Cell[]): string {
    const visited: Cell[] = [];
    let cell = group[0] as Cell;
    while (!visited.some((one) => one.line === cell.line && one.index === cell.index)) {
      visited.push(cell);
      const reads = this.#dependenciesAt(cell.line, this.#rules[cell.line]?.[cell.index] as Rule);
      const from = cell;
      cell = group.find(({ line, index }) =>
        reads.some(
          (one) =>
            one.line === line &&
            indexAt(one.first, from.index) <= index &&
            index <= indexAt(one.last, from.index),
        ),
      ) as Cell;
    }
    const loop = visited.slice(
      visited.findIndex((one) => one.line === cell.line && one.index === cell.index),
    );
    const lines = [...new Set(loop.map((one) => this.#idOf(one.line)))];
    return [...lines, lines[0]].join(' → ');
  }

  /** Cells that need each other: settled by iteration where the plan allows it, else a failure that names the loop. */
  #runCycle(unordered: readonly Cell[]): void {
    const { iteration } = this.#plan;
    // in the order of periods and lines, whatever cell the search began with
    const group = unordered.toSorted((a, b) => a.index - b.index || a.line - b.line);
    const lines = this.#loopOf(group);
    if (!iteration) {
      const fault = failure('#CYCLE!', 'cycle', { lines });
      for (const cell of group)
        this.#write(cell, placedAt(fault, this.#idOf(cell.line), this.#reader.periodAt(cell.index)));
      return;
    }
    for (const cell of group) this.#write(cell, 0);
    let change = Infinity;
    for (let round = 0; round < iteration.limit && change > iteration.tolerance; round += 1) {
      change = 0;
      for (const cell of group) {
        const old = this.#reader.read(cell.line, cell.index);
        const next = this.#valueOf(cell);
        this.#write(cell, next);
        change = Math.max(
          change,
          isNumber(old) && isNumber(next) ? Math.abs(next - old) : isSameValue(old, next) ? 0 : Infinity,
        );
      }
    }
    if (change <= iteration.tolerance) return;
    const fault = failure('#CYCLE!', 'iteration_unsettled', { lines, rounds: iteration.limit, change });
    for (const cell of group)
      this.#write(cell, placedAt(fault, this.#idOf(cell.line), this.#reader.periodAt(cell.index)));
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

function readsDiffer(before: readonly Rule[], after: readonly Rule[]): boolean {
  return after.some((rule, index) => !readAlike(rule, before[index] as Rule));
}

/** Tells whether two rules read the same: the same formula, and both or neither their own past. */
function readAlike(a: Rule, b: Rule): boolean {
  return a === b || (formulaOf(a) === formulaOf(b) && grows(a) === grows(b));
}

function formulaOf({ base }: Rule): string | undefined {
  return base.kind === 'formula' ? base.text : undefined;
}

function grows({ transforms }: Rule): boolean {
  return transforms.some(({ kind }) => kind === 'growth');
}

/** The numbers of the lines that any of the layers says something about. */
function touchedLines(layers: readonly Scenario[], compiler: Compiler): ReadonlySet<number> {
  const lines = new Set<number>();
  const add = (id: string) => {
    // a scenario may speak of a line that the plan no longer has
    if (compiler.hasLine(id)) lines.add(compiler.numberOf(id));
  };
  for (const { values, actuals, changes } of layers) {
    for (const id in values) add(id);
    for (const id in actuals) add(id);
    for (const { line } of changes ?? []) add(line);
  }
  return lines;
}
