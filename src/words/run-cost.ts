/** What is said of a run that needs much: its time and memory, that it was not begun, and what would fit. */
import type { HeldRun, RunCost } from '#analysis';
import type { Words } from './index.ts';

/** Writes a number in the reader's language. */
type WriteNumber = (value: number, decimals: number) => string;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MEGABYTE = 1e6;
const GIGABYTE = 1e9;
/** Less memory than this is not worth a word. */
const TOLD_BYTES = 256e6;

/** Says what runs need. */
export interface RunCostTeller {
  /** A length of time in the unit that suits it. */
  readonly span: (ms: number) => string;
  /** Why a run is held: what it needs, that nothing was done, what to do. */
  readonly held: (held: HeldRun) => string;
}

/** Builds the sentences of a language. */
export function runCostTeller(words: Words, number: WriteNumber): RunCostTeller {
  const span = (ms: number): string => {
    const count = (unit: number) => ({ count: number(Math.max(1, Math.round(ms / unit)), 0) });
    if (ms < 1.5 * MINUTE) return words.say('span_seconds', count(SECOND));
    if (ms < 1.5 * HOUR) return words.say('span_minutes', count(MINUTE));
    return ms < 2 * DAY ? words.say('span_hours', count(HOUR)) : words.say('span_days', count(DAY));
  };
  const size = (bytes: number): string =>
    bytes < GIGABYTE
      ? `${number(Math.round(bytes / MEGABYTE), 0)} MB`
      : `${number(bytes / GIGABYTE, bytes % GIGABYTE === 0 ? 0 : 1)} GB`;
  const need = ({ ms, bytes = 0 }: RunCost): string => {
    const told = bytes > TOLD_BYTES ? size(bytes) : undefined;
    if (ms === undefined) return words.say('inquiry_need_size', { size: told ?? size(bytes) });
    return told === undefined ? span(ms) : words.say('inquiry_need_both', { time: span(ms), size: told });
  };
  return {
    span,
    held({ cost, limit, fits, isRefused }) {
      if (!isRefused) return words.say('inquiry_long', { need: need(cost) });
      const refused = words.say('inquiry_refused', {
        need: need(cost),
        time: span(limit.ms),
        size: size(limit.bytes),
      });
      const next = fits
        ? words.say(`inquiry_fits_${fits.what}`, { count: number(fits.count, 0), need: need(fits.cost) })
        : words.say('inquiry_fits_nothing');
      return words.language === 'zh' ? refused + next : `${refused} ${next}`;
    },
  };
}
