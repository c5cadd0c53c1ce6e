/** The answer of `calc --solve` as text. */
import type { Pen } from './calc-analysis-text.ts';
import type {
  ReportedDriver,
  ReportedEnd,
  ReportedLimit,
  ReportedSolution,
  ReportedSolve,
  ReportedWatch,
  ReportedWish,
} from './calc-wish.ts';

/** Ends that agree to so many digits are one: what the search for them rounds. */
const SAME = 1e-9;

/** The verdict, then the smallest change, or what contradicts itself, the compromise and the ways out. */
export function printSolve(pen: Pen, solve: ReportedSolve): string[] {
  const { words } = pen;
  const reading = words.say(solve.bareFigures === 'equal' ? 'calc_bare_equal' : 'calc_bare_at_least');
  if (solve.kind === 'failed') return [words.say('calc_failed', { reason: pen.plain(solve.fault) })];
  if (solve.kind === 'met')
    return [words.say('calc_solve_met'), ...printSolution(pen, solve.wanted, solve.solution), reading];
  const wish = (index: number) => printWish(pen, solve.wanted[index]);
  return [
    words.say('calc_solve_contradiction'),
    ...solve.conflicts.map((set) => set.map(wish).join('\t')),
    ...(solve.isComplete ? [] : [words.say('calc_solve_incomplete')]),
    words.say('calc_solve_compromise'),
    ...solve.compromise.drivers.map((one) => printDriver(pen, one)),
    ...solve.compromise.targets.map((one) => printEnd(pen, solve.wanted, one)),
    ...solve.repairs.flatMap((repair) => {
      const head =
        repair.kind === 'freeDriver'
          ? words.say('calc_solve_free', { driver: pen.name(repair.driver.line) })
          : words.say('calc_solve_drop', { targets: repair.targets.map(wish).join(', ') });
      const dropped = repair.kind === 'dropTargets' ? repair.dropped : [];
      return [
        head,
        ...dropped.flatMap((one) => printWatch(pen, one)),
        ...printSolution(pen, solve.wanted, repair.solution),
      ];
    }),
    reading,
  ];
}

/** The band that a target was read as. */
function printWish(pen: Pen, wish: ReportedWish | undefined): string {
  if (!wish) throw new Error('a target that was not wanted');
  const { line, period, low, high } = wish;
  const text = (value: number) => pen.number(line, value);
  const band =
    low === null
      ? high === null
        ? ''
        : `≤ ${text(high)}`
      : high === null
        ? `≥ ${text(low)}`
        : low === high
          ? `= ${text(low)}`
          : `${text(low)}–${text(high)}`;
  return `${pen.name(line)} ${period} ${band}`;
}

function printSolution(pen: Pen, wanted: readonly ReportedWish[], solution: ReportedSolution): string[] {
  return [
    ...solution.drivers.map((one) => printDriver(pen, one)),
    ...solution.targets.map((one) => printEnd(pen, wanted, one)),
    ...solution.watched.flatMap((one) => printWatch(pen, one)),
    ...(solution.isSettled ? [] : [pen.words.say('calc_solve_unsettled')]),
  ];
}

function printDriver(pen: Pen, { line, present, level, shift, bound }: ReportedDriver): string {
  const cells = [
    pen.name(line),
    pen.words.say('calc_now', { value: pen.number(line, present) }),
    `→ ${pen.number(line, level)}`,
    pen.change(line, shift, Math.max(Math.abs(present), Math.abs(level))),
    ...(bound ? [pen.words.say(`calc_bound_${bound}`)] : []),
  ];
  return `  ${cells.join('\t')}`;
}

function printEnd(pen: Pen, wanted: readonly ReportedWish[], end: ReportedEnd): string {
  const wish = wanted[end.index];
  const line = wish?.line ?? '';
  const cells = [
    printWish(pen, wish),
    pen.number(line, end.value),
    ...(end.miss === 0 ? [] : [pen.words.say('calc_miss', { value: pen.change(line, end.miss) })]),
    ...(end.shadowPrice === 0
      ? []
      : [pen.words.say('calc_shadow_price', { value: pen.plain(end.shadowPrice) })]),
  ];
  return `  ${cells.join('\t')}`;
}

function printWatch(pen: Pen, { line, period, value, lowest, highest }: ReportedWatch): string[] {
  const { words } = pen;
  if (highest.value - lowest.value <= SAME * Math.abs(value)) {
    const only = { line: pen.name(line), period, value: pen.number(line, value) };
    return [`  ${words.say('calc_range_single', only)}`];
  }
  const by = ({ bounds }: ReportedLimit) =>
    bounds
      .map(({ line: lever, bound }) => `${pen.name(lever)} ${words.say(`calc_bound_${bound}`)}`)
      .join(', ') || words.say('calc_limit_targets');
  const range = words.say('calc_range', {
    line: pen.name(line),
    period,
    value: pen.number(line, value),
    low: pen.number(line, lowest.value),
    lowby: by(lowest),
    high: pen.number(line, highest.value),
    highby: by(highest),
  });
  return [`  ${range}`];
}
