/** Every stated growth, change, multiple and mean against the one that the printed figures imply. */
import type { Line, Plan } from '#plan';
import type { Evidence, Finding, FindingRule, Reading, Repair, Severity, Step } from './finding.ts';
import type { PrintedNumbers, StatedEvidence } from './evidence.ts';
import { around, distance, exactly, isApart, minus, over, plus, type Interval } from './interval.ts';
import { mayBeAtConstantPrices, riseOfPrices } from './constant-prices.ts';
import { agrees, impliedMean, impliedMovement, type MovementKind } from './movement.ts';
import { severityOfGap } from './severity.ts';

/** Other numbers of years that are tried: a plan of five years is often reckoned over four. */
const YEARS_ASIDE = [-1, 1, -2, 2];

const RULES: Readonly<Record<MovementKind, FindingRule>> = {
  growth: 'growth',
  change: 'change',
  annualChange: 'change',
  multiple: 'multiple',
  mean: 'mean',
};

/** Compares every statement that can be reckoned; those that agree within their printed digits are no finding. */
export function findStatedMovements(plan: Plan, numbers: PrintedNumbers, reading: Reading): Finding[] {
  const lineOf = new Map(plan.lines.map((line) => [line.id, line]));
  const apart = numbers.statements.flatMap((statement) => {
    const step = imply(numbers, statement);
    if (!step || agreesEndByEnd(numbers, statement, step) || isRepeat(numbers, statement)) return [];
    const repairs = repairsOf(numbers, statement);
    const prices = repairs.length > 0 ? [] : pricesOf(lineOf.get(statement.line), statement, step);
    return [{ statement, step, repairs: [...repairs, ...prices] }];
  });
  const pairs = findSwapped(apart.filter(({ repairs }) => repairs.every(({ kind }) => kind === 'prices')));
  return apart.flatMap((one): Finding[] => {
    const pair = pairs.find(({ first, second }) => first === one || second === one);
    if (!pair) return [findingOf(numbers, [one], one.repairs, reading)];
    if (pair.second === one) return [];
    const swapped: Repair = { kind: 'swapped', line: pair.second.statement.line, exact: pair.exact };
    return [findingOf(numbers, [pair.first, pair.second], [swapped], reading)];
  });
}

function findingOf(
  numbers: PrintedNumbers,
  apart: readonly [Apart, ...Apart[]],
  repairs: readonly Repair[],
  reading: Reading,
): Finding {
  const [{ statement, step }] = apart;
  const { line, period, stated } = statement;
  return {
    id: [RULES[stated.kind], line, stated.kind, stated.from, stated.to, stated.value].join(':'),
    rule: RULES[stated.kind],
    severity: severityOf(statement, step, repairs),
    lines: apart.map((one) => one.statement.line),
    period,
    evidence: apart.flatMap((one) => [
      one.statement,
      ...repeatsOf(numbers, one.statement),
      ...inputsOf(numbers, one.step),
    ]),
    steps: apart.map((one) => one.step),
    repairs: [
      ...repairs,
      ...apart.map((one) => ({
        kind: 'value' as const,
        evidence: one.statement,
        interval: one.step.result,
      })),
    ],
    reading,
  };
}

/** That the growth is one of volume, where the row is one whose growth mostly is. */
function pricesOf(
  line: Line | undefined,
  { stated, interval, places }: StatedEvidence,
  step: Step,
): Repair[] {
  if (stated.kind !== 'growth' || !line || !mayBeAtConstantPrices(line, places)) return [];
  const rise = riseOfPrices(step.result, interval);
  return rise ? [{ kind: 'prices', rise }] : [];
}

/** A statement that holds at constant prices may be true, though not of the figures beside it. */
function severityOf({ interval }: StatedEvidence, { result }: Step, repairs: readonly Repair[]): Severity {
  const severity = severityOfGap(interval, result);
  return severity === 'contradiction' && repairs.some(({ kind }) => kind === 'prices') ? 'doubt' : severity;
}

/** A statement that its figures do not give, and other ways of reckoning that do. */
interface Apart {
  readonly statement: StatedEvidence;
  readonly step: Step;
  readonly repairs: readonly Repair[];
}

/** Other places that state the same of the same years, in digits that fit: 13.63% in the table, 13.6% in the text. */
function repeatsOf({ statements }: PrintedNumbers, one: StatedEvidence): StatedEvidence[] {
  return statements.filter(
    (other) =>
      other !== one &&
      other.line === one.line &&
      other.stated.kind === one.stated.kind &&
      other.from === one.from &&
      other.period === one.period &&
      !isApart(other.interval, one.interval),
  );
}

function isRepeat(numbers: PrintedNumbers, one: StatedEvidence): boolean {
  const [first] = repeatsOf(numbers, one);
  return first !== undefined && numbers.statements.indexOf(first) < numbers.statements.indexOf(one);
}

/** The step that a statement is compared with; undefined where a figure is missing. */
function imply(
  numbers: PrintedNumbers,
  { line, stated: { kind, from, to } }: StatedEvidence,
  years = to - from,
): Step | undefined {
  if (kind === 'mean') {
    const figures = yearsOf(numbers, line, from, to);
    return figures && impliedMean(figures);
  }
  const [start, end] = [numbers.find(line, from), numbers.find(line, to)];
  return start && end && impliedMovement(kind, start, end, years);
}

function yearsOf(numbers: PrintedNumbers, line: string, from: number, to: number): Evidence[] | undefined {
  const figures: Evidence[] = [];
  for (let period = from; period <= to; period += 1) {
    const one = numbers.find(line, period);
    if (!one) return undefined;
    figures.push(one);
  }
  return figures;
}

/** A stated range between two targets agrees when its lower end fits the lower target and its upper end the upper one. */
function agreesEndByEnd(numbers: PrintedNumbers, statement: StatedEvidence, { result }: Step): boolean {
  const { interval, line } = statement;
  const { kind, value, upTo, from, to } = statement.stated;
  const [start, end] = [numbers.find(line, from), numbers.find(line, to)];
  if (upTo === undefined || kind === 'mean' || end?.kind !== 'target' || !start)
    return agrees(result, interval);
  const digit = 2 * (value - interval.low);
  return [
    { stated: value, target: end.interval.low },
    { stated: upTo, target: end.interval.high },
  ].every(({ stated, target }) => {
    const step = impliedMovement(kind, start, { ...end, interval: exactly(target) }, to - from);
    return step === undefined || agrees(step.result, around(stated, digit));
  });
}

function inputsOf(numbers: PrintedNumbers, step: Step): Evidence[] {
  return step.inputs.flatMap(({ line, period }) => numbers.find(line, period) ?? []);
}

/** Other ways of reckoning that give the stated number. */
function repairsOf(numbers: PrintedNumbers, statement: StatedEvidence): Repair[] {
  const { line, stated, interval } = statement;
  if (stated.kind === 'mean') return [];
  const years = stated.to - stated.from;
  const repairs: Repair[] = [];
  const [start, end] = [numbers.find(line, stated.from), numbers.find(line, stated.to)];
  if (!start || !end) return [];
  const gives = (implied: Interval | undefined) => implied !== undefined && !isApart(implied, interval);

  for (const first of numbers.printings(line, stated.from))
    for (const last of numbers.printings(line, stated.to)) {
      if (first === start && last === end) continue;
      if (gives(impliedMovement(stated.kind, first, last, years)?.result))
        repairs.push({ kind: 'printing', evidence: last === end ? first : last });
    }
  if (stated.kind === 'growth' || stated.kind === 'annualChange')
    for (const aside of YEARS_ASIDE) {
      if (gives(imply(numbers, statement, years + aside)?.result))
        repairs.push({ kind: 'years', years: years + aside, of: years });
    }
  if (start.interval.low <= 0) return repairs;
  const multiple = over(end.interval, start.interval);
  const increase = minus(multiple, exactly(1));
  if (stated.kind === 'growth') {
    if (gives(over(increase, exactly(years)))) repairs.push({ kind: 'simpleMean', years });
    if (years > 1 && gives(increase)) repairs.push({ kind: 'total' });
    if (gives(meanOfYears(numbers, line, stated.from, stated.to))) repairs.push({ kind: 'meanOfYears' });
  }
  if (stated.kind === 'multiple') {
    if (gives(increase)) repairs.push({ kind: 'increase' });
    if (gives(plus(multiple, exactly(1)))) repairs.push({ kind: 'level' });
  }
  return repairs;
}

function meanOfYears(numbers: PrintedNumbers, line: string, from: number, to: number): Interval | undefined {
  const figures = yearsOf(numbers, line, from, to);
  if (!figures || figures.length < 3 || figures.some(({ interval }) => interval.low <= 0)) return undefined;
  const rates = figures
    .slice(1)
    .map((one, index) => minus(over(one.interval, (figures[index] as Evidence).interval), exactly(1)));
  return over(rates.reduce(plus, exactly(0)), exactly(rates.length));
}

/** How much nearer two rows must come by an exchange that does not fit exactly. */
const NEARER = 0.5;

/** By which share of itself a stated number must miss its figures before an exchange that is only near is thought of. */
const FAR = 0.2;

/** Two statements of one table that look exchanged; `exact` where each then fits the other's figures. */
interface Exchange {
  readonly first: Apart;
  readonly second: Apart;
  readonly exact: boolean;
}

/**
 * Looks for statements of one table and the same years of which each fits the figures of the other. Where none fit exactly, an
 * exchange of two that are far off is named as near when it brings them together more than twice as near. Each statement is
 * exchanged once, the best first.
 */
function findSwapped(apart: readonly Apart[]): Exchange[] {
  const exchanges = apart.flatMap((first, index) =>
    apart.slice(index + 1).flatMap((second) => {
      if (!isPeer(first.statement, second.statement)) return [];
      const now = gap(first, first) + gap(second, second);
      const then = gap(first, second) + gap(second, first);
      const exact = fits(first, second) && fits(second, first);
      const isNear = isFarOff(first) && isFarOff(second) && then < NEARER * now;
      return exact || isNear ? [{ first, second, exact, then }] : [];
    }),
  );
  const taken = new Set<Apart>();
  return exchanges
    .sort((a, b) => a.then - b.then)
    .filter(({ first, second }) => {
      if (taken.has(first) || taken.has(second)) return false;
      taken.add(first).add(second);
      return true;
    });
}

/** A number that is off by little has other causes: prices of another year, another extent. */
function isFarOff(apart: Apart): boolean {
  return gap(apart, apart) > FAR * Math.abs(apart.statement.value);
}

/** How far the figures of one are from the statement of the other. */
function gap({ step }: Apart, { statement }: Apart): number {
  return distance(step.result, statement.interval);
}

function fits({ step }: Apart, { statement }: Apart): boolean {
  return agrees(step.result, statement.interval);
}

/** Tells whether two statements stand in one column of one table and speak of the same years. */
function isPeer(one: StatedEvidence, other: StatedEvidence): boolean {
  const [here, there] = [one.places[0], other.places[0]];
  if (one.line === other.line || !here || !there || !('table' in here) || !('table' in there)) return false;
  return (
    here.table === there.table &&
    here.column === there.column &&
    one.stated.kind === other.stated.kind &&
    one.stated.from === other.stated.from &&
    one.stated.to === other.stated.to
  );
}
