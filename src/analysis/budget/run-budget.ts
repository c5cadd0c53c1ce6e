/**
 * What a question may cost: how long it will take by what its first part took, whether that is run, and what would fit.
 *
 * Knows no question and no clock: shares and milliseconds come from whoever runs it.
 */

/** The longest run that is begun, and the most memory that one may take: a worker that has no more takes the page with it. */
const MOST_RUN = { ms: 600_000, bytes: 1_000_000_000 } as const;

/** From so long on a person is told before the run and asked. */
const TOLD_FROM_MS = 10_000;

/** What is measured of a run before its length is judged. */
const MEASURED_MS = 400;

/** The share of a run that was done at a moment. */
export interface RunMark {
  /** 0 to 1. */
  readonly share: number;
  /** In milliseconds from its beginning. */
  readonly ms: number;
}

/** How long a run takes: making ready, then the same for every part. Unit: milliseconds. */
export interface RunPace {
  readonly ready: number;
  readonly whole: number;
}

/**
 * Tells how long a run will take, from the first and the newest mark.
 *
 * Missing: undefined until enough of it was seen.
 */
export function paceOf(first: RunMark, newest: RunMark): RunPace | undefined {
  const [ms, share] = [newest.ms - first.ms, newest.share - first.share];
  if (ms < MEASURED_MS || !(share > 0)) return undefined;
  const perShare = ms / share;
  const ready = Math.max(0, first.ms - perShare * first.share);
  return { ready, whole: ready + perShare };
}

/** What a run needs; what is not known is left out. */
export interface RunCost {
  readonly ms?: number;
  readonly bytes?: number;
}

/** run: at once · ask: after the person was told · refuse: not at all. */
function judgeCost({ ms = 0, bytes = 0 }: RunCost): 'run' | 'ask' | 'refuse' {
  if (ms > MOST_RUN.ms || bytes > MOST_RUN.bytes) return 'refuse';
  return ms >= TOLD_FROM_MS ? 'ask' : 'run';
}

/** Something that a question does again and again, which could be done less often. */
export interface Repeats {
  readonly what: 'samples' | 'levels';
  readonly count: number;
  /** How often the same is done for so many. */
  readonly times: (count: number) => number;
  /** The memory that it takes. */
  readonly bytes: (count: number) => number;
}

/** A run that is not begun, or not without being asked for: what it needs, and what of it would fit. */
export interface HeldRun {
  readonly cost: RunCost;
  readonly limit: Required<RunCost>;
  readonly isRefused: boolean;
  /** So many samples, or levels along each side, would do; undefined where nothing would, or nothing can be less. */
  readonly fits?: { readonly what: Repeats['what']; readonly count: number; readonly cost: RunCost };
}

/**
 * Holds a run that needs more than is run without asking; without a pace only its memory is known.
 *
 * Missing: undefined where it is run at once.
 */
export function holdRun(bytes: number, repeats?: Repeats, pace?: RunPace): HeldRun | undefined {
  const cost = { bytes, ...(pace && { ms: pace.whole }) };
  const verdict = judgeCost(cost);
  if (verdict === 'run') return undefined;
  const held = { cost, limit: MOST_RUN, isRefused: verdict === 'refuse' };
  const fits = held.isRefused && repeats ? largestThatFits(repeats, pace) : undefined;
  return { ...held, ...(fits && { fits }) };
}

/** Finds the largest count with one digit and zeros that is not refused. */
function largestThatFits({ what, count, times, bytes }: Repeats, pace?: RunPace): HeldRun['fits'] {
  for (let power = 10 ** Math.floor(Math.log10(Math.max(1, count))); power >= 1; power /= 10) {
    for (let digit = 9; digit >= 1; digit -= 1) {
      const tried = digit * power;
      if (tried >= count) continue;
      const share = times(tried) / times(count);
      const cost = {
        bytes: bytes(tried),
        ...(pace && { ms: pace.ready + (pace.whole - pace.ready) * share }),
      };
      if (judgeCost(cost) !== 'refuse') return { what, count: tried, cost };
    }
  }
  return undefined;
}
