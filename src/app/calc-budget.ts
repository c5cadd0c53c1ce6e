/** Runs an analysis of `calc` unless it needs more time or memory than is run. */
import { formatNumber, PLAIN } from '#quantity';
import { holdRun, paceOf, type HeldRun, type Repeats, type RunMark } from '#analysis';
import { runCostTeller, type Words } from '#words';
import { CalcRefused } from './calc-subject.ts';

/** What is known of a run before it. */
export interface CalcRun {
  /** What it takes of memory; 0 where that is not known. */
  readonly bytes: number;
  readonly repeats?: Repeats;
  /** Only its first part tells how long it takes: a search does not know how far it has to go. */
  readonly isSearch?: boolean;
}

/** What a run goes by. */
export interface CalcWatch {
  /** Milliseconds from some beginning. */
  readonly now: () => number;
  /** Told a sentence before a run that takes long. */
  readonly tell: (sentence: string) => void;
}

/** The clock of the platform; what takes long is told beside the answer. */
const PLATFORM: CalcWatch = {
  now: () => performance.now(),
  tell: (sentence) => void process.stderr.write(`${sentence}\n`),
};

/**
 * Runs steps to their end.
 *
 * Fails: throws `CalcRefused` before the first step where there is not the memory, and soon after it where it would take
 * too long.
 */
export function finishWithin<Result>(
  words: Words,
  begin: () => Generator<number, Result>,
  { bytes, repeats, isSearch = false }: CalcRun,
  { now, tell }: CalcWatch = PLATFORM,
): Result {
  const say = (held: HeldRun) =>
    runCostTeller(words, (value, decimals) =>
      formatNumber(value, { unit: PLAIN, decimals, language: words.language }),
    ).held(held);
  const tooLarge = holdRun(bytes, repeats);
  if (tooLarge) throw new CalcRefused(say(tooLarge));
  const began = now();
  const steps = begin();
  let first: RunMark | undefined;
  let isJudged = false;
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (isJudged) continue;
    const mark = { share: step.value, ms: now() - began };
    const pace = first && paceOf(first, mark);
    isJudged = pace !== undefined || (first !== undefined && isSearch);
    first ??= mark;
    if (!pace) continue;
    const held = holdRun(bytes, repeats, pace);
    if (held?.isRefused) throw new CalcRefused(say(held));
    if (held) tell(say(held));
  }
}
