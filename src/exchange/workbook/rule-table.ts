/**
 * What decides every cell in every scenario of the workbook, and what that reads: the ground on which formulas are chosen.
 *
 * The scenarios are looked at together, because in the workbook they share their cells: a cell is the same for all, or
 * the selector chooses; and cells that would need each other once the scenarios are joined cannot be formulas.
 */
import { countPeriods, type Line, type Plan, type Scenario } from '#plan';
import { partsOf, type Expression } from '#formula';
import { isSameRule, orderByDependency, type Calculation, type Engine, type Rule } from '#engine';

/** A scenario with its numbers. */
export interface ScenarioColumn {
  readonly scenario: Scenario;
  readonly calculation: Calculation;
}

/** The rules of all cells. Lines and periods by position in the plan, scenarios by position in the workbook. */
export interface RuleTable {
  readonly plan: Plan;
  readonly columns: readonly ScenarioColumn[];
  readonly periods: number;
  lineNumber(id: string): number;
  line(number: number): Line;
  /** The rules of one cell, one a scenario. */
  rules(line: number, index: number): readonly Rule[];
  /** The cells that a rule reads there. */
  reads(line: number, index: number, rule: Rule): readonly number[];
  /** The expression of a rule whose base is a formula; undefined where its text does not parse. */
  expression(line: number, rule: Rule): Expression | undefined;
  /** All cells, each after what it reads in any scenario; those that need each other in one group. */
  readonly order: readonly (readonly number[])[];
  /** Cells are numbered line by line. */
  place(cell: number): { readonly line: number; readonly index: number };
  /** Same rule and same precedents in every scenario: the cell does not hang on the selector. */
  isShared(line: number, index: number): boolean;
  /** The cell needs itself, by whatever way. */
  isCircular(line: number, index: number): boolean;
}

/** Reads the rules of all cells. */
export function buildRuleTable(engine: Engine, columns: readonly ScenarioColumn[]): RuleTable {
  const { plan } = engine;
  const periods = countPeriods(plan.periods);
  const numbers = new Map(plan.lines.map((line, number) => [line.id, number]));
  const lineNumber = (id: string): number => {
    const number = numbers.get(id);
    if (number === undefined) throw new Error(`no line ${id} in plan ${plan.id}`);
    return number;
  };
  const table = plan.lines.map((line) =>
    Array.from({ length: periods }, (_, index) =>
      columns.map(({ calculation }) => calculation.rule(line.id, plan.periods.first + index) as Rule),
    ),
  );
  const rules = (line: number, index: number) => table[line]?.[index] ?? [];
  const place = (cell: number) => ({ line: Math.floor(cell / periods), index: cell % periods });

  const reads = (line: number, index: number, rule: Rule): number[] => {
    const grows = rule.transforms.some(({ kind }) => kind === 'growth') && index > 0;
    const found = new Set(grows ? [line * periods + index - 1] : []);
    if (rule.base.kind !== 'formula') return [...found];
    const { code } = engine.check((plan.lines[line] as Line).id, rule.base.text);
    for (const { line: source, first, last } of code?.dependencies ?? []) {
      const from = first.kind === 'lag' ? index + first.by : first.index;
      const to = last.kind === 'lag' ? index + last.by : last.index;
      for (let read = Math.max(0, from); read <= Math.min(periods - 1, to); read += 1) {
        found.add(source * periods + read);
      }
    }
    return [...found];
  };
  const readsOf = (cell: number): number[] => {
    const { line, index } = place(cell);
    return [...new Set(distinct(rules(line, index)).flatMap((rule) => reads(line, index, rule)))];
  };

  const order = orderByDependency(plan.lines.length * periods, readsOf);
  const circular = new Set<number>();
  const shared = new Set<number>();
  for (const group of order) {
    for (const cell of group) {
      const read = readsOf(cell);
      if (group.length > 1 || read.includes(cell)) circular.add(cell);
      const { line, index } = place(cell);
      const isShared = distinct(rules(line, index)).length === 1 && read.every((one) => shared.has(one));
      if (isShared && !circular.has(cell)) shared.add(cell);
    }
  }
  return {
    plan,
    columns,
    periods,
    lineNumber,
    line: (number) => plan.lines[number] as Line,
    rules,
    reads,
    expression: (line, rule) =>
      rule.base.kind === 'formula'
        ? engine.check((plan.lines[line] as Line).id, rule.base.text).formula?.expression
        : undefined,
    order,
    place,
    isShared: (line, index) => shared.has(line * periods + index),
    isCircular: (line, index) => circular.has(line * periods + index),
  };
}

/** Each rule once. */
function distinct(rules: readonly Rule[]): Rule[] {
  return rules.filter((rule, position) => rules.findIndex((other) => isSameRule(rule, other)) === position);
}

/** Tells whether an expression is worth the same in every period: it looks at fixed periods alone. */
export function isTimeless(expression: Expression): boolean {
  if (expression.kind === 'reference' || expression.kind === 'period') {
    if (expression.at.kind === 'lag') return false;
  }
  if (expression.kind === 'range' && (expression.from.kind === 'lag' || expression.to.kind === 'lag'))
    return false;
  if (expression.kind === 'call' && ['STEP', 'RAMP', 'PULSE'].includes(expression.name)) return false;
  return partsOf(expression).every((part) => isTimeless(part));
}
