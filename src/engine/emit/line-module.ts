/** From formulas to a module: one function for those of one shape. */
import type { Code } from '../code/instruction.ts';
import { emitLine, lineValue, type Periods } from './line-function.ts';
import { buildModule, type FunctionBody } from './module.ts';
import { printNode } from './print-node.ts';
import { shapeOf, type LineCode, type Shaped } from './shape.ts';

/** What the functions of a module stand for. */
export interface LineModule {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The names of the functions, by the lines given; undefined where there is no fast form. */
  readonly names: readonly (string | undefined)[];
}

/** Builds the module of some lines, no two of one shape. */
export function buildLineModule(
  lines: readonly (LineCode & { readonly shaped: Shaped })[],
  periods: Periods,
): LineModule {
  const bodies: FunctionBody[] = [];
  const names = lines.map((line, order) => {
    const body = emitLine(line, line.shaped, periods);
    if (!body) return undefined;
    const name = `f${order}`;
    bodies.push({ ...body, name });
    return name;
  });
  return { bytes: buildModule(bodies), names };
}

/** What a code becomes, as nested operations; or which function has no fast form. For developers. */
export function printLineCode(line: number, code: Code, periods: Periods): string[] {
  let subject = '';
  const value = lineValue({ line, code }, shapeOf({ line, code }), periods, (one) => (subject = one));
  return value ? printNode(value) : [`no fast form: ${subject}; the reference evaluator does it`];
}
