/** What was measured, as text. */
import { MEASURED_DRIVERS } from './workloads.ts';

/** What became of a contender. */
export interface Outcome {
  readonly who: string;
  readonly end: 'done' | 'stopped' | 'failed';
  /** Milliseconds by phase; the heap in bytes. */
  readonly numbers: Readonly<Record<string, number>>;
  readonly values: Readonly<Record<string, Float64Array>>;
  /** The greatest relative difference from the values of the first contender; undefined where there is nothing to compare. */
  readonly difference?: number | undefined;
}

/** Contenders must agree to this, relatively. */
const AGREEMENT = 1e-9;

/** The greatest relative difference of all values that both have. Shape: NaN where one has a number and the other has none. */
export function compareValues({ values }: Outcome, { values: expected }: Outcome): number | undefined {
  let greatest: number | undefined;
  for (const [phase, ours] of Object.entries(values)) {
    const theirs = expected[phase];
    if (!theirs) continue;
    greatest ??= 0;
    if (ours.length !== theirs.length) return NaN;
    for (let at = 0; at < ours.length; at += 1) {
      const [a, b] = [ours[at] as number, theirs[at] as number];
      const apart = Object.is(a, b) || a === b ? 0 : Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b));
      if (Number.isNaN(apart)) return NaN;
      greatest = Math.max(greatest, apart);
    }
  }
  return greatest;
}

/** Three digits, without an exponent. */
export function digits(number: number): string {
  if (number >= 100) return Math.round(number).toLocaleString('en-GB');
  return number === 0 ? '0' : number.toFixed(Math.max(0, 2 - Math.floor(Math.log10(number))));
}

/** Columns set flush: the first to the left, the others to the right. */
export function layOut(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((text, column) => text[column ? 'padStart' : 'padEnd'](widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

interface Head {
  readonly name: string;
  readonly limitSeconds: number;
}

/** The table of one workload: what each contender took, and how many times less ours took. */
export function printWorkload(head: Head, outcomes: readonly Outcome[]): string {
  const shares = MEASURED_DRIVERS.map(({ share }) => share);
  const phases = ['first build', 'build', ...shares];
  const rows = [
    [head.name, ...phases, 'heap MB', 'agrees'],
    ...outcomes.map((outcome) => [
      outcome.who,
      ...phases.map((phase) => cellOf(outcome, phase, head.limitSeconds)),
      outcome.numbers.heap === undefined ? '–' : digits(Math.max(0, outcome.numbers.heap / 1e6)),
      agreementOf(outcome),
    ]),
    ...['HyperFormula', 'loops'].flatMap((peer) =>
      ['ours, compiled', 'ours, reference'].map((who) => ratiosOf(peer, who, phases, outcomes)),
    ),
  ];
  return `${layOut(rows)}\n`;
}

/** A time, or why there is none. */
export function cellOf({ numbers, end }: Outcome, phase: string, limitSeconds: number): string {
  const number = numbers[phase];
  if (number !== undefined) return digits(number);
  return end === 'stopped' ? `> ${limitSeconds} s` : end;
}

/** Whether the values are near enough to those of the first contender. */
export function agreementOf({ end, difference }: Outcome, agreement = AGREEMENT): string {
  if (difference === undefined) return end === 'done' ? '–' : end;
  return difference <= agreement ? 'yes' : `NO: ${difference.toExponential(1)}`;
}

/** How many times as long as ours. */
export function ratioOf(theirs: Outcome, ours: Outcome | undefined, phase: string): string {
  const [a, b] = [theirs.numbers[phase], ours?.numbers[phase]];
  return a === undefined || b === undefined ? '' : `${digits(a / b)} ×`;
}

function ratiosOf(peer: string, who: string, phases: readonly string[], outcomes: readonly Outcome[]) {
  const [theirs, ours] = [peer, who].map((name) => outcomes.find((one) => one.who === name));
  const ratio = (phase: string) => (theirs ? ratioOf(theirs, ours, phase) : '');
  return [`${peer} / ${who}`, ...phases.map(ratio), ratio('heap'), ''];
}
