/**
 * Evaluates arithmetic as it is written on a page, with textbook definitions of the functions that the plans use: a reader
 * with a calculator, who has nothing but the text. It shares no code with the program.
 */

/** A number, nothing, or a list of these. */
export type Read = number | null | Read[];

const SIGNS = /\s*(\d+(?:\.\d+)?(?:e[-+]?\d+)?[%‰]?|[A-Z][A-Z0-9]*|missing|[-−+×÷*/^(){},?:<>≤≥=≠])/gy;

const root = (value: number, degree: number) => value ** (1 / degree);

/** What comes of payments of 1, made at the ends of the periods or (`due` 1) at their beginnings. */
const grown = (rate: number, periods: number) => (1 + rate) ** periods;
const paid = (rate: number, periods: number, due: number) =>
  (rate === 0 ? periods : (grown(rate, periods) - 1) / rate) * (1 + rate * due);

function rounded(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}

function between(x: number, xs: number[], ys: number[]): number {
  const at = (index: number) => ({ x: xs[index] ?? NaN, y: ys[index] ?? NaN });
  const last = xs.length - 1;
  if (x <= at(0).x) return at(0).y;
  if (x >= at(last).x) return at(last).y;
  const next = xs.findIndex((one) => one >= x);
  const [from, to] = [at(next - 1), at(next)];
  return from.y + ((to.y - from.y) * (x - from.x)) / (to.x - from.x);
}

const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0);

const FUNCTIONS: Readonly<Record<string, (...args: number[]) => number>> = {
  RRI: (periods, from, to) => root((to ?? NaN) / (from ?? NaN), periods ?? NaN) - 1,
  CAGR: (from, to, years) => root((to ?? NaN) / (from ?? NaN), years ?? NaN) - 1,
  FV: (rate = NaN, periods = NaN, payment = NaN, present = 0, due = 0) =>
    -(payment * paid(rate, periods, due) + present * grown(rate, periods)),
  PV: (rate = NaN, periods = NaN, payment = NaN, future = 0, due = 0) =>
    -(payment * paid(rate, periods, due) + future) / grown(rate, periods),
  INT: (value) => Math.floor(value ?? NaN),
  PERIODYEAR: (year) => year ?? NaN,
  ROUND: (value, digits) => rounded(value ?? NaN, digits ?? NaN),
};

const OF_SERIES: Readonly<Record<string, (numbers: number[]) => number>> = {
  SUM: sum,
  AVERAGE: (numbers) => sum(numbers) / numbers.length,
  MIN: (numbers) => Math.min(...numbers),
};

/** Evaluates a text; null where something that it needs is missing. */
export function evaluateWritten(text: string): Read {
  const words = [...text.matchAll(SIGNS)].map(([, word]) => word ?? '');
  if (words.join('') !== text.replace(/\s/g, '')) throw new Error(`not read whole: ${text}`);
  let at = 0;
  const take = (...wanted: string[]) => (wanted.includes(words[at] ?? '') ? words[at++] : undefined);
  const need = (word: string) => {
    if (!take(word)) throw new Error(`${word} expected at ${at} of ${text}`);
  };
  const both = (a: Read, b: Read, make: (a: number, b: number) => number): Read =>
    typeof a === 'number' && typeof b === 'number' ? make(a, b) : null;

  function choice(): Read {
    const test = comparison();
    if (!take('?')) return test;
    const then = choice();
    need(':');
    const otherwise = choice();
    return test === null ? null : test === 0 ? otherwise : then;
  }
  function comparison(): Read {
    const left = total();
    const sign = take('<', '>', '≤', '≥', '=', '≠');
    if (sign === undefined) return left;
    const compare: Record<string, (a: number, b: number) => boolean> = {
      '<': (a, b) => a < b,
      '>': (a, b) => a > b,
      '≤': (a, b) => a <= b,
      '≥': (a, b) => a >= b,
      '=': (a, b) => a === b,
      '≠': (a, b) => a !== b,
    };
    return both(left, total(), (a, b) => Number(compare[sign]?.(a, b)));
  }
  function total(): Read {
    let value = product();
    for (let sign = take('+', '−', '-'); sign !== undefined; sign = take('+', '−', '-')) {
      const isPlus = sign === '+';
      value = both(value, product(), (a, b) => (isPlus ? a + b : a - b));
    }
    return value;
  }
  function product(): Read {
    let value = signed();
    for (let sign = take('×', '÷', '*', '/'); sign !== undefined; sign = take('×', '÷', '*', '/')) {
      const isTimes = sign === '×' || sign === '*';
      value = both(value, signed(), (a, b) => (isTimes ? a * b : a / b));
    }
    return value;
  }
  function signed(): Read {
    if (!take('−', '-')) return power();
    const value = signed();
    return typeof value === 'number' ? -value : null;
  }
  function power(): Read {
    const base = single();
    return take('^') ? both(base, single(), (a, b) => a ** b) : base;
  }
  function single(): Read {
    const word = words[at++] ?? '';
    if (word === 'missing') return null;
    if (word === '(') {
      const value = choice();
      need(')');
      return value;
    }
    if (word === '{') return listTo('}');
    if (/^\d/.test(word)) return Number.parseFloat(word) / (word.endsWith('%') ? 100 : 1);
    need('(');
    return call(word, listTo(')'));
  }
  function listTo(end: string): Read[] {
    const items: Read[] = [];
    if (take(end)) return items;
    do items.push(choice());
    while (take(','));
    need(end);
    return items;
  }
  function call(name: string, args: Read[]): Read {
    const numbers = args.filter((one) => typeof one === 'number');
    const ofSeries = OF_SERIES[name];
    if (ofSeries) return numbers.length === 0 ? null : ofSeries(numbers);
    if (numbers.length < args.length && name !== 'INTERPOLATE') return null;
    if (name === 'INTERPOLATE') {
      const [x, xs, ys] = args;
      return typeof x === 'number' ? between(x, xs as number[], ys as number[]) : null;
    }
    const compute = FUNCTIONS[name];
    if (!compute) throw new Error(`no textbook has ${name}`);
    return compute(...numbers);
  }

  const result = choice();
  if (at < words.length) throw new Error(`more than one reading: ${text}`);
  return result;
}
