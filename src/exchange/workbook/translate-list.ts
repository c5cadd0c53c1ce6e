/** Arguments that are many values: ranges, lists, and single values in their place. */
import type { Expression } from '#formula';
import { EMPTY, anyOf, constant, numeric, nothing, whole, type Piece } from './piece.ts';
import { scaled, translate, type CellRange, type Site } from './translate.ts';
import { Untranslatable } from './untranslatable.ts';

/** Translates the cells of an argument: a range's, a list's, or the one value as a list of one. */
export function cellsOf(argument: Expression, site: Site): { cells: readonly Piece[]; range?: CellRange } {
  if (argument.kind === 'range') {
    const range = site.range(argument.line, argument.from, argument.to);
    return { cells: range.cells, range };
  }
  if (argument.kind === 'list')
    return { cells: argument.items.map((item) => numeric(translate(item, site))) };
  if (argument.kind === 'factor') {
    // each by itself: a range by a factor would be an array formula
    const { cells } = cellsOf(argument.operand, site);
    return { cells: cells.map((cell) => scaled(numeric(cell), argument.by, site)) };
  }
  return { cells: [numeric(translate(argument, site))] };
}

/** Values as an aggregate takes them. */
export interface Values {
  /** The arguments, so written that Excel skips what is missing. Empty where nothing can ever be there. */
  readonly text: string;
  /** At least one is always there. */
  readonly isSure: boolean;
  /** All of them, for what must be known of each. */
  readonly cells: readonly Piece[];
}

/** Translates arguments that are flattened and of which missing ones are skipped. */
export function valuesOf(args: readonly (Expression | undefined)[], site: Site): Values {
  const texts: string[] = [];
  const all: Piece[] = [];
  for (const argument of args) {
    if (argument === undefined) continue;
    const { cells, range } = cellsOf(argument, site);
    all.push(...cells);
    if (range) {
      if (cells.length > 0) texts.push(range.address);
    } else {
      const isAddress = argument.kind === 'reference';
      for (const cell of cells)
        if (cell.missing !== 'always') texts.push(isAddress ? cell.text : skipped(cell, site));
    }
  }
  const isSure = all.some((cell) => cell.missing === 'never');
  const isNowhere = all.every((cell) => cell.missing === 'always') && !site.isExact;
  return { text: isNowhere ? '' : texts.join(','), isSure, cells: all };
}

/** None of the values is there. COUNT passes over errors; where they must show, a sum is asked for them. */
export function noneOf(values: string, site: Site): string {
  return site.isExact ? `AND(COUNT(${values})=0,SUM(${values})=0)` : `COUNT(${values})=0`;
}

/** The sum of values stands for all of them where it is asked whether one fails, or whether all are missing. */
export function gathered({ text, isSure }: Pick<Values, 'text' | 'isSure'>, site: Site): Piece {
  const sum: Piece = { ...constant(`SUM(${text})`), mayFail: true };
  return isSure ? sum : { ...sum, missing: 'maybe', tests: [noneOf(text, site)] };
}

/** A value that turns into an empty cell where it is missing: a text would be an error, an empty cell is skipped. */
export function skipped(piece: Piece, site: Site): string {
  if (piece.missing === 'never') return piece.text;
  const text = piece.isGuarded ? piece.text : whole(piece);
  const tests = piece.isGuarded ? `${text}=${EMPTY}` : anyOf(piece.tests);
  return `IF(${tests},${site.blank},${piece.text})`;
}

/** A point of a curve. */
export interface Point {
  readonly x: Piece;
  readonly y: Piece;
}

/**
 * Translates a list that must be whole: known points of a curve. A point of which one part is never there is left out;
 * its other part is `single`, since it may still fail.
 */
export function pointsOf(
  name: string,
  xs: readonly Piece[],
  ys: readonly Piece[],
): { points: Point[]; single: Piece[] } {
  const [points, single]: [Point[], Piece[]] = [[], []];
  xs.forEach((x, index) => {
    const y = ys[index] ?? nothing();
    const there = [x, y].filter((part) => part.missing !== 'always');
    if (there.length < 2) return single.push(...there);
    if (there.some((part) => part.missing === 'maybe')) throw new Untranslatable('function', name);
    return points.push({ x, y });
  });
  return { points, single };
}

/** Writes pieces as an array: a constant one where all are numbers, else gathered. */
export function arrayText(pieces: readonly Piece[]): string {
  const texts = pieces.map((piece) => piece.text);
  if (texts.every((text) => /^-?\d+(\.\d+)?(E[+-]?\d+)?$/.test(text))) return `{${texts.join(',')}}`;
  const numbers = texts.map((_, index) => index + 1);
  return `CHOOSE({${numbers.join(',')}},${texts.join(',')})`;
}
