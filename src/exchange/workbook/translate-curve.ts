/** Functions of whole lists: trends, tables, internal rates. The points must be known to be there. */
import type { Expression } from '#formula';
import { CLOSED, absent, constant, joined, nothing, numeric, within, type Piece } from './piece.ts';
import { arrayText, cellsOf, gathered, pointsOf, skipped, type Point } from './translate-list.ts';
import { translate, type Site } from './translate.ts';
import { Untranslatable } from './untranslatable.ts';

type Args = readonly (Expression | undefined)[];

/** Translates a call of TREND, GROWTH, FORECAST, INTERPOLATE, LOOKUP or IRR. Fails: throws `Untranslatable`. */
export function translateCurve(name: string, args: Args, site: Site): Piece {
  switch (name) {
    case 'TREND':
    case 'GROWTH':
      return extrapolation(name, args, site);
    case 'FORECAST':
      return forecast(args, site);
    case 'INTERPOLATE':
      return interpolation(args, site);
    case 'LOOKUP':
      return lookup(args, site);
    case 'IRR':
      return internalRate(args, site);
    default:
      throw new Untranslatable('function', name);
  }
}

function listAt(args: Args, index: number, site: Site): readonly Piece[] {
  const argument = args[index];
  return argument === undefined ? [] : cellsOf(argument, site).cells;
}

function numberOf(argument: Expression, site: Site): Piece {
  return numeric(translate(argument, site));
}

function isLiteral(piece: Piece): boolean {
  return /^-?\d+(\.\d+)?(E[+-]?\d+)?$/.test(piece.text);
}

/** Everything that lists were made of, side by side: points, and parts of points that were left out. */
function textsOf(points: readonly Point[], single: readonly Piece[], site: Site): string[] {
  return [...points.flatMap(({ x, y }) => [x.text, y.text]), ...single.map((part) => skipped(part, site))];
}

/** A list as it was written, or gathered from the points that are there. */
function asWritten(
  args: Args,
  index: number,
  all: readonly Piece[],
  used: readonly Piece[],
  site: Site,
): string {
  const argument = args[index];
  if (used.length === all.length && argument?.kind === 'range')
    return cellsOf(argument, site).range?.address ?? '';
  return arrayText(used);
}

/**
 * Joins a call's parts. The lists are whole, but any of their cells may fail; some programs pass over an error in a list,
 * or in a number beside it, so that where failures must show a sum of all is asked as well.
 */
function curve(text: string, numbers: readonly Piece[], list: readonly string[], site: Site): Piece {
  const seen: Piece = { ...constant(`SUM(${list.join(',')})`), mayFail: true };
  const both = { ...joined([...numbers, seen], site.isExact), mayFail: true };
  if (!site.isExact) return { ...both, text, strength: CLOSED };
  const asked = [...list, ...numbers.filter((piece) => piece.mayFail).map((piece) => piece.text)];
  return { ...both, text: `${text}+0*SUM(${asked.join(',')})`, strength: 3 };
}

/** No point is there. What was asked may still fail, and so may half a point: a failure goes first. */
function pointless(numbers: readonly Piece[], single: readonly Piece[], site: Site): Piece {
  const list = textsOf([], single, site);
  const seen = list.length === 0 ? [] : [gathered({ text: list.join(','), isSure: true }, site)];
  return absent([...numbers, ...seen], site.isExact);
}

/** A call that fails whatever its numbers are, unless one of them is missing. */
function failing(code: string, numbers: readonly Piece[], site: Site): Piece {
  return { ...joined(numbers, site.isExact), text: code, strength: CLOSED, mayFail: true };
}

function extrapolation(name: string, args: Args, site: Site): Piece {
  const ys = listAt(args, 0, site);
  const hasXs = args[1] !== undefined;
  const xs = hasXs ? listAt(args, 1, site) : ys.map((_, index) => constant(String(index + 1)));
  const [first] = xs;
  const x = args[2] === undefined ? (first ?? nothing()) : numberOf(args[2], site);
  const free = args[3] === undefined ? undefined : numberOf(args[3], site);
  const numbers = free ? [x, free] : [x];
  if (xs.length !== ys.length) return failing('#REF!', numbers, site);
  const { points, single } = pointsOf(name, xs, ys);
  if (points.length === 0) return pointless(numbers, single, site);
  // through one point there is no line; Excel and others differ in what they say then
  if (points.length < 2) throw new Untranslatable('function', name);
  const y = asWritten(
    args,
    0,
    ys,
    points.map((point) => point.y),
    site,
  );
  const isPlain = !hasXs && points.length === ys.length;
  const known = isPlain
    ? ''
    : asWritten(
        args,
        1,
        xs,
        points.map((point) => point.x),
        site,
      );
  const call = `${name}(${y},${known},${x.text}${free ? `,${free.text}` : ''})`;
  // the result is an array of one, which the functions around it may take for a list
  return curve(`INDEX(${call},1)`, numbers, textsOf(points, single, site), site);
}

function forecast(args: Args, site: Site): Piece {
  const [ys, xs] = [listAt(args, 1, site), listAt(args, 2, site)];
  const x = args[0] === undefined ? constant('0') : numberOf(args[0], site);
  if (xs.length !== ys.length) return failing('#N/A', [x], site);
  const { points, single } = pointsOf('FORECAST', xs, ys);
  if (points.length === 0) return pointless([x], single, site);
  const known = [
    asWritten(
      args,
      1,
      ys,
      points.map((point) => point.y),
      site,
    ),
    asWritten(
      args,
      2,
      xs,
      points.map((point) => point.x),
      site,
    ),
  ];
  return curve(`FORECAST(${x.text},${known.join(',')})`, [x], textsOf(points, single, site), site);
}

/** Piece by piece along the points: each step counts as far as x has come; the ends are held. */
function interpolation(args: Args, site: Site): Piece {
  const [xs, ys] = [listAt(args, 1, site), listAt(args, 2, site)];
  const x = args[0] === undefined ? constant('0') : numberOf(args[0], site);
  if (xs.length !== ys.length) return failing('#N/A', [x], site);
  const { points, single } = pointsOf('INTERPOLATE', xs, ys);
  if (!points.every((point) => isLiteral(point.x))) throw new Untranslatable('function', 'INTERPOLATE');
  const places = points.map((point) => Number(point.x.text));
  if (places.some((place, index) => index > 0 && place <= (places[index - 1] as number))) {
    return failing('#NUM!', [x], site);
  }
  const [first] = points;
  if (!first) return pointless([x], single, site);
  let text = within(first.y, 3);
  points.forEach((point, index) => {
    const before = points[index - 1];
    if (!before) return;
    const way = `(${within(x, 3)}-${within(before.x, 4)})/(${within(point.x, 3)}-${within(before.x, 4)})`;
    text += `+(${within(point.y, 3)}-${within(before.y, 4)})*MAX(0,MIN(1,${way}))`;
  });
  const half = textsOf([], single, site);
  if (site.isExact && half.length > 0) text += `+0*SUM(${half.join(',')})`;
  const both = joined([x, ...points.map((point) => point.y)], site.isExact);
  return { ...both, text, strength: 3, mayFail: true };
}

function lookup(args: Args, site: Site): Piece {
  const keys = listAt(args, 1, site);
  const results = args[2] === undefined ? keys : listAt(args, 2, site);
  const isRising = keys.every(
    (key, index) => isLiteral(key) && (index === 0 || Number(key.text) >= Number(keys[index - 1]?.text)),
  );
  // Excel searches as if the keys were ascending; ours does not need it
  if (!isRising || results.some((result) => result.missing !== 'never'))
    throw new Untranslatable('function', 'LOOKUP');
  const x = args[0] === undefined ? constant('0') : numberOf(args[0], site);
  if (results.length !== keys.length) return failing('#N/A', [x], site);
  const found = args[2] === undefined ? '' : `,${asWritten(args, 2, results, results, site)}`;
  return curve(
    `LOOKUP(${x.text},${arrayText(keys)}${found})`,
    [x],
    results.map((result) => result.text),
    site,
  );
}

function internalRate(args: Args, site: Site): Piece {
  const [values, guess] = args;
  if (values === undefined) throw new Untranslatable('invalid', 'IRR');
  const { cells, range } = cellsOf(values, site);
  const start = guess === undefined ? undefined : numberOf(guess, site);
  const more = start ? `,${start.text}` : '';
  if (!range && cells.some((cell) => cell.missing !== 'never')) throw new Untranslatable('function', 'IRR');
  if (cells.every((cell) => cell.missing === 'always')) return absent(start ? [start] : [], site.isExact);
  const text = range?.address ?? arrayText(cells);
  const flows = gathered({ text, isSure: cells.some((cell) => cell.missing === 'never') }, site);
  const rate = curve(`IRR(${text}${more})`, start ? [start] : [], [text], site);
  return { ...rate, ...joined([flows, ...(start ? [start] : [])], site.isExact), mayFail: true };
}
