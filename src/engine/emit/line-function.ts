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
import { Locals, type Node } from './node.ts';
import { scalar } from './scalar.ts';
import type { LineCode, Shaped } from './shape.ts';

/** Takes where it begins and ends and the row; gives where it stopped. */
export const LINE_SIGNATURE: Signature = { takes: ['i32', 'i32', 'i32'], gives: ['i32'] };
/** The first parameter is counted up. */
const [AT, END, ROW] = [0, 1, 2];
const PARAMETERS = 3;

/** Periods as the functions of one plan know them. */
export type Periods = Pick<CellPlaces, 'layout' | 'firstPeriod'>;

/** A value to be calculated, and what is needed around it. */
interface Start {
  readonly value: Node;
  readonly row: FormulaRow;
  readonly locals: Locals;
  readonly line: number;
  readonly layout: Periods['layout'];
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
  const value = emitFormula(code, scalar, cellsOfPeriod({ ...periods, row, at: AT }), tell)?.value;
  return value && { value, row, locals, line, layout: periods.layout };
}

/** Two periods at a time: of lines that do not read themselves. */
function startOfPairs({ line, code }: LineCode, shaped: Shaped, periods: Periods): Start | undefined {
  if (code.dependencies.some((one) => one.line === line)) return undefined;
  const locals = new Locals(PARAMETERS);
  const row = new FormulaRow(shaped, ROW, locals, true);
  const value = emitFormula(code, lanes, cellsOfTwo({ ...periods, row, at: AT }))?.value;
  return value && { value, row, locals, line, layout: periods.layout };
}

function singleFunction({ value, row, locals, line, layout }: Start): Omit<FunctionBody, 'name'> {
  const code = new Instructions();
  const [changed, result, cell] = [locals.add('i32'), locals.add('f64'), locals.add('i32')];
  const first = offsetOf(layout, 0);
  code.get(END).set(changed);
  code.loop(() => {
    code.get(AT, END).do('i32.ge_u').branch('br_if', 1);
    code.node(value, locals).set(result);
    // x − x is 0 of a number alone
    code.get(result, result).do('f64.sub').number(0).do('f64.ne').branch('br_if', 1);
    row.writeAddress(line, code);
    code.get(AT).do('i32.add').tee(cell).memory('i64.load', first);
    code
      .get(result)
      .do('i64.reinterpret_f64', 'i64.ne')
      .if(() => {
        code.get(cell, result).memory('f64.store', first);
        code.get(AT, changed, AT, changed).do('i32.lt_u', 'select').set(changed);
      });
    code.get(AT).whole(CELL_BYTES).do('i32.add').set(AT).branch('br', 0);
  });
  code.whole(HEAD.changed).get(changed).memory('i32.store', 0).get(AT);
  return bodyOf(row, code, locals);
}

function pairFunction({ value, row, locals, line, layout }: Start): Omit<FunctionBody, 'name'> {
  const code = new Instructions();
  const [changed, cell, isLast] = [locals.add('i32'), locals.add('i32'), locals.add('i32')];
  const [result, old, differs] = [locals.add('v128'), locals.add('v128'), locals.add('v128')];
  const first = offsetOf(layout, 0);
  code.get(END).set(changed);
  code.loop(() => {
    code.get(AT, END).do('i32.ge_u').branch('br_if', 1);
    code.node(value, locals).set(result);
    row.writeAddress(line, code);
    code.get(AT).do('i32.add').set(cell);
    code.get(AT).whole(CELL_BYTES).do('i32.add').get(END).do('i32.ge_u').tee(isLast);
    code.if(
      // the last of an odd number takes both lanes: the cell after it is not of this span
      () => {
        code.get(result).lane('f64x2.extract_lane', 0).lanes('f64x2.splat').set(result);
        code.get(cell).laneMemory('v128.load64_splat', first).set(old);
      },
      () => code.get(cell).laneMemory('v128.load', first).set(old),
    );
    // x − x is 0 of a number alone
    code.get(result, result).lanes('f64x2.sub').lanesConstant(0n, 0n).lanes('f64x2.ne', 'v128.any_true');
    code.branch('br_if', 1);
    code
      .get(result, old)
      .lanes('i64x2.ne')
      .tee(differs)
      .lanes('v128.any_true')
      .if(() => {
        code.get(isLast).if(
          () => code.get(cell, result).storeFirst(first),
          () => code.get(cell, result).laneMemory('v128.store', first),
        );
        // the mask is −1 where the first of the two differs, else 0 and the second does
        code.get(differs).lane('i32x4.extract_lane', 0).whole(1).do('i32.add').whole(CELL_BYTES);
        code.do('i32.mul').get(AT).do('i32.add').get(changed, changed, END);
        code.do('i32.ge_u', 'select').set(changed);
      });
    code
      .get(AT)
      .whole(2 * CELL_BYTES)
      .do('i32.add')
      .set(AT)
      .branch('br', 0);
  });
  code.whole(HEAD.changed).get(changed).memory('i32.store', 0);
  code.get(AT, END, AT, END).do('i32.lt_u', 'select');
  return bodyOf(row, code, locals);
}

function bodyOf(row: FormulaRow, code: Instructions, locals: Locals): Omit<FunctionBody, 'name'> {
  return {
    signature: LINE_SIGNATURE,
    locals: locals.types,
    code: new Instructions().all(row.prologue).all(code).bytes,
  };
}
