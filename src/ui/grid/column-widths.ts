/** How wide each column must be for what it shows. An estimate by characters: measuring thousands of cells is slow. */
import { unitName } from '#words';
import type { PlanSession } from '#session';
import type { AppContext } from '../_shared/app-context.svelte.ts';
import type { GridColumn } from './grid-rows.ts';
import { SPARKLINE_WIDTH } from './sparkline.ts';
import { targetText } from './target-text.ts';

/** Widths at the size of the figures, in pixels. */
const DIGIT = 7;
const CJK = 13;
const SMALL_DIGIT = 6.5;
const SMALL_CJK = 12;
const PADDING = 20;

const PERIOD = { least: 68, most: 128 };
const UNIT = { least: 44, most: 96 };
const TARGET = { least: 72, most: 136 };
const NAME = { least: 232, most: 380 };
/** How much narrower than their least the names may be for one period more. */
const NAME_GIVES = 24;
const STATUS = 40;

function widthOf(text: string, digit: number, cjk: number): number {
  let width = 0;
  for (const one of text) width += (one.codePointAt(0) ?? 0) > 0x2e80 ? cjk : digit;
  return width;
}

const within = ({ least, most }: { least: number; most: number }, width: number) =>
  Math.round(Math.min(most, Math.max(least, width)));

/** The width of each column; all periods share one, and the names take what room is left. */
export function columnWidths(
  session: PlanSession,
  app: AppContext,
  columns: readonly GridColumn[],
  room: number,
): number[] {
  const { lines, targets } = session.plan;
  const longest = (texts: readonly string[], digit = DIGIT, cjk = CJK) =>
    texts.reduce((most, text) => Math.max(most, widthOf(text, digit, cjk)), 0) + PADDING;
  const units = new Set(lines.map((line) => line.unit));
  const unit = within(
    UNIT,
    longest(
      [...units].map((one) => unitName(app.words, one)),
      SMALL_DIGIT,
      SMALL_CJK,
    ),
  );
  const digits = lines.reduce((most, { id, decimals }) => Math.max(most, digitsOf(session, id, decimals)), 0);
  const period = within(PERIOD, digits * DIGIT + PADDING);
  const target = within(TARGET, longest(targets.map((one) => targetText(session, app, one))));
  const widths = columns.map(({ kind }) => {
    switch (kind) {
      case 'name':
        return 0;
      case 'unit':
        return unit;
      case 'period':
        return period;
      case 'target':
        return target;
      case 'status':
        return STATUS;
      case 'trend':
        return SPARKLINE_WIDTH + PADDING;
    }
  });
  const left = room - widths.reduce((sum, width) => sum + width, 0);
  const needed = longest(lines.map((line) => app.name(line.name)));
  const name = left < NAME.least ? wholePeriods(room - unit, period) : within(NAME, Math.min(left, needed));
  return widths.map((width) => (width === 0 ? name : width));
}

/**
 * The width of the names where not all columns fit: it leaves room for a whole number of periods, so that none is cut in half
 * by the names when the last one is in view. `room` is what names and periods share.
 */
function wholePeriods(room: number, period: number): number {
  const count = Math.floor((room - NAME.least + NAME_GIVES) / period);
  return count < 1 ? NAME.least : room - count * period;
}

/** How many characters the longest number of a line has: digits, separators and signs as it will show. */
function digitsOf(session: PlanSession, line: string, decimals: number | undefined): number {
  const { shown } = session.engine.unitOf(line);
  const { least, most } = session.extent(line) ?? { least: 0, most: 0 };
  const size = Math.max(Math.abs(least), Math.abs(most)) * shown;
  const whole = size < 1 || size === Infinity ? 1 : Math.floor(Math.log10(size)) + 1;
  const digits =
    whole + Math.floor((whole - 1) / 3) + (decimals === undefined ? 3 : decimals && decimals + 1);
  return digits + (shown === 1 ? 0 : 1) + (least < 0 ? 1 : 0);
}
