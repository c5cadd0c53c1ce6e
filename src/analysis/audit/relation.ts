/**
 * What ties printed rows to each other: the formulas that say what a row *is*, and the shares whose own name says so.
 *
 * A formula that says how a row is expected to move is left out: the audit is about the plan's arithmetic, not about our
 * assumptions. Such a formula carries numbers of its own, or lets a row grow with another row's driver.
 */
import type { Plan, Source } from '#plan';
import { partsOf, type Expression } from '#formula';
import type { Engine } from '#engine';
import { cellKey, type Cell } from '../cell.ts';
import { fixExpression, type FormulaGround } from './fixed-expression.ts';
import { binary, reference } from './movement.ts';

/** One equation between cells: `cell` is what `expression` gives. */
export interface Relation {
  readonly cell: Cell;
  readonly expression: Expression;
  readonly evenGrowth: boolean;
  /** Every cell of it, `cell` first, each once. */
  readonly members: readonly Cell[];
}

/** Finds the relations of a plan in given periods. */
export function findRelations(engine: Engine, periods: readonly number[]): Relation[] {
  const { plan } = engine;
  const formulas = plan.lines.flatMap(({ id, kind, formula }) => {
    if (kind !== 'result' || formula === undefined) return [];
    const expression = engine.check(id, formula).formula?.expression;
    return expression && isDefinition(id, expression) ? [{ id, expression }] : [];
  });
  const stocks = new Map(formulas.flatMap(({ id, expression }) => stockAndFlow(id, expression)));
  const ground: FormulaGround = {
    periods: plan.periods,
    isRate: (line) => engine.unitOf(line).shown !== 1,
    stockOf: (flow) => stocks.get(flow),
  };
  const relations = periods.flatMap((period) =>
    formulas.flatMap(({ id, expression }) => {
      const fixed = fixExpression(expression, period, ground);
      return fixed ? [relationOf({ line: id, period }, fixed.expression, fixed.evenGrowth)] : [];
    }),
  );
  const known = new Set(relations.map(keyOf));
  return [...relations, ...namedShares(plan).filter((one) => !known.has(keyOf(one)))];
}

function relationOf(cell: Cell, expression: Expression, evenGrowth: boolean): Relation {
  const members = new Map([cell, ...cellsOf(expression)].map((one) => [cellKey(one), one]));
  return { cell, expression, evenGrowth, members: [...members.values()] };
}

function keyOf({ members }: Relation): string {
  return members.map(cellKey).sort().join();
}

function cellsOf(expression: Expression): Cell[] {
  if (expression.kind === 'reference' && expression.at.kind === 'fixed')
    return [{ line: expression.line, period: expression.at.period }];
  return partsOf(expression).flatMap(cellsOf);
}

/** A line that grows by a rate of its own says nothing of other rows; its growth is reckoned where its level is known. */
function isDefinition(line: string, expression: Expression): boolean {
  if (hasOwnNumbers(expression)) return false;
  return !linesIn(expression).includes(line) || isAccumulation(line, expression);
}

/** Numbers other than 1 are assumptions, except where they count years. */
function hasOwnNumbers(expression: Expression): boolean {
  if (expression.kind === 'number') return expression.value !== 1;
  if (expression.kind === 'call' && /^(CAGR|RRI)$/i.test(expression.name)) return false;
  return partsOf(expression).some(hasOwnNumbers);
}

/** `stock[t-1] + flow`, with any number of flows added and taken away. */
function isAccumulation(line: string, expression: Expression): boolean {
  if (expression.kind === 'reference') return true;
  if (expression.kind !== 'binary' || !['+', '-'].includes(expression.operator)) return false;
  return (
    isAccumulation(line, expression.left) &&
    (expression.right.kind === 'reference' || isAccumulation(line, expression.right))
  );
}

/** `stock[t-1] + flow`: the flow with its stock. A flow that two stocks gain has the last of them. */
function stockAndFlow(line: string, expression: Expression): [flow: string, stock: string][] {
  if (expression.kind !== 'binary' || expression.operator !== '+') return [];
  const { left, right } = expression;
  return isAt(left, -1) && left.line === line && isAt(right, 0) ? [[right.line, line]] : [];
}

function isAt(part: Expression, by: number): part is Expression & { kind: 'reference' } {
  return part.kind === 'reference' && part.at.kind === 'lag' && part.at.by === by;
}

function linesIn(expression: Expression): string[] {
  if (expression.kind === 'reference' || expression.kind === 'range') return [expression.line];
  return partsOf(expression).flatMap(linesIn);
}

/** `金融业增加值占GDP比重`, `金融业增加值 / 占全市GDP比重(%)`: what is before 占 over what is after it. */
const SHARE = /^(.*?)(?:\s*\/\s*)?(?:\d{4}年)?占(.+?)(?:的)?比[重例]/u;
/** Words that name the place and not the quantity. */
const PLACE_WORDS = /^(?:全市|全区|本市|我市|当地)/u;

/** Shares in tables whose part and whole stand in the same row or the same column. */
function namedShares(plan: Plan): Relation[] {
  const cells = plan.lines.flatMap(({ id, figures = [], unit }) =>
    figures.flatMap(({ period, source, origin }) =>
      origin === 'printed' && source && 'table' in source ? [{ line: id, unit, period, source }] : [],
    ),
  );
  return cells.flatMap((share) => {
    if (share.unit !== '%') return [];
    return (['row', 'column'] as const).flatMap((along) => {
      const other = along === 'row' ? 'column' : 'row';
      const match = SHARE.exec(bare(share.source[other]));
      const [, part, whole] = match ?? [];
      if (!part || !whole) return [];
      const peers = cells.filter(
        (one) =>
          one.unit !== '%' &&
          one.period === share.period &&
          one.source.table === share.source.table &&
          one.source[along] === share.source[along],
      );
      const find = (name: string) => peers.find(({ source }) => isCalled(source, other, name));
      const [above, below] = [find(part), find(whole.replace(PLACE_WORDS, ''))];
      if (!above || !below) return [];
      return [
        relationOf(
          { line: share.line, period: share.period },
          binary('/', reference(above), reference(below)),
          false,
        ),
      ];
    });
  });
}

function isCalled(
  source: Extract<Source, { table: string }>,
  label: 'row' | 'column',
  name: string,
): boolean {
  const [head] = bare(source[label]).split(/\s*[/(（]/u);
  return head === name;
}

/** A label without its number: `1 金融业增加值（亿元）` is 金融业增加值（亿元）. */
function bare(label: string): string {
  return label.replace(/^\d+(?:[.、．]\s*|\s+)/u, '').trim();
}
