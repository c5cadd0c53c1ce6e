/**
 * The function of formulas of one shape: calculates a span of a line's periods.
 *
 * It is given the first period and the one after the last, in bytes from the line's first cell, and the row of the formula,
 * and goes on until a cell is out of the ordinary; it gives where it stopped. Where a value differs from what stood there,
 * the index of the first such cell is left at the start of the memory, in bytes too; else the end of the span.
 */
import { CELL_BYTES } from '../run/cell-store.ts';
import { HEAD } from '../run/head.ts';
import { emitFormula } from './formula.ts';
import { FormulaRow, offsetOf } from './formula-row.ts';
import { Instructions } from './instructions.ts';
import { lanes } from './lanes.ts';
import { cellsOfPeriod, cellsOfTwo, type CellPlaces } from './line-cells.ts';
import type { FunctionBody, Signature } from './module.ts';
import { countNodes, Locals, type Node } from './node.ts';
import { scalar } from './scalar.ts';
import { buildShared } from './shared.ts';
import type { LineCode, Shaped } from './shape.ts';

/** Takes where it begins and ends and the row; gives where it stopped. */
export const LINE_SIGNATURE: Signature = { takes: ['i32', 'i32', 'i32'], gives: ['i32'] };
/** The first parameter is counted up. */
const [AT, END, ROW] = [0, 1, 2];
const PARAMETERS = 3;
/** Periods that are calculated in lanes. */
const PAIR = 2;
/** Operations of a formula that is written out for two pairs in a turn: with a longer one the processor has enough to do. */
const MOST_UNROLLED = 60;

/** Periods as the functions of one plan know them. */
export type Periods = Pick<CellPlaces, 'layout' | 'firstPeriod'>;

/** A value to be calculated, and what is needed around it. */
interface Start {
  readonly value: Node;
  readonly row: FormulaRow;
  readonly locals: Locals;
  readonly line: number;
  readonly layout: Periods['layout'];
  /** The local that the value of the period before is expected in. */
  readonly previous?: number | undefined;
  /** The values of two pairs of periods, where both are calculated in one turn. */
  readonly both?: readonly Node[];
}

/** Emits the function of a formula's shape; undefined where there is no fast form, and then `tell` is told what is in the way. */
export function emitLine(
  line: LineCode,
  shaped: Shaped,
  periods: Periods,
  tell?: (subject: string) => void,
): Omit<FunctionBody, 'name'> | undefined {
  const pair = startOfPairs(line, shaped, periods);
  if (pair) return pairFunction(pair);
  const single = startOfSingle(line, shaped, periods, tell);
  return single && singleFunction(single);
}

/** The value of a line, as nested operations; undefined where there is no fast form. */
export function lineValue(
  line: LineCode,
  shaped: Shaped,
  periods: Periods,
  tell: (subject: string) => void,
): Node | undefined {
  return startOfSingle(line, shaped, periods, tell)?.value;
}

function startOfSingle(
  { line, code }: LineCode,
  shaped: Shaped,
  periods: Periods,
  tell?: (subject: string) => void,
): Start | undefined {
  const locals = new Locals(PARAMETERS);
  const row = new FormulaRow(shaped, ROW, locals, false);
  let previous: number | undefined;
  const local = () => (previous ??= locals.add('f64'));
  const cells = cellsOfPeriod({ ...periods, row, at: AT, previous: { line, local } });
  const value = emitFormula(code, buildShared(scalar), cells, tell)?.value;
  return value && { value, row, locals, line, layout: periods.layout, previous };
}

/** Two periods at a time: of lines that do not read themselves. */
function startOfPairs({ line, code }: LineCode, shaped: Shaped, periods: Periods): Start | undefined {
  if (code.dependencies.some((one) => one.line === line)) return undefined;
  const locals = new Locals(PARAMETERS);
  const row = new FormulaRow(shaped, ROW, locals, true);
  const emit = (ahead: number) =>
    emitFormula(code, buildShared(lanes), cellsOfTwo({ ...periods, row, at: AT, ahead }))?.value;
  const value = emit(0);
  const isShort = value !== undefined && countNodes(value) <= MOST_UNROLLED;
  const both = isShort ? [emit(0), emit(PAIR)].filter((one) => one !== undefined) : [];
  return value && { value, both, row, locals, line, layout: periods.layout };
}

function singleFunction({ value, row, locals, line, layout, previous }: Start): Omit<FunctionBody, 'name'> {
  const code = new Instructions();
  const [changed, result, cell] = [locals.add('i32'), locals.add('f64'), locals.add('i32')];
  const first = offsetOf(layout, 0);
  code.get(END).set(changed);
  row.writeAddress(line, code);
  code.get(AT).do('i32.add').set(cell);
  if (previous !== undefined) code.get(cell).memory('f64.load', offsetOf(layout, -1)).set(previous);
  code.loop(() => {
    code.get(AT, END).do('i32.ge_u').branch('br_if', 1);
    code.node(value, locals).set(result);
    // x − x is 0 of a number alone
    code.get(result, result).do('f64.sub').number(0).do('f64.ne').branch('br_if', 1);
    code.get(cell).memory('i64.load', first).get(result).do('i64.reinterpret_f64', 'i64.ne');
    code.if(() => {
      code.get(cell, result).memory('f64.store', first);
      code.get(AT, changed, AT, changed).do('i32.lt_u', 'select').set(changed);
    });
    if (previous !== undefined) code.get(result).set(previous);
    code.get(cell).whole(CELL_BYTES).do('i32.add').set(cell);
    code.get(AT).whole(CELL_BYTES).do('i32.add').set(AT).branch('br', 0);
  });
  code.whole(HEAD.changed).get(changed).memory('i32.store', 0).get(AT);
  return bodyOf(row, code, locals);
}

/** Two pairs in a turn as long as there are so many, then pairs, then the last of an odd number. */
function pairFunction({ value, both = [], row, locals, line, layout }: Start): Omit<FunctionBody, 'name'> {
  const code = new Instructions();
  const [changed, cell, alone] = [locals.add('i32'), locals.add('i32'), locals.add('f64')];
  const first = offsetOf(layout, 0);
  const markFirstChange = (place: () => void) => {
    code.get(changed, END).do('i32.eq');
    code.if(() => {
      place();
      code.set(changed);
    });
  };
  const calculate = (values: readonly Node[]) => {
    const pairs = values.map((of, order) => ({
      of,
      offset: first + order * PAIR * CELL_BYTES,
      result: locals.add('v128'),
      old: locals.add('v128'),
    }));
    for (const { of, result } of pairs) code.node(of, locals).set(result);
    row.writeAddress(line, code);
    code.get(AT).do('i32.add').set(cell);
    return pairs;
  };
  const any = (pairs: ReturnType<typeof calculate>, test: (pair: (typeof pairs)[number]) => void) => {
    pairs.forEach((pair, order) => {
      test(pair);
      if (order > 0) code.lanes('v128.or');
    });
    code.lanes('v128.any_true');
  };
  const store = (pairs: ReturnType<typeof calculate>) => {
    // in bits: x − x has some only where x is no number
    any(pairs, ({ result }) => code.get(result, result).lanes('f64x2.sub'));
    code.branch('br_if', 1);
    any(pairs, ({ result, old, offset }) => {
      code.get(cell).laneMemory('v128.load', offset).tee(old).get(result).lanes('v128.xor');
    });
    code.if(() => {
      for (const { result, old, offset } of pairs) {
        code.get(cell, result).laneMemory('v128.store', offset);
        code.get(result, old).lanes('v128.xor', 'v128.any_true');
        code.if(() => {
          markFirstChange(() => {
            // the mask is −1 where the first of the two is as it was: then the second differs
            code.get(result, old).lanes('i64x2.eq').lane('i32x4.extract_lane', 0);
            code.whole(CELL_BYTES).do('i32.and').get(AT).do('i32.add');
            code.whole(offset - first).do('i32.add');
          });
        });
      }
    });
    code
      .get(AT)
      .whole(pairs.length * PAIR * CELL_BYTES)
      .do('i32.add')
      .set(AT);
  };
  code.get(END).set(changed);
  if (both.length > 0) {
    code.loop(() => {
      code
        .get(AT)
        .whole(both.length * PAIR * CELL_BYTES)
        .do('i32.add')
        .get(END)
        .do('i32.gt_u');
      code.branch('br_if', 1);
      store(calculate(both));
      code.branch('br', 0);
    });
  }
  code.loop(() => {
    code.get(AT, END).do('i32.ge_u').branch('br_if', 1);
    const pairs = calculate([value]);
    // the cell after the last of an odd number is not of this span
    code.get(AT).whole(CELL_BYTES).do('i32.add').get(END).do('i32.ge_u');
    code.if(() => {
      code
        .get(pairs[0]?.result ?? 0)
        .lane('f64x2.extract_lane', 0)
        .tee(alone);
      // x − x is 0 of a number alone
      code.get(alone).do('f64.sub').number(0).do('f64.ne').branch('br_if', 2);
      code.get(alone).do('i64.reinterpret_f64').get(cell).memory('i64.load', first).do('i64.ne');
      code.if(() => {
        code.get(cell, alone).memory('f64.store', first);
        markFirstChange(() => code.get(AT));
      });
      code.get(END).set(AT).branch('br', 2);
    });
    store(pairs);
    code.branch('br', 0);
  });
  code.whole(HEAD.changed).get(changed).memory('i32.store', 0).get(AT);
  return bodyOf(row, code, locals);
}

function bodyOf(row: FormulaRow, code: Instructions, locals: Locals): Omit<FunctionBody, 'name'> {
  return {
    signature: LINE_SIGNATURE,
    locals: locals.types,
    code: new Instructions().all(row.prologue).all(code).bytes,
  };
}
