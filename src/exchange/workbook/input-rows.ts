/**
 * The rows of the sheet of drivers: every number that a scenario sets, once, and the level of every driver.
 *
 * A row holds for a run of periods and has one cell a scenario. A level that does not hang on the selector is worked out
 * there for every scenario side by side. Where a run must be cut because another scenario changes in the middle of it, the
 * later rows of a scenario that goes on unchanged refer to its first one: a lever stays one cell.
 */
import { isSameRule, type Rule, type Transform } from '#engine';
import { isTimeless, type RuleTable } from './rule-table.ts';

/** What the cells of a row do: the level of a driver · a value in place of a formula · a change of what comes out. */
export type Slot = 'level' | 'value' | Transform['kind'];

/** What one scenario has in a row. `link` repeats the row before, with that number; `rule` is a formula, translated later. */
export type InputCell =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'link'; readonly value?: number }
  | { readonly kind: 'rule'; readonly rule: Rule }
  | { readonly kind: 'empty' };

/** One row; periods by index, ends inclusive. */
export interface InputRow {
  readonly line: number;
  readonly slot: Slot;
  readonly from: number;
  to: number;
  readonly cells: readonly InputCell[];
}

/** How a cell of the model comes to its value in the workbook. */
export type CellPlan =
  | { readonly kind: 'empty' }
  | { readonly kind: 'figure'; readonly value: number }
  | { readonly kind: 'level'; readonly row: InputRow }
  | {
      readonly kind: 'composed';
      readonly value?: InputRow;
      readonly transforms: readonly { readonly kind: Transform['kind']; readonly row: InputRow }[];
    };

/** The inputs of one line and what each of its cells is. */
export interface LinePlan {
  readonly rows: readonly InputRow[];
  readonly cells: readonly CellPlan[];
}

/** The number of a base that is one. */
export function numberOf(rule: Rule): number | undefined {
  return 'value' in rule.base ? rule.base.value : undefined;
}

/** Plans a line: which inputs it has, and how its cells use them. */
export function planLine(table: RuleTable, line: number): LinePlan {
  const indexes = Array.from({ length: table.periods }, (_, index) => index);
  const kinds = indexes.map((index) => kindOf(table, line, index));
  const levels = levelRows(table, line, (index) => kinds[index] === 'level');

  const isDriver = table.line(line).kind === 'driver';
  const base = table.plan.periods.base - table.plan.periods.first;
  const hasValue = (index: number): boolean => {
    if (kinds[index] === 'level') {
      return table
        .rules(line, index)
        .some((rule) => numberOf(rule) !== undefined && rule.transforms.length > 0);
    }
    // a driver without a level of its own can be given one: an empty cell leaves it to its formula
    const isOpen = isDriver && index > base && !table.isCircular(line, index);
    return (
      kinds[index] === 'composed' &&
      (isOpen || table.rules(line, index).some((rule) => numberOf(rule) !== undefined))
    );
  };
  const values = numberRows(line, 'value', indexes, hasValue, (index) =>
    table
      .rules(line, index)
      .map((rule) => (kinds[index] === 'level' && rule.transforms.length === 0 ? undefined : numberOf(rule))),
  );

  const sequence = commonSequence(
    indexes.flatMap((index) => table.rules(line, index).map(({ transforms }) => transforms)),
  );
  const changes = sequence.map((kind, position) => {
    const numbers = (index: number) =>
      table
        .rules(line, index)
        .map(({ transforms }) => transforms[matchIn(sequence, transforms).indexOf(position)]?.by);
    const rows = numberRows(
      line,
      kind,
      indexes,
      (index) => numbers(index).some((by) => by !== undefined),
      numbers,
    );
    return { kind, rows };
  });

  const at = (rows: readonly InputRow[], index: number) =>
    rows.find(({ from, to }) => from <= index && index <= to);
  const cells = indexes.map((index): CellPlan => {
    const kind = kinds[index];
    const level = at(levels, index);
    if (level) return { kind: 'level', row: level };
    const [rule] = table.rules(line, index);
    if (kind === 'figure') return { kind, value: (rule && numberOf(rule)) as number };
    if (kind !== 'composed') return { kind: 'empty' };
    const value = at(values, index);
    const transforms = changes.flatMap(({ kind: change, rows }) => {
      const row = at(rows, index);
      return row ? [{ kind: change, row }] : [];
    });
    return { kind, ...(value && { value }), transforms };
  });
  return { rows: [...levels, ...values, ...changes.flatMap(({ rows }) => rows)], cells };
}

function kindOf(table: RuleTable, line: number, index: number): CellPlan['kind'] {
  const rules = table.rules(line, index);
  const [first] = rules;
  if (!first || rules.every(({ base, transforms }) => base.kind === 'missing' && !hasGrowth(transforms)))
    return 'empty';
  const isFigure = first.base.kind === 'figure' && first.transforms.length === 0;
  if (isFigure && rules.every((rule) => isSameRule(rule, first))) return 'figure';
  return isLevel(table, line, index) ? 'level' : 'composed';
}

function hasGrowth(transforms: readonly Transform[]): boolean {
  return transforms.some(({ kind }) => kind === 'growth');
}

/** A driver’s cell after the base that can be worked out for each scenario beside the others. */
function isLevel(table: RuleTable, line: number, index: number): boolean {
  const { periods } = table.plan;
  if (table.line(line).kind !== 'driver' || index <= periods.base - periods.first) return false;
  if (table.isCircular(line, index)) return false;
  return table.rules(line, index).every((rule) => {
    if (hasGrowth(rule.transforms)) return false;
    if (rule.base.kind !== 'formula') return true;
    if (!table.expression(line, rule)) return false;
    return table.reads(line, index, rule).every((read) => {
      const source = table.place(read);
      return table.isShared(source.line, source.index);
    });
  });
}

/** Tells whether a scenario’s level goes on from the period before. */
function goesOn(table: RuleTable, line: number, index: number, scenario: number): boolean {
  const [before, now] = [table.rules(line, index - 1)[scenario], table.rules(line, index)[scenario]];
  if (!before || !now || !isSameRule(before, now)) return false;
  const expression = table.expression(line, now);
  return expression === undefined || isTimeless(expression);
}

function levelRows(table: RuleTable, line: number, isHere: (index: number) => boolean): InputRow[] {
  const rows: InputRow[] = [];
  for (let index = 0; index < table.periods; index += 1) {
    if (!isHere(index)) continue;
    const rules = table.rules(line, index);
    const last = rows.at(-1);
    const isNext = last !== undefined && last.to === index - 1;
    const stays = rules.map((_, scenario) => isNext && goesOn(table, line, index, scenario));
    if (last && stays.every(Boolean)) {
      last.to = index;
      continue;
    }
    const cells = rules.map((rule, scenario): InputCell => {
      if (rule.base.kind === 'missing') return { kind: 'empty' };
      if (stays[scenario]) return { kind: 'link' };
      const written = table.expression(line, rule);
      const value = written?.kind === 'number' ? written.value : numberOf(rule);
      return value !== undefined && rule.transforms.length === 0
        ? { kind: 'number', value }
        : { kind: 'rule', rule };
    });
    rows.push({ line, slot: 'level', from: index, to: index, cells });
  }
  return rows;
}

function numberRows(
  line: number,
  slot: Slot,
  indexes: readonly number[],
  isHere: (index: number) => boolean,
  numbersAt: (index: number) => readonly (number | undefined)[],
): InputRow[] {
  const rows: InputRow[] = [];
  let before: readonly (number | undefined)[] = [];
  for (const index of indexes) {
    if (!isHere(index)) continue;
    const numbers = numbersAt(index);
    const last = rows.at(-1);
    const isNext = last !== undefined && last.to === index - 1;
    const stays = numbers.map((number, scenario) => isNext && Object.is(number, before[scenario]));
    before = numbers;
    if (last && stays.every(Boolean)) {
      last.to = index;
      continue;
    }
    const cells = numbers.map((value, scenario): InputCell => {
      if (value === undefined) return { kind: 'empty' };
      return { kind: stays[scenario] ? 'link' : 'number', value };
    });
    rows.push({ line, slot, from: index, to: index, cells });
  }
  return rows;
}

/** The shortest order of changes, found as one goes, in which those of every scenario stand in their own order. */
function commonSequence(all: readonly (readonly Transform[])[]): Transform['kind'][] {
  const sequence: Transform['kind'][] = [];
  for (const transforms of all) {
    let from = 0;
    for (const { kind } of transforms) {
      const found = sequence.indexOf(kind, from);
      if (found < 0) sequence.splice(from, 0, kind);
      from = (found < 0 ? from : found) + 1;
    }
  }
  return sequence;
}

/** For each change its position in the common order. */
function matchIn(sequence: readonly Transform['kind'][], transforms: readonly Transform[]): number[] {
  let from = 0;
  return transforms.map(({ kind }) => {
    const found = sequence.indexOf(kind, from);
    from = found + 1;
    return found;
  });
}
