/** What one gesture does to what a scenario says about a line. Pure: overlay in, overlay out. */
import { spanOf, tidyOverlay, type Change, type Distribution, type LineOverlay, type Periods } from '#plan';

type WithoutLine<T> = T extends unknown ? Omit<T, 'line'> : never;

/**
 * A level, addition, factor, growth or other formula over a span (default: after the base). Unit: of the line; growth as a
 * fraction.
 */
export type SpanChange = WithoutLine<Change>;

/** Sets the line's own value in one period. */
export function withValue(overlay: LineOverlay | null, period: number, value: number): LineOverlay | null {
  return tidyOverlay({ ...overlay, values: { ...overlay?.values, [period]: value } });
}

/**
 * Sets one level for all periods after the base, as a lever does. All that would stand in its way there gives way to it:
 * values of single periods, other changes over them, a distribution.
 */
export function withLevel(
  overlay: LineOverlay | null,
  line: string,
  level: number,
  periods: Periods,
): LineOverlay | null {
  const changes = (overlay?.changes ?? []).filter((change) => !('set' in change));
  return withChange({ ...overlay, changes }, line, { set: level }, periods);
}

/**
 * Adds a change over a span. It works on what stands before it, so a value of a single period becomes a level on which an
 * addition or a factor works. The same kind of change over the same span is replaced; a level or a growth also takes the
 * place of all that lies within its span, since nothing of that would be seen. A formula takes the place of levels and other
 * formulas in its span, and these stay beside it.
 */
export function withChange(
  overlay: LineOverlay | null,
  line: string,
  change: SpanChange,
  periods: Periods,
): LineOverlay | null {
  const { from, to } = spanOf(periods, change);
  const isWorkedOn = 'add' in change || 'scale' in change;
  const isGone = (one: Change) => {
    if ('formula' in one) return false;
    const span = spanOf(periods, one);
    if (isWorkedOn) return kindOf(one) === kindOf(change) && span.from === from && span.to === to;
    return span.from >= from && span.to <= to;
  };
  const [within, beyond] = parted(overlay?.values, (period) => period >= from && period <= to);
  const levels = Object.entries(isWorkedOn ? within : {}).map(([period, set]): Change => ({
    line,
    from: Number(period),
    to: Number(period),
    set,
  }));
  const isBeside = (period: number) => period < from || period > to;
  const kept = (overlay?.changes ?? []).flatMap((one) => {
    if (!('formula' in change)) return isGone(one) ? [] : [one];
    return 'formula' in one || 'set' in one ? pieces(one, periods, isBeside) : [one];
  });
  const { distribution, ...others } = overlay ?? {};
  const isDrawn = !('set' in change) || from > periods.base + 1 || to < periods.last;
  return tidyOverlay({
    ...others,
    values: beyond,
    changes: [...kept, ...levels, { line, ...change }],
    ...(distribution && isDrawn && { distribution }),
  });
}

/** Takes one change away, by its place in the overlay's list; a place that is not there changes nothing. */
export function withoutChange(overlay: LineOverlay | null, index: number): LineOverlay | null {
  return tidyOverlay({ ...overlay, changes: (overlay?.changes ?? []).filter((_, place) => place !== index) });
}

/** Sets or, with null, takes away what was observed in a period. */
export function withActual(
  overlay: LineOverlay | null,
  period: number,
  value: number | null,
): LineOverlay | null {
  const [, others] = parted(overlay?.actuals, (one) => one === period);
  return tidyOverlay({ ...overlay, actuals: value === null ? others : { ...others, [period]: value } });
}

/**
 * Sets what a driver may be worth after the base, or with null takes it away. Values and changes that the scenario has
 * there give way to a distribution, or nothing would be drawn.
 */
export function withDistribution(
  overlay: LineOverlay | null,
  distribution: Distribution | null,
  periods: Periods,
): LineOverlay | null {
  const { distribution: _, ...others } = overlay ?? {};
  if (distribution === null) return tidyOverlay(others);
  const [, values] = parted(overlay?.values, (period) => period > periods.base);
  const changes = (overlay?.changes ?? []).flatMap((change) =>
    'formula' in change ? [change] : pieces(change, periods, (period) => period <= periods.base),
  );
  return tidyOverlay({ ...others, values, changes, distribution });
}

/**
 * Gives one cell back what it inherits: the scenario's own value, its actual and what its changes do there go, and stay in
 * the periods beside it. Where nothing of these stood in the cell, what is one for all periods goes, wholly: the distribution,
 * else the line's formula.
 * `isObserved` tells in which periods an actual stands, which a change without a span does not touch.
 */
export function withoutCell(
  overlay: LineOverlay | null,
  period: number,
  periods: Periods,
  isObserved: (period: number) => boolean,
): LineOverlay | null {
  const [own, values] = parted(overlay?.values, (one) => one === period);
  const [observed, actuals] = parted(overlay?.actuals, (one) => one === period);
  let isFreed = Object.keys({ ...own, ...observed }).length > 0;
  const changes = (overlay?.changes ?? []).flatMap((change) => {
    const isOpen = change.from === undefined && change.to === undefined;
    const { from, to } = spanOf(periods, change);
    if (period < from || period > to || (isOpen && 'formula' in change)) return [change];
    isFreed = true;
    return pieces(change, periods, (one) => one !== period && !(isOpen && isObserved(one)));
  });
  if (isFreed) return tidyOverlay({ ...overlay, values, actuals, changes });
  return overlay?.distribution && period > periods.base
    ? withDistribution(overlay, null, periods)
    : withoutFormula(overlay);
}

/** A change in the runs of periods of its span that are kept; as it was where all are. */
function pieces(change: Change, periods: Periods, isKept: (period: number) => boolean): Change[] {
  const { from, to } = spanOf(periods, change);
  const runs: { from: number; to: number }[] = [];
  for (let period = from; period <= to; period += 1) {
    if (!isKept(period)) continue;
    const last = runs.at(-1);
    if (last?.to === period - 1) last.to = period;
    else runs.push({ from: period, to: period });
  }
  if (runs.length === 1 && runs[0]?.from === from && runs[0].to === to) return [change];
  return runs.map((run) => ({ ...change, ...run }));
}

function kindOf(change: Change | SpanChange): 'set' | 'add' | 'scale' | 'growth' | 'formula' {
  if ('set' in change) return 'set';
  if ('add' in change) return 'add';
  if ('scale' in change) return 'scale';
  return 'growth' in change ? 'growth' : 'formula';
}

/** Numbers by period, those that are meant and the others. */
function parted(
  numbers: Readonly<Record<string, number>> | undefined,
  isMeant: (period: number) => boolean,
): [Record<string, number>, Record<string, number>] {
  const entries = Object.entries(numbers ?? {});
  return [
    Object.fromEntries(entries.filter(([period]) => isMeant(Number(period)))),
    Object.fromEntries(entries.filter(([period]) => !isMeant(Number(period)))),
  ];
}

/** Replaces the line's formula in this scenario. */
export function withFormula(overlay: LineOverlay | null, line: string, formula: string): LineOverlay | null {
  const changes = (overlay?.changes ?? []).filter((change) => !('formula' in change));
  return tidyOverlay({ ...overlay, changes: [...changes, { line, formula }] });
}

/** Gives the line back the formula that it inherits. */
export function withoutFormula(overlay: LineOverlay | null): LineOverlay | null {
  return tidyOverlay({
    ...overlay,
    changes: (overlay?.changes ?? []).filter((change) => !('formula' in change)),
  });
}

/** Tells whether an overlay says something about a period. */
export function saysSomething(overlay: LineOverlay, period: number, periods: Periods): boolean {
  if (overlay.values?.[String(period)] !== undefined || overlay.actuals?.[String(period)] !== undefined)
    return true;
  if (overlay.distribution && period > periods.base) return true;
  return (overlay.changes ?? []).some((change) => {
    const { from, to } = spanOf(periods, change);
    return period >= from && period <= to;
  });
}
