/**
 * How one cell comes to its value: what decides it, the formula as it stands in that cell, the cells that it reads, what
 * scenarios do to the result, and where a failure or a gap began. Plain data.
 *
 * It is one step of an explanation. What an input is made of is asked for in its turn, so that a long chain costs what is
 * looked at. It says what the calculation did and calculates nothing anew: the same rules, the same code, the same values.
 */
import { MISSING, isFailure, isMissing, type Failure, type Value } from '#quantity';
import { hasPeriod, type Line, type Plan, type Scenario } from '#plan';
import { partsOf, type Expression } from '#formula';
import type { CellPlace } from '../batch/reach.ts';
import type { Compiled } from '../code/compile.ts';
import type { Rule, Transform } from '../resolve/resolve.ts';
import type { Calculation } from '../run/calculation.ts';
import { calculate, evaluate } from '../run/reference.ts';
import { inPeriod, periodOf } from './in-numbers.ts';
import { replacedRules } from './replaced.ts';

/** What is explained: a scenario's calculation, and the layers that it was made from, nearest first. */
export interface Explained {
  readonly plan: Plan;
  readonly calculation: Calculation;
  readonly layers: readonly Scenario[];
}

/** A cell that a formula names. */
export interface DerivationInput extends CellPlace {
  readonly value: Value;
  /** Whether it took part: the other side of a condition does not. */
  readonly isRead: boolean;
  /** Whether it lies outside of the plan's periods, where there is nothing. */
  readonly isOutside: boolean;
}

/** A change that a scenario makes to what was there before it. */
export interface DerivationStep {
  readonly transform: Transform;
  /** What it works on: for growth the value of the period before. */
  readonly before: Value;
  readonly after: Value;
}

/** A power of ten between units that stands in a formula. */
export interface UnitFactor {
  readonly by: number;
  /** The lines whose units it brings together. */
  readonly lines: readonly string[];
  /** Whether it brings the whole formula to the unit of its line; else one part to the unit of what stands beside it. */
  readonly isWhole: boolean;
}

/** How a cell comes to its value. */
export interface Derivation extends CellPlace {
  readonly value: Value;
  readonly rule: Rule;
  /** The formula, its periods by number and its factors between units put in; absent where none takes part. */
  readonly expression?: Expression;
  /** What decides the cell is worth before scenarios change it. */
  readonly decided: Value;
  /** The changes that made the value of it, in order; those that a later growth makes void are left out. */
  readonly steps: readonly DerivationStep[];
  readonly factors: readonly UnitFactor[];
  /** What it is made of, each cell once, in the order of the formula. */
  readonly inputs: readonly DerivationInput[];
  /** What would have decided it otherwise, nearest first. */
  readonly replaced: readonly Rule[];
  /** Ids of the lines that it needs and that need it, settled by iteration; empty where there is no such loop. */
  readonly loop: readonly string[];
  /** Where the failure began, or the nearest cell that has nothing to pass on; absent where that is this cell. */
  readonly began?: CellPlace;
}

const NOTHING: Rule = { base: { kind: 'missing' }, transforms: [] };

/**
 * Explains a cell.
 *
 * Missing: a cell outside of the plan's periods has no value and no inputs · Fails: throws on a line that is not there.
 */
export function explainCell(explained: Explained, id: string, period: number): Derivation {
  const { plan, calculation, layers } = explained;
  const line = lineOf(plan, id);
  const made = makingOf(explained, id, period);
  const { rule, value } = made;
  const began = isFailure(value) ? placeOfFailure(value) : isMissing(value) && beginOfGap(explained, made);
  const isElsewhere = began && (began.line !== id || began.period !== period);
  return {
    line: id,
    period,
    value,
    rule,
    ...(made.expression && { expression: inPeriod(made.expression, period, plan.periods) }),
    decided: made.decided,
    steps: made.steps,
    factors: made.expression ? factorsOf(made.expression) : [],
    inputs: made.inputs,
    replaced: hasPeriod(plan.periods, period) ? replacedRules(line, period, plan.periods, layers) : [],
    loop: loopOf(plan, calculation, line, period),
    ...(isElsewhere && { began }),
  };
}

/** The part of a derivation that a search along a chain needs. */
interface Making extends CellPlace {
  readonly value: Value;
  readonly rule: Rule;
  readonly expression: Expression | undefined;
  readonly decided: Value;
  readonly steps: readonly DerivationStep[];
  readonly inputs: readonly DerivationInput[];
}

function makingOf({ plan, calculation }: Explained, line: string, period: number): Making {
  const rule = calculation.rule(line, period) ?? NOTHING;
  const compiled = calculation.formulaAt(line, period);
  const { decided, read } = decide(plan, calculation, rule, compiled, period);
  // a growth begins again with the period before; what stood here is out of it, unless it failed
  const growth = isFailure(decided) ? -1 : rule.transforms.findLastIndex(({ kind }) => kind === 'growth');
  const expression = growth === -1 ? compiled?.formula?.expression : undefined;
  const cellAt = (one: string, at: number, isRead: boolean): DerivationInput => ({
    line: one,
    period: at,
    value: hasPeriod(plan.periods, at) ? calculation.value(one, at) : MISSING,
    isRead,
    isOutside: !hasPeriod(plan.periods, at),
  });
  const named = expression ? cellsOf(expression, period, plan) : [];
  const inputs = named.map((one) => cellAt(one.line, one.period, read.has(keyOf(one))));
  if (growth >= 0) inputs.push(cellAt(line, period - 1, true));

  const steps: DerivationStep[] = [];
  let value = decided;
  for (const transform of rule.transforms.slice(Math.max(growth, 0))) {
    if (isFailure(value) || (isMissing(value) && transform.kind !== 'growth')) break;
    const before = transform.kind === 'growth' ? calculation.value(line, period - 1) : value;
    const [operator, by] =
      transform.kind === 'add'
        ? (['+', transform.by] as const)
        : (['*', transform.kind === 'growth' ? 1 + transform.by : transform.by] as const);
    value = calculate(operator, before, by);
    steps.push({ transform, before, after: value });
  }
  return { line, period, value: calculation.value(line, period), rule, expression, decided, steps, inputs };
}

/** The value before any change of a scenario, and the cells that were read for it. */
function decide(
  plan: Plan,
  calculation: Calculation,
  { base }: Rule,
  compiled: Compiled | undefined,
  period: number,
): { decided: Value; read: ReadonlySet<string> } {
  const read = new Set<string>();
  if (base.kind === 'missing') return { decided: MISSING, read };
  if (base.kind !== 'formula') return { decided: base.value, read };
  if (!compiled?.code) return { decided: compiled?.fault ?? MISSING, read };
  const { first } = plan.periods;
  const decided = evaluate(compiled.code, period - first, {
    read(number, index) {
      const line = plan.lines[number]?.id ?? '';
      read.add(keyOf({ line, period: first + index }));
      return calculation.value(line, first + index);
    },
    periodAt: (index) => first + index,
  });
  return { decided, read };
}

/** The cells that an expression names in a period, each once, left to right. */
function cellsOf(expression: Expression, now: number, plan: Plan): readonly CellPlace[] {
  const found = new Map<string, CellPlace>();
  const add = (line: string, from: number, to: number) => {
    for (let period = from; period <= to; period += 1) found.set(keyOf({ line, period }), { line, period });
  };
  const visit = (part: Expression) => {
    const at = (reference: Parameters<typeof periodOf>[0]) => periodOf(reference, now, plan.periods);
    if (part.kind === 'reference') add(part.line, at(part.at), at(part.at));
    else if (part.kind === 'range') add(part.line, at(part.from), at(part.to));
    else partsOf(part).forEach(visit);
  };
  visit(expression);
  return [...found.values()];
}

function keyOf({ line, period }: CellPlace): string {
  return `${line} ${period}`;
}

function factorsOf(expression: Expression): readonly UnitFactor[] {
  const found: UnitFactor[] = [];
  const linesIn = (part: Expression): string[] =>
    part.kind === 'reference' || part.kind === 'range' ? [part.line] : partsOf(part).flatMap(linesIn);
  const visit = (part: Expression) => {
    if (part.kind === 'factor')
      found.push({
        by: part.by,
        lines: [...new Set(linesIn(part.operand))],
        isWhole: part === expression,
      });
    partsOf(part).forEach(visit);
  };
  visit(expression);
  return found;
}

function placeOfFailure({ line, period }: Failure): CellPlace | undefined {
  return line === undefined || period === undefined ? undefined : { line, period };
}

/** Follows what is missing to the cell that has nothing to read, or from which something is missing for another reason. */
function beginOfGap(explained: Explained, from: Making): CellPlace {
  const met = new Set([keyOf(from)]);
  let cell = from;
  for (;;) {
    const gap = cell.inputs.find((one) => one.isRead && isMissing(one.value) && !met.has(keyOf(one)));
    if (!gap) return { line: cell.line, period: cell.period };
    if (gap.isOutside) return { line: gap.line, period: gap.period };
    met.add(keyOf(gap));
    cell = makingOf(explained, gap.line, gap.period);
  }
}

function loopOf(plan: Plan, { steps }: Calculation, line: Line, period: number): readonly string[] {
  const number = plan.lines.indexOf(line);
  const index = period - plan.periods.first;
  const knot = steps.find((step) => step.kind === 'knot' && step.lines.includes(number));
  if (knot?.kind !== 'knot') return [];
  const group = knot.groups.find((cells) => cells.some((one) => one.line === number && one.index === index));
  if (!group || group.length === 1) return [];
  return [...new Set(group.map((cell) => plan.lines[cell.line]?.id ?? ''))];
}

function lineOf(plan: Plan, id: string): Line {
  const line = plan.lines.find((one) => one.id === id);
  if (!line) throw new Error(`no line ${id} in plan ${plan.id}`);
  return line;
}
