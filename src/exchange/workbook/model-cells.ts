/** The formula of every cell of the model and of every level, or the value that it keeps and why. */
import { isFailure, isMissing, type Value } from '#quantity';
import type { Expression, PeriodReference } from '#formula';
import { isSameRule, type Rule } from '#engine';
import { address, addressOn, columnLetters, quoted, type Place } from './address.ts';
import { numberOf, type CellPlan, type InputRow, type LinePlan } from './input-rows.ts';
import { DRIVERS, MODEL, isForAllPeriods, type Layout } from './layout.ts';
import {
  CLOSED,
  EMPTY,
  chosenByScenario,
  constant,
  guarded,
  joined,
  nothing,
  numeric,
  whole,
  within,
  type Piece,
  type Presence,
} from './piece.ts';
import type { RuleTable } from './rule-table.ts';
import { chosen, numberText, translate, type CellRange, type Site } from './translate.ts';
import { Untranslatable, type KeptReason } from './untranslatable.ts';

/** A cell that keeps its values in a workbook. */
export interface KeptCell {
  readonly line: string;
  readonly period: number;
  readonly reason: KeptReason;
  /** The function that is in the way, where it is one. */
  readonly subject: string;
}

/** What stands in a cell. `kept` marks a value in place of a formula. */
export type CellText =
  | { readonly kind: 'empty' }
  | { readonly kind: 'figure'; readonly value: number }
  | { readonly kind: 'formula'; readonly text: string; readonly isKept: boolean };

/** All formulas. */
export interface ModelCells {
  cell(line: number, index: number): CellText;
  /** The formula of a level in a scenario’s column; undefined where the row has another content. */
  level(row: InputRow, scenario: number): string | undefined;
  /** The level may be missing in some scenario. */
  mayBeMissing(row: InputRow): boolean;
  readonly kept: readonly KeptCell[];
}

/** Excel takes 8,192 characters and 64 levels; a little is left for what a person adds. */
const MAX_LENGTH = 8000;
const MAX_DEPTH = 60;

/** Cells between two reports of progress. */
const BLOCK = 2000;

/** Translates every cell; yields the share that is done. */
export function* translateModel(
  table: RuleTable,
  plans: readonly LinePlan[],
  layout: Layout,
): Generator<number, ModelCells> {
  const { plan, columns, periods } = table;
  const presence = new Map<number, Presence>();
  const texts = new Map<number, CellText>();
  const levels = new Map<InputRow, (string | undefined)[]>();
  const missingLevels = new Set<InputRow>();
  const kept: KeptCell[] = [];
  const { model: modelSheet, drivers: driverSheet } = layout.words.sheets;

  const valueOf = (line: number, index: number, scenario: number): Value =>
    columns[scenario]?.calculation.series(table.line(line).id)[index] ?? null;
  const indexAt = (at: PeriodReference, now: number): number => {
    if (at.kind === 'lag') return now + at.by;
    return (at.kind === 'fixed' ? at.period : plan.periods[at.kind]) - plan.periods.first;
  };
  const modelPlace = (line: number, index: number): Place => ({
    row: layout.lineRow(line),
    column: MODEL.firstPeriod + index,
  });
  const liveAddress = (row: InputRow): string =>
    layout.inputName(row) ?? addressOn(driverSheet, { row: layout.inputRow(row), column: DRIVERS.live });

  /** Where a formula of the model stands, or (`isBeside`) one on the sheet of drivers. */
  const siteAt = (now: number, isExact: boolean, isBeside: boolean): Site => {
    const textOf = (line: number, index: number, isFixed: boolean): string => {
      const place = modelPlace(line, index);
      if (isBeside) return addressOn(modelSheet, place);
      const cell = plans[line]?.cells[index];
      if (!isFixed && cell?.kind === 'level' && isForAllPeriods(plan, cell.row)) return liveAddress(cell.row);
      return address(place, { column: isFixed });
    };
    const pieceOf = (line: number, index: number, isFixed: boolean): Piece => {
      const missing = presence.get(line * periods + index) ?? 'always';
      const text = textOf(line, index, isFixed);
      const isFigure = plans[line]?.cells[index]?.kind === 'figure';
      const tests = missing === 'never' ? [] : [`${text}=${EMPTY}`];
      // a cell that may be missing is a formula, which gives the empty text then
      const isGuarded = missing === 'maybe';
      return {
        text,
        strength: CLOSED,
        tests,
        missing,
        isGuarded,
        mayFail: !isFigure && missing !== 'always',
      };
    };
    return {
      isExact,
      cell(id, at) {
        const index = indexAt(at, now);
        if (index < 0 || index >= periods) return nothing();
        return pieceOf(table.lineNumber(id), index, at.kind !== 'lag');
      },
      range(id, from, to): CellRange {
        const line = table.lineNumber(id);
        const [first, last] = [Math.max(0, indexAt(from, now)), Math.min(periods - 1, indexAt(to, now))];
        const cells = Array.from({ length: Math.max(0, last - first + 1) }, (_, offset) =>
          pieceOf(line, first + offset, true),
        );
        const end = (index: number, at: PeriodReference) =>
          address(modelPlace(line, index), { column: isBeside || at.kind !== 'lag', row: isBeside });
        const sheet = isBeside ? `${quoted(modelSheet)}!` : '';
        return { address: `${sheet}${end(first, from)}:${end(last, to)}`, cells };
      },
      year(at) {
        const index = indexAt(at, now);
        if (isBeside || index < 0 || index >= periods) return constant(String(plan.periods.first + index));
        const column = columnLetters(MODEL.firstPeriod + index);
        return constant(`${at.kind === 'lag' ? '' : '$'}${column}$${MODEL.head + 1}`);
      },
      blank: layout.blank,
    };
  };

  const expressionOf = (line: number, rule: Rule): Expression => {
    const expression = table.expression(line, rule);
    if (!expression) throw new Untranslatable('invalid');
    return expression;
  };

  /** The level of a driver in one scenario, beside those of the others. */
  function levelText(row: InputRow, rule: Rule, scenario: number, isExact: boolean): Piece {
    const column = DRIVERS.firstScenario + scenario;
    const own = (slot: InputRow['slot'], nth: number): string => {
      const rows = (plans[row.line]?.rows ?? []).filter(
        (one) =>
          one.slot === slot &&
          one.from <= row.from &&
          row.from <= one.to &&
          one.cells[scenario]?.kind !== 'empty',
      );
      return address({ row: layout.inputRow(rows[nth] as InputRow), column });
    };
    let piece =
      numberOf(rule) === undefined
        ? numeric(translate(expressionOf(row.line, rule), siteAt(row.from, isExact, true)))
        : constant(own('value', 0));
    const seen = { add: 0, scale: 0, growth: 0 };
    for (const { kind } of rule.transforms) {
      piece = changed(piece, kind === 'add' ? '+' : '*', own(kind, seen[kind]));
      seen[kind] += 1;
    }
    return piece;
  }

  function translateLevel(row: InputRow): void {
    const written = row.cells.map((cell, scenario) => {
      const value = valueOf(row.line, row.from, scenario);
      if (isMissing(value)) missingLevels.add(row);
      if (cell.kind !== 'rule') return undefined;
      try {
        const piece = levelText(row, cell.rule, scenario, isFailure(value));
        if (piece.missing !== 'never') missingLevels.add(row);
        return checked(whole(piece));
      } catch (error) {
        keep(row.line, row.from, error);
        return literal(value);
      }
    });
    levels.set(row, written);
  }

  function keep(line: number, index: number, error: unknown): void {
    if (!(error instanceof Untranslatable)) throw error;
    const { reason, subject } = error;
    kept.push({ line: table.line(line).id, period: plan.periods.first + index, reason, subject });
  }

  /** The values of all scenarios in place of a formula. */
  function keptText(line: number, index: number): CellText {
    const values = columns.map((_, scenario) => literal(valueOf(line, index, scenario)));
    return { kind: 'formula', text: chosenByScenario(layout.selected, values), isKept: true };
  }

  function composed(
    line: number,
    index: number,
    cell: Extract<CellPlan, { kind: 'composed' }>,
    isExact: boolean,
  ): Piece {
    const site = siteAt(index, isExact, false);
    const rules = table.rules(line, index);
    const pieces = rules.map((rule, scenario): Piece | undefined => {
      const earlier = rules
        .slice(0, scenario)
        .findIndex((other) => isSameRule(baseAlone(other), baseAlone(rule)));
      if (earlier >= 0 || rule.base.kind === 'missing') return undefined;
      if (numberOf(rule) !== undefined) return undefined;
      return numeric(translate(expressionOf(line, rule), site));
    });
    // a scenario with a number of its own never comes to the formula; it is given the nearest one to fall back on
    const formulas = rules.map((rule): Piece | undefined => {
      if (rule.base.kind === 'missing') return nothing();
      return pieces[rules.findIndex((other) => isSameRule(baseAlone(other), baseAlone(rule)))];
    });
    const fallback = formulas.find((piece) => piece !== undefined);
    let piece: Piece | undefined;
    if (fallback) {
      const all = formulas.map((one) => one ?? fallback);
      const isOne = all.every((one) => one.text === fallback.text && one.missing === fallback.missing);
      piece = isOne ? fallback : chosen(chosenByScenario(layout.selected, all.map(whole)), all, site);
    }
    if (cell.value) {
      const live = liveAddress(cell.value);
      const own: Piece = { ...constant(live), mayFail: false };
      if (!piece) piece = own;
      else if (piece.missing === 'always') piece = guarded(live);
      else piece = chosen(`IF(${live}=${EMPTY},${whole(piece)},${live})`, [own, piece], site);
    }
    if (!piece) throw new Error(`nothing decides ${table.line(line).id} at ${index}`);
    for (const { kind, row } of cell.transforms) {
      const live = liveAddress(row);
      if (kind !== 'growth') piece = changed(piece, kind === 'add' ? '+' : '*', live);
      else {
        const past = index === 0 ? nothing() : site.cell(table.line(line).id, { kind: 'lag', by: -1 });
        const grown: Piece = {
          ...joined([past], isExact),
          text: `${past.text}*(1+${live})`,
          strength: 4,
          mayFail: true,
        };
        const stays = `${live}=${EMPTY}`;
        const before = whole(piece);
        // growth replaces what was there, but not a failure
        const test = isExact ? `OR(${stays},ISERROR(${before}))` : stays;
        piece = chosen(`IF(${test},${before},${whole(grown)})`, [piece, grown], site);
      }
    }
    return piece;
  }

  function translateCell(line: number, index: number): void {
    const cell = plans[line]?.cells[index] ?? { kind: 'empty' };
    const number = line * periods + index;
    const put = (text: CellText, missing: Presence): void => {
      texts.set(number, text);
      presence.set(number, missing);
    };
    if (cell.kind === 'empty') return put({ kind: 'empty' }, 'always');
    if (cell.kind === 'figure') return put({ kind: 'figure', value: cell.value }, 'never');
    if (cell.kind === 'level') {
      if (!levels.has(cell.row)) translateLevel(cell.row);
      const text = liveAddress(cell.row);
      return put({ kind: 'formula', text, isKept: false }, missingLevels.has(cell.row) ? 'maybe' : 'never');
    }
    const values = columns.map((_, scenario) => valueOf(line, index, scenario));
    try {
      if (table.isCircular(line, index)) throw new Untranslatable('cycle');
      const piece = composed(line, index, cell, values.some(isFailure));
      if (piece.missing === 'always') return put({ kind: 'empty' }, 'always');
      return put({ kind: 'formula', text: checked(whole(piece)), isKept: false }, piece.missing);
    } catch (error) {
      keep(line, index, error);
      return put(keptText(line, index), values.some(isMissing) ? 'maybe' : 'never');
    }
  }

  const total = plan.lines.length * periods;
  let done = 0;
  for (const group of table.order) {
    for (const number of group.toSorted((a, b) => a - b)) {
      const { line, index } = table.place(number);
      translateCell(line, index);
      done += 1;
      if (done % BLOCK === 0) yield done / total;
    }
  }
  return {
    cell: (line, index) => texts.get(line * periods + index) ?? { kind: 'empty' },
    level: (row, scenario) => levels.get(row)?.[scenario],
    mayBeMissing: (row) => missingLevels.has(row),
    kept,
  };
}

/** A rule without what changes its result. */
function baseAlone(rule: Rule): Rule {
  return { ...rule, transforms: [] };
}

function changed(piece: Piece, sign: '+' | '*', by: string): Piece {
  const strength = sign === '+' ? 3 : 4;
  return { ...joined([piece], false), text: `${within(piece, strength)}${sign}${by}`, strength };
}

/** A value as a formula says it: a number, an error, the empty text. */
function literal(value: Value): string {
  if (isMissing(value)) return EMPTY;
  if (!isFailure(value)) return numberText(value);
  return value.code === '#CYCLE!' ? '#N/A' : value.code;
}

function checked(text: string): string {
  let [depth, deepest] = [0, 0];
  for (const character of text) {
    if (character === '(') deepest = Math.max(deepest, (depth += 1));
    else if (character === ')') depth -= 1;
  }
  if (text.length > MAX_LENGTH || deepest > MAX_DEPTH) throw new Untranslatable('tooLong');
  return text;
}
