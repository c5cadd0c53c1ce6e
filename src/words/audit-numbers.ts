/** Numbers of an audit in words: an interval as one number where its digits say no more, else by its ends. */
import type { Unit } from '#quantity';
import type { Evidence, Finding, Interval, Step } from '#analysis';
import { besideUnit, nameBeside, withUnit } from './with-unit.ts';
import type { Words } from './index.ts';

/** What the sentences of an audit need of their reader: names, units, and how numbers are written. */
export interface AuditPen {
  readonly words: Words;
  name(line: string): string;
  unitOf(line: string): Unit;
  /** A number in its unit's convention, without the unit's name; without `decimals` up to six significant digits. */
  number(value: number, unit: Unit, how?: { decimals?: number | undefined; grouped?: boolean }): string;
  /** A place of the document: table, row and column as printed, or the passage. */
  place(source: Evidence['places'][number]): string;
}

/** The unit of a growth. */
export const PERCENT: Unit = { text: '%', dimension: {}, scale: 1, shown: 100 };
const MULTIPLE: Unit = { text: '倍', dimension: {}, scale: 1, shown: 1 };
const POINTS: Unit = { text: '个百分点', dimension: {}, scale: 1, shown: 100 };

/** Digits that a number is given, the first of them not zero. */
const FEWEST_DIGITS = 4;
/** Decimals that a printed number has at most; what has more was calculated. */
const MOST_PRINTED = 4;
const CLEAN_DIGITS = 12;
const MOST_DIGITS = 7;
/** Decimals of a percent and of a multiple, where no more are needed to tell two numbers apart. */
const FINE = 2;
const MOST_DECIMALS = 8;

/** The unit of what a step gives, or of what is stated. */
export function unitOfStep(pen: AuditPen, { rule }: Pick<Finding, 'rule'>, step: Step): Unit {
  if (step.measure === 'growth') return PERCENT;
  if (step.measure === 'multiple') return MULTIPLE;
  const unit = pen.unitOf(step.cell.line);
  return rule === 'change' ? changeUnit(unit) : unit;
}

/** The unit of printed evidence. */
export function unitOfEvidence(pen: AuditPen, { line, stated }: Evidence): Unit {
  const unit = pen.unitOf(line);
  switch (stated?.kind) {
    case 'growth':
      return PERCENT;
    case 'multiple':
      return MULTIPLE;
    case 'change':
    case 'annualChange':
      return changeUnit(unit);
    default:
      return unit;
  }
}

/** A percent changes by points. */
function changeUnit(unit: Unit): Unit {
  return unit.shown === 100 ? POINTS : unit;
}

/** A number with its unit. */
function amount(pen: AuditPen, value: number, unit: Unit, decimals?: number): string {
  return withUnit(pen.number(value, unit, { decimals }), unit, pen.words);
}

/** A printed number with all its digits: `19651.44` is not 19,651.4. */
function printedAmount(pen: AuditPen, value: number, unit: Unit): string {
  return amount(pen, value, unit, printedDecimals(value, unit));
}

/** The decimals of a number that was printed; undefined for one that arithmetic has given more than anybody prints. */
function printedDecimals(value: number, unit: Unit): number | undefined {
  // what arithmetic adds behind the fifteenth digit is no part of a number
  const [, fraction = ''] = String(Number((value * unit.shown).toPrecision(CLEAN_DIGITS))).split('.');
  return fraction.length > MOST_PRINTED || fraction.includes('e') ? undefined : fraction.length;
}

/** Ends that differ by no more than this share are one number in written arithmetic. */
const ONE_NUMBER = 1e-4;

/** A number as it stands in written arithmetic. A unit that begins with a sign of arithmetic is held to its number by brackets. */
export function amountInFormula(pen: AuditPen, { low, high }: Interval, unit: Unit): string {
  const write = (value: number) =>
    pen.number(value, unit, { decimals: printedDecimals(value, unit), grouped: false });
  const isOne = Math.abs(high - low) <= ONE_NUMBER * Math.abs(high);
  const shown = isOne
    ? write((low + high) / 2)
    : `[${pen.words.say('audit_range', { low: write(low), high: write(high) })}]`;
  const name = nameBeside(unit, pen.words);
  const withName = `${besideUnit(shown, unit)} ${name}`.trim();
  return name.startsWith('×') ? `(${withName})` : withName;
}

/** An end that says nothing: without bound, nothing of an amount, the loss of everything. */
function isOpen(end: number, unit: Unit, side: 'low' | 'high', isGrowth: boolean): boolean {
  if (!Number.isFinite(end)) return true;
  return side === 'low' && (isGrowth ? end <= -1 : end === 0 && unit !== POINTS);
}

/** How an interval is said. */
export interface SpanOptions {
  /** Numbers that it must be told from. */
  readonly against?: readonly number[];
  readonly isGrowth?: boolean;
}

/** An interval: one number, between two, at most, at least. */
export function spanText(
  pen: AuditPen,
  interval: Interval,
  unit: Unit,
  { against = [], isGrowth = unit === PERCENT }: SpanOptions = {},
): string {
  const { words } = pen;
  const { low, high } = interval;
  const decimals = isShort(pen, interval, unit) ? undefined : decimalsOf(pen, interval, unit, against);
  const write = (value: number) => amount(pen, value, unit, decimals);
  const isFree = { low: isOpen(low, unit, 'low', isGrowth), high: isOpen(high, unit, 'high', isGrowth) };
  if (isFree.low && isFree.high) {
    if (low === high) return write(low);
    return Number.isFinite(low) ? words.say('audit_at_least', { value: write(low) }) : words.say('audit_any');
  }
  if (isFree.low && low !== high) return words.say('audit_at_most', { value: write(high) });
  if (isFree.high) return words.say('audit_at_least', { value: write(low) });
  const [from, to] = [write(low), write(high)];
  if (from === to) return write((low + high) / 2);
  return words.say('audit_between', { low: besideUnit(pen.number(low, unit, { decimals }), unit), high: to });
}

/** As many decimals as tell the ends from what they are compared with, and each from the other where that says something. */
function decimalsOf(
  pen: AuditPen,
  { low, high }: Interval,
  unit: Unit,
  against: readonly number[],
): number | undefined {
  const ends = [low, high].filter(Number.isFinite);
  const size = Math.max(0, ...ends.map((end) => Math.abs(end * unit.shown)));
  if (size === 0) return undefined;
  const width = ends.length === 2 ? ((high - low) * unit.shown) / size : 0;
  const digits = width > 0 ? Math.ceil(-Math.log10(width)) + 1 : FEWEST_DIGITS;
  const wanted = Math.min(Math.max(digits, FEWEST_DIGITS), MOST_DIGITS) - 1 - Math.floor(Math.log10(size));
  const isFine = unit.shown !== 1 || unit === MULTIPLE;
  // an end of few decimals is said as it is: a limit that is rounded is another limit
  const own = (ends.length === 1 || low === 0 ? ends : [])
    .map((end) => printedDecimals(end, unit) ?? 0)
    .filter((count) => count <= FINE);
  let decimals = Math.max(0, isFine ? FINE : Math.min(wanted, FINE), ...own);
  const text = (value: number) => pen.number(value, unit, { decimals });
  const isTold = () => {
    const texts = new Set(ends.map(text));
    return against.every((one) => !texts.has(text(one)) || ends.includes(one));
  };
  while (!isTold() && decimals < MOST_DECIMALS) decimals += 1;
  // zeros at the end of all of them say nothing
  const rounded = (end: number, digits: number) => Number((end * unit.shown).toFixed(digits));
  while (decimals > 0 && ends.every((end) => rounded(end, decimals) === rounded(end, decimals - 1)))
    decimals -= 1;
  return decimals;
}

/** Whether it is one number that has few digits anyway: 16 家, not 16.00. */
function isShort(pen: AuditPen, { low, high }: Interval, unit: Unit): boolean {
  return low === high && pen.number(low, unit).replaceAll(/[^\d]/g, '').length <= FEWEST_DIGITS;
}

/** What a printed number says: itself, or where a limit or a range was printed, that. */
export function evidenceText(pen: AuditPen, evidence: Evidence): string {
  const { value, interval, kind, stated } = evidence;
  const unit = unitOfEvidence(pen, evidence);
  const isLimit = !Number.isFinite(interval.low) || !Number.isFinite(interval.high);
  const upTo = stated?.upTo ?? (kind === 'target' && interval.low === value ? interval.high : undefined);
  if (upTo !== undefined && upTo !== value && Number.isFinite(upTo)) return rangeText(pen, value, upTo, unit);
  const shown = printedAmount(pen, value, unit);
  if (!isLimit || kind === 'figure') return shown;
  return pen.words.say(Number.isFinite(interval.low) ? 'audit_at_least' : 'audit_at_most', { value: shown });
}

/** A printed number without its unit, where the next one carries it. */
export function bareText(pen: AuditPen, { value, ...evidence }: Evidence): string {
  const unit = unitOfEvidence(pen, { value, ...evidence });
  return besideUnit(pen.number(value, unit, { decimals: printedDecimals(value, unit) }), unit);
}

/** What the printed digits leave open, where they do. */
export function opennessText(pen: AuditPen, evidence: Evidence): string | undefined {
  const { low, high } = evidence.interval;
  if (!Number.isFinite(low) || !Number.isFinite(high) || low === high || low === evidence.value)
    return undefined;
  return rangeText(pen, low, high, unitOfEvidence(pen, evidence));
}

function rangeText(pen: AuditPen, low: number, high: number, unit: Unit): string {
  const decimals = Math.max(printedDecimals(low, unit) ?? 0, printedDecimals(high, unit) ?? 0);
  return pen.words.say('audit_range', {
    low: besideUnit(pen.number(low, unit, { decimals }), unit),
    high: amount(pen, high, unit, decimals),
  });
}
