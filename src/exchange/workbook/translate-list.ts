/** Arguments that are many values: ranges, lists, and single values in their place. */
import type { Expression } from '#formula';
import { EMPTY, anyOf, numeric, nothing, whole, type Piece } from './piece.ts';
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

/** A value that turns into an empty cell where it is missing: a text would be an error, an empty cell is skipped. */
function skipped(piece: Piece, site: Site): string {
  if (piece.missing === 'never') return piece.text;
  const text = piece.isGuarded ? piece.text : whole(piece);
  const tests = piece.isGuarded ? `${text}=${EMPTY}` : anyOf(piece.tests);
  return `IF(${tests},${site.blank},${piece.text})`;
}

/** Translates a list that must be whole: known points of a curve. Cells that are never there are left out. */
export function pointsOf(name: string, xs: readonly Piece[], ys: readonly Piece[]): { x: Piece; y: Piece }[] {
  return xs.flatMap((x, index) => {
    const y = ys[index] ?? nothing();
    if (x.missing === 'always' || y.missing === 'always') return [];
    if (x.missing === 'maybe' || y.missing === 'maybe') throw new Untranslatable('function', name);
    return [{ x, y }];
  });
}

/** Writes pieces as an array: a constant one where all are numbers, else gathered. */
export function arrayText(pieces: readonly Piece[]): string {
  const texts = pieces.map((piece) => piece.text);
  if (texts.every((text) => /^-?\d+(\.\d+)?(E[+-]?\d+)?$/.test(text))) return `{${texts.join(',')}}`;
  const numbers = texts.map((_, index) => index + 1);
  return `CHOOSE({${numbers.join(',')}},${texts.join(',')})`;
}
