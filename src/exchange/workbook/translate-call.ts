/**
 * Functions in Excel's words. Those that Excel has are written as they are; ours are written in its arithmetic; one that
 * cannot be written faithfully, as a trend through figures that may be missing, is refused and not approximated.
 */
import type { Expression, FunctionSpec } from '#formula';
import { translateCurve } from './translate-curve.ts';
import { gathered, noneOf, valuesOf } from './translate-list.ts';
import {
  CLOSED,
  EMPTY,
  absent,
  anyOf,
  condition,
  constant,
  guarded,
  joined,
  nothing,
  numeric,
  whole,
  within,
  type Piece,
} from './piece.ts';
import { choice, chosen, power, translate, type Site } from './translate.ts';

type Args = readonly (Expression | undefined)[];

/** Functions whose single arguments Excel takes in the same order with the same meaning. */
const SAME: ReadonlySet<string> = new Set([
  ...['ABS', 'SIGN', 'ROUND', 'ROUNDUP', 'ROUNDDOWN', 'INT', 'TRUNC', 'MOD', 'CEILING', 'FLOOR'],
  ...['SQRT', 'EXP', 'LN', 'LOG', 'LOG10', 'PV', 'FV', 'PMT', 'IPMT', 'PPMT', 'NPER', 'RATE'],
]);

const AGGREGATES: ReadonlySet<string> = new Set([
  ...['SUM', 'AVERAGE', 'MEDIAN', 'MIN', 'MAX', 'PRODUCT', 'STDEV', 'VAR'],
]);

/** The positions of payment and lump sum, of which one must be given. */
const EITHER: ReadonlyMap<string, readonly [number, number]> = new Map([
  ['PV', [2, 3]],
  ['FV', [2, 3]],
  ['PMT', [2, 3]],
  ['IPMT', [3, 4]],
  ['PPMT', [3, 4]],
  ['NPER', [2, 2]],
  ['RATE', [2, 2]],
]);

/** Translates a call. Fails: throws `Untranslatable`. */
export function translateCall(spec: FunctionSpec, args: Args, site: Site): Piece {
  const { name } = spec;
  if (SAME.has(name)) return same(name, args, site);
  if (AGGREGATES.has(name)) return aggregate(name, args, site);
  const single = (index: number): Piece => numberAt(args, index, site);
  switch (name) {
    case 'COUNT':
      return count(args, site);
    case 'AND':
    case 'OR':
      return logical(name, args, site);
    case 'NOT': {
      const test = condition(pieceAt(args, 0, site));
      return {
        ...joined([test], site.isExact),
        text: `NOT(${test.text})`,
        strength: CLOSED,
        isLogical: true,
      };
    }
    case 'POWER':
      return power(single(0), single(1), site);
    case 'NPV':
      return netPresentValue(args, site);
    case 'RRI':
      return equivalentRate(single(0), single(1), single(2), site);
    case 'CAGR':
      return equivalentRate(single(2), single(0), single(1), site);
    case 'STEP': {
      const [height, start] = [single(0), single(1)];
      return shape([height, start], `${within(height, 4)}*(${now(site)}>=${within(start, 3)})`, site);
    }
    case 'PULSE': {
      const [height, start, length] = [single(0), single(1), single(2)];
      const lasts = `AND(${now(site)}>=${within(start, 3)},${now(site)}<${within(start, 3)}+${within(length, 4)})`;
      return shape(
        [height, start, length],
        unless(length, `${within(length, 3)}<0`, `${within(height, 4)}*${lasts}`),
        site,
      );
    }
    case 'RAMP':
      return ramp(args, site);
    default:
      return lazy(name, args, site) ?? translateCurve(name, args, site);
  }
}

function now(site: Site): string {
  return site.year({ kind: 'lag', by: 0 }).text;
}

/** An argument as it comes; one that is not there is zero, as in Excel. */
function pieceAt(args: Args, index: number, site: Site): Piece {
  const argument = args[index];
  return argument === undefined ? constant('0') : translate(argument, site);
}

function numberAt(args: Args, index: number, site: Site): Piece {
  return numeric(pieceAt(args, index, site));
}

/** RRI came with Excel 2013, which says so in the file. Some programs find a rate between amounts of unlike signs. */
function equivalentRate(count: Piece, from: Piece, to: Piece, site: Site): Piece {
  const call = `_xlfn.RRI(${count.text},${from.text},${to.text})`;
  const isWrong = `OR(${within(count, 3)}<=0,${within(from, 3)}=0,${within(to, 5)}/${within(from, 5)}<0)`;
  const text = site.isExact ? `IF(${isWrong},#NUM!,${call})` : call;
  return { ...joined([count, from, to], site.isExact), text, strength: CLOSED, mayFail: true };
}

function same(name: string, args: Args, site: Site): Piece {
  const pieces = args.map((argument) => argument && numeric(translate(argument, site)));
  while (pieces.length > 0 && pieces.at(-1) === undefined) pieces.pop();
  const given = pieces.filter((piece) => piece !== undefined);
  const either = EITHER.get(name);
  const isLeftOut = either?.every((position) => args[position] === undefined) ?? false;
  const call = `${name}(${pieces.map((piece) => piece?.text ?? '').join(',')})`;
  const edge = site.isExact ? edgeOf(name, pieces) : undefined;
  const text = isLeftOut ? '#VALUE!' : edge ? `IF(${edge},#NUM!,${call})` : call;
  return { ...joined(given, site.isExact), text, strength: CLOSED, mayFail: true };
}

/** Where a function of money has no value: programs differ in what they say there. */
function edgeOf(name: string, pieces: readonly (Piece | undefined)[]): string | undefined {
  const at = (index: number): Piece => pieces[index] ?? constant('0');
  const rate = at(0);
  switch (name) {
    case 'PV':
    case 'FV':
      return `${within(rate, 3)}=-1`;
    case 'PMT':
      return `OR(${within(rate, 3)}<=-1,${within(at(1), 3)}=0)`;
    case 'IPMT':
    case 'PPMT':
      return `OR(${within(rate, 3)}<=-1,${within(at(2), 3)}=0)`;
    case 'NPER': {
      const [paid, owed] = [within(at(1), 4), within(at(2), 4)];
      const due = pieces[4] === undefined ? paid : `${paid}*IF(${within(at(4), 3)}=0,1,1+${within(rate, 4)})`;
      return `OR(${within(rate, 3)}<=-1,${due}+${owed}*${within(rate, 5)}=0)`;
    }
    default:
      return undefined;
  }
}

/** Excel’s sum of nothing is 0, ours is missing: where all may be missing this is asked first. */
function aggregate(name: string, args: Args, site: Site): Piece {
  const values = valuesOf(args, site);
  return values.text === '' ? nothing() : { ...gathered(values, site), text: `${name}(${values.text})` };
}

function count(args: Args, site: Site): Piece {
  const { text } = valuesOf(args, site);
  if (text === '') return constant('0');
  return site.isExact
    ? { ...constant(`COUNT(${text})+0*SUM(${text})`, 3), mayFail: true }
    : constant(`COUNT(${text})`);
}

/** AND and OR pass over what is missing, and are missing where everything is. */
function logical(name: 'AND' | 'OR', args: Args, site: Site): Piece {
  const neutral = name === 'AND' ? 'TRUE' : 'FALSE';
  const { text, cells, isSure } = valuesOf(
    args.filter((argument) => argument?.kind === 'range'),
    site,
  );
  const tests: Piece[] = args.flatMap((argument) => {
    if (argument === undefined || argument.kind === 'range') return [];
    const items = argument.kind === 'list' ? argument.items : [argument];
    return items.map((item) => condition(translate(item, site)));
  });
  const shown = tests.flatMap((test) =>
    test.missing === 'always' && !site.isExact
      ? []
      : [test.tests.length === 0 ? test.text : `IF(${anyOf(test.tests)},${neutral},${test.text})`],
  );
  const all = text === '' ? shown : [text, ...shown];
  if (all.length === 0 || (cells.length === 0 && tests.every((test) => test.missing === 'always')))
    return nothing();
  const piece: Piece = {
    ...constant(`${name}(${all.join(',')})`),
    isLogical: true,
    mayFail: true,
  };
  if (isSure || tests.some((test) => test.missing === 'never')) return piece;
  const none = [...(text === '' ? [] : [noneOf(text, site)]), ...tests.map((test) => anyOf(test.tests))];
  return {
    ...piece,
    missing: 'maybe',
    tests: [none.length === 1 ? (none[0] as string) : `AND(${none.join(',')})`],
  };
}

function netPresentValue(args: Args, site: Site): Piece {
  const rate = numberAt(args, 0, site);
  const flows = valuesOf(args.slice(1), site);
  if (flows.text === '') return absent([rate], site.isExact);
  return {
    ...joined([rate, gathered(flows, site)], site.isExact),
    text: `NPV(${rate.text},${flows.text})`,
    strength: CLOSED,
    mayFail: true,
  };
}

/** A shape over time: all of its numbers are needed, whether the shape has begun or not. */
function shape(pieces: readonly Piece[], text: string, site: Site): Piece {
  return { ...joined(pieces, site.isExact), text, strength: 4, mayFail: true };
}

/** The text, or a failure where the condition holds; a plain number is judged at once. */
function unless(piece: Piece, isWrong: string, text: string): string {
  return /^[\d.]+$/.test(piece.text) ? text : `IF(${isWrong},#NUM!,${text})`;
}

function ramp(args: Args, site: Site): Piece {
  const [slope, start] = [numberAt(args, 0, site), numberAt(args, 1, site)];
  const begun = (until: string) => `${within(slope, 4)}*MAX(0,${until}-${within(start, 4)})`;
  if (args[2] === undefined) return shape([slope, start], begun(now(site)), site);
  const end = numberAt(args, 2, site);
  const text = begun(`MIN(${now(site)},${end.text})`);
  const isKnown =
    [start, end].every((piece) => /^[\d.]+$/.test(piece.text)) && Number(end.text) >= Number(start.text);
  const checked = isKnown ? text : `IF(${within(end, 3)}<${within(start, 3)},#NUM!,${text})`;
  return shape([slope, start, end], checked, site);
}

/** Functions that look at some of their arguments only. */
function lazy(name: string, args: Args, site: Site): Piece | undefined {
  const at = (index: number) => numberAt(args, index, site);
  switch (name) {
    case 'IF':
      return choice(
        pieceAt(args, 0, site),
        () => at(1),
        () => at(2),
        site,
      );
    case 'IFERROR': {
      const attempt =
        args[0] === undefined ? constant('0') : numeric(translate(args[0], { ...site, isExact: true }));
      const instead = at(1);
      return chosen(`IFERROR(${whole(attempt)},${whole(instead)})`, [attempt, instead], site);
    }
    case 'ISBLANK': {
      const asked =
        args[0] === undefined ? constant('0') : numeric(translate(args[0], { ...site, isExact: true }));
      if (asked.missing === 'never') return constant('0');
      // Excel's own ISBLANK knows empty cells only, and an error is not blank
      return constant(`IFERROR(IF(${whole(asked)}=${EMPTY},1,0),0)`);
    }
    case 'IFS':
      return cases(args, 0, site, (test) => test);
    case 'SWITCH': {
      const subject = at(0);
      return cases(args, 1, site, (piece) => {
        const value = numeric(piece);
        const text = `${within(subject, 3)}=${within(value, 3)}`;
        return { ...joined([subject, value], site.isExact), text, strength: 1, isLogical: true };
      });
    }
    case 'CHOOSE': {
      const index = at(0);
      const choices = args.slice(1).map((_, position) => at(position + 1));
      const { missing, tests } = joined([index], site.isExact);
      if (missing === 'always') return nothing();
      const text = `CHOOSE(${index.text},${choices.map(whole).join(',')})`;
      return missing === 'maybe'
        ? guarded(`IF(${anyOf(tests)},${EMPTY},${text})`)
        : chosen(text, choices, site);
    }
    default:
      return undefined;
  }
}

/** Pairs of case and result; a last one alone is what holds otherwise. */
function cases(args: Args, start: number, site: Site, ask: (piece: Piece) => Piece): Piece {
  const left = args.length - start;
  if (left === 0) return { ...constant('#N/A'), mayFail: true };
  if (left === 1) return numberAt(args, start, site);
  return choice(
    ask(pieceAt(args, start, site)),
    () => numberAt(args, start + 1, site),
    () => cases(args, start + 2, site, ask),
    site,
  );
}
