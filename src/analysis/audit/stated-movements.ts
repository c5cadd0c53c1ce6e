/** Every stated growth, change, multiple and mean against the one that the printed figures imply. */
import type { Evidence, Finding, FindingRule, Reading, Repair, Severity, Step } from './finding.ts';
import type { PrintedNumbers, StatedEvidence } from './evidence.ts';
import { around, distance, exactly, isApart, minus, over, plus, type Interval } from './interval.ts';
import { agrees, impliedMean, impliedMovement, type MovementKind } from './movement.ts';

/** Other numbers of years that are tried: a plan of five years is often reckoned over four. */
const YEARS_ASIDE = [-1, 1, -2, 2];

/** Off by no more than this many of its last digits, a stated number is a slip of rounding. */
const SLIP_DIGITS = 2;
/** A stated number in words has no digits; within this share of itself it is a slip. */
const SLIP_SHARE = 0.05;

const RULES: Readonly<Record<MovementKind, FindingRule>> = {
  growth: 'growth',
  change: 'change',
  annualChange: 'change',
  multiple: 'multiple',
  mean: 'mean',
};

/** Compares every statement that can be reckoned; those that agree within their printed digits are no finding. */
export function findStatedMovements(numbers: PrintedNumbers, reading: Reading): Finding[] {
  const apart = numbers.statements.flatMap((statement) => {
    const step = imply(numbers, statement);
    if (!step || agreesEndByEnd(numbers, statement, step) || isRepeat(numbers, statement)) return [];
    return [{ statement, step, repairs: repairsOf(numbers, statement) }];
  });
  const unexplained = apart.filter(({ repairs }) => repairs.length === 0);
  return apart.map((one) => {
    const { statement, step, repairs } = one;
    const { line, period, stated } = statement;
    const swapped = repairs.length === 0 ? findSwapped(one, unexplained) : [];
    return {
      id: [RULES[stated.kind], line, stated.kind, stated.from, stated.to, stated.value].join(':'),
      rule: RULES[stated.kind],
      severity: severityOf(statement, step.result),
      lines: [line, ...swapped.map((other) => other.line)],
      period,
      evidence: [statement, ...repeatsOf(numbers, statement), ...inputsOf(numbers, step)],
      steps: [step],
      repairs: [...swapped, ...repairs, { kind: 'value', evidence: statement, interval: step.result }],
      reading,
    };
  });
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

/** A statement that its figures do not give. */
interface Apart {
  readonly statement: StatedEvidence;
  readonly step: Step;
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

function severityOf({ value, interval }: StatedEvidence, implied: Interval): Severity {
  const digit = interval.high - interval.low;
  const room = Number.isFinite(digit) && digit > 0 ? SLIP_DIGITS * digit : SLIP_SHARE * Math.abs(value);
  return distance(implied, exactly(value)) <= room ? 'slip' : 'contradiction';
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
  const fits = (implied: Interval | undefined) => implied !== undefined && !isApart(implied, interval);

  for (const first of numbers.printings(line, stated.from))
    for (const last of numbers.printings(line, stated.to)) {
      if (first === start && last === end) continue;
      if (fits(impliedMovement(stated.kind, first, last, years)?.result))
        repairs.push({ kind: 'printing', evidence: last === end ? first : last });
    }
  if (stated.kind === 'growth' || stated.kind === 'annualChange')
    for (const aside of YEARS_ASIDE) {
      if (fits(imply(numbers, statement, years + aside)?.result))
        repairs.push({ kind: 'years', years: years + aside, of: years });
    }
  if (start.interval.low <= 0) return repairs;
  const multiple = over(end.interval, start.interval);
  const increase = minus(multiple, exactly(1));
  if (stated.kind === 'growth') {
    if (fits(over(increase, exactly(years)))) repairs.push({ kind: 'simpleMean', years });
    if (years > 1 && fits(increase)) repairs.push({ kind: 'total' });
    if (fits(meanOfYears(numbers, line, stated.from, stated.to))) repairs.push({ kind: 'meanOfYears' });
  }
  if (stated.kind === 'multiple') {
    if (fits(increase)) repairs.push({ kind: 'increase' });
    if (fits(plus(multiple, exactly(1)))) repairs.push({ kind: 'level' });
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

/**
 * Looks for a row of the same table whose stated number of the same years fits this row, while this row's fits that one. Where
 * no exchange fits exactly, one that halves the distance of both together is named as near.
 */
function findSwapped({ statement, step }: Apart, peers: readonly Apart[]): Swapped[] {
  let best: Swapped | undefined;
  let least = Infinity;
  for (const { statement: other, step: theirs } of peers) {
    if (!isPeer(statement, other)) continue;
    const apart = distance(step.result, statement.interval) + distance(theirs.result, other.interval);
    const exchanged = distance(step.result, other.interval) + distance(theirs.result, statement.interval);
    const exact = agrees(step.result, other.interval) && agrees(theirs.result, statement.interval);
    if (exchanged < least && (exact || exchanged < NEARER * apart)) {
      least = exchanged;
      best = { kind: 'swapped', line: other.line, exact };
    }
  }
  return best ? [best] : [];
}

type Swapped = Extract<Repair, { kind: 'swapped' }>;

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
