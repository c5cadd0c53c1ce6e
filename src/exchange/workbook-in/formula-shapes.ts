/** Functions of workbooks that a plan's formulas say in another way. What is not here and is no function of plans is refused by its name. */

/** One argument as it is written in a plan: the text, and cell by cell where it is a range (undefined where a cell holds no number). */
export interface ShapeArgument {
  readonly text: string;
  readonly cells?: readonly (readonly (string | undefined)[])[];
  /** The argument is this text between quotation marks. */
  readonly quoted?: string;
}

/** Writes a call in another shape; undefined where these arguments have none. */
type Shape = (args: readonly ShapeArgument[]) => string | undefined;

/** Functions that have another name. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['STDEV.S', 'STDEV'],
  ['VAR.S', 'VAR'],
]);

/** What SUBTOTAL does by its number; a hundred more leaves out rows that are hidden. */
const SUBTOTALS: ReadonlyMap<string, string> = new Map([
  ['1', 'AVERAGE'],
  ['2', 'COUNT'],
  ['4', 'MAX'],
  ['5', 'MIN'],
  ['6', 'PRODUCT'],
  ['7', 'STDEV'],
  ['9', 'SUM'],
  ['10', 'VAR'],
]);

const SHAPES: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ['PI', (args) => (isNone(args) ? '3.141592653589793' : undefined)],
  ['TRUE', (args) => (isNone(args) ? 'TRUE' : undefined)],
  ['FALSE', (args) => (isNone(args) ? 'FALSE' : undefined)],
  // what is not known stays not known, what fails is one and what is a number nought
  ['ISERROR', ([of, ...more]) => (of && more.length === 0 ? `IFERROR(0*(${of.text}),1)` : undefined)],
  ['ISNUMBER', ([of, ...more]) => (of && more.length === 0 ? `IFERROR(1+0*(${of.text}),0)` : undefined)],
  [
    'QUOTIENT',
    ([a, b, ...more]) => (a && b && more.length === 0 ? `TRUNC((${a.text})/(${b.text}))` : undefined),
  ],
  [
    'SLN',
    ([cost, salvage, life, ...more]) =>
      cost && salvage && life && more.length === 0
        ? `(((${cost.text})-(${salvage.text}))/(${life.text}))`
        : undefined,
  ],
  ['SUBTOTAL', subtotal],
  ['SUMPRODUCT', sumOfProducts],
  ['INDEX', chosen],
  ['SUMIF', sumWhere],
  ['COUNTIF', countWhere],
]);

/** The name that a plan has for a function of a workbook. */
export function plansName(name: string): string {
  return RENAMED.get(name) ?? name;
}

/** Tells whether a function has another shape, so that its arguments are asked for cell by cell. */
export function hasShape(name: string): boolean {
  return SHAPES.has(name);
}

/** Writes a call in the shape that plans have for it; undefined where there is none for these arguments. */
export function shapeOf(name: string, args: readonly ShapeArgument[]): string | undefined {
  return SHAPES.get(name)?.(args);
}

/** A call without arguments has one that is empty. */
function isNone(args: readonly ShapeArgument[]): boolean {
  return args.every(({ text }) => text === '');
}

function subtotal([number, ...ranges]: readonly ShapeArgument[]): string | undefined {
  const name = SUBTOTALS.get(number?.text.replace(/^10(?=[1-9]$)|^1(?=10$)/, '') ?? '');
  const items = ranges
    .flatMap(({ text, cells }) => cells?.flat() ?? [text])
    .filter((one) => one !== undefined);
  return name !== undefined && items.length > 0 ? `${name}(${items.join(',')})` : undefined;
}

/** Products of cells that stand at the same place of ranges of one size; one that is empty counts as nothing. */
function sumOfProducts(args: readonly ShapeArgument[]): string | undefined {
  const [first, ...others] = args.map(({ cells }) => cells);
  if (!first || others.some((other) => !other || !isSameSize(first, other))) return undefined;
  const terms = first.flatMap((row, y) =>
    row.flatMap((cell, x) => {
      const factors = [cell, ...others.map((other) => other?.[y]?.[x])];
      return factors.includes(undefined) ? [] : [factors.join('*')];
    }),
  );
  return terms.length > 0 ? `SUM(${terms.join(',')})` : undefined;
}

function isSameSize(a: readonly (readonly unknown[])[], b: readonly (readonly unknown[])[]): boolean {
  return a.length === b.length && a[0]?.length === b[0]?.length;
}

/** INDEX into one row or column of cells. */
function chosen([range, number, ...more]: readonly ShapeArgument[]): string | undefined {
  const { cells } = range ?? {};
  if (!cells || !number || more.length > 0 || (cells.length > 1 && (cells[0]?.length ?? 0) > 1))
    return undefined;
  const items = cells.flat();
  return items.includes(undefined) ? undefined : `CHOOSE(${number.text},${items.join(',')})`;
}

const CRITERION = /^(<=|>=|<>|<|>|=)?\s*(-?(?:\d+(?:\.\d*)?|\.\d+))$/;

/** What a cell must be: a number, or a comparison with one. */
function criterionOf({ text, quoted, cells }: ShapeArgument): string | undefined {
  if (cells) return undefined;
  if (quoted === undefined) return text === '' ? undefined : `=(${text})`;
  const [, sign = '=', number] = CRITERION.exec(quoted) ?? [];
  return number === undefined ? undefined : `${sign}(${number})`;
}

function sumWhere([range, criterion, sums = range, ...more]: readonly ShapeArgument[]): string | undefined {
  const wanted = criterion && criterionOf(criterion);
  if (!range?.cells || !sums?.cells || more.length > 0 || wanted === undefined) return undefined;
  if (!isSameSize(range.cells, sums.cells)) return undefined;
  const values = sums.cells.flat();
  const terms = range.cells.flat().flatMap((cell, index) => {
    const value = values[index];
    return cell === undefined || value === undefined ? [] : [`IF(${cell}${wanted},${value},0)`];
  });
  return terms.length > 0 ? `SUM(${terms.join(',')})` : undefined;
}

function countWhere([range, criterion, ...more]: readonly ShapeArgument[]): string | undefined {
  const wanted = criterion && criterionOf(criterion);
  if (!range?.cells || more.length > 0 || wanted === undefined) return undefined;
  const terms = range.cells
    .flat()
    .flatMap((cell) => (cell === undefined ? [] : [`IF(${cell}${wanted},1,0)`]));
  return terms.length > 0 ? `SUM(${terms.join(',')})` : undefined;
}
