/** Two changes of one thing, made without knowing of each other, put together. Pure. */
import { tidyOverlay, type LineOverlay } from './patch.ts';
import { isSame } from './same.ts';
import type { Change } from './schema.ts';

/** Whose change stands where both changed the same: that of the edit that is put on top, or what is there already. */
export type Winner = 'mine' | 'theirs';

type Fields = Readonly<Record<string, unknown>>;

/** Fields that are put together key by key and not as one. */
const BY_KEY: ReadonlySet<string> = new Set([
  'name',
  'title',
  'place',
  'note',
  'values',
  'actuals',
  'distributions',
]);

/** Puts two changes of an object together, field by field; values of lines and periods key by key. */
export function mergedFields<T extends object>(base: T, theirs: T, mine: T, winner: Winner): T {
  return mergedRecord(base as Fields, theirs as Fields, mine as Fields, winner, mergedField) as T;
}

function mergedField(key: string, base: unknown, theirs: unknown, mine: unknown, winner: Winner): unknown {
  if (key === 'figures' || key === 'correlations') {
    const merged = mergedRecord(byName(base), byName(theirs), byName(mine), winner, chosen);
    const items = Object.keys(merged)
      .sort()
      .map((name) => merged[name]);
    return items.length > 0 ? items : undefined;
  }
  const isByKey = BY_KEY.has(key) || (isNumbers(theirs) && isNumbers(mine));
  const was = base ?? {};
  if (!isByKey || !isFields(was) || !isFields(theirs) || !isFields(mine))
    return chosen(key, base, theirs, mine, winner);
  return mergedRecord(was, theirs, mine, winner, mergedField);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Numbers by period, as a scenario has them for a line. */
function isNumbers(value: unknown): boolean {
  return isFields(value) && Object.keys(value).every((key) => /^\d{4}$/.test(key));
}

function byName(list: unknown): Fields {
  const items = Array.isArray(list)
    ? (list as readonly { period?: number; lines?: readonly string[] }[])
    : [];
  return Object.fromEntries(items.map((one) => [String(one.period ?? one.lines?.join(' ')), one]));
}

type Choose = (key: string, base: unknown, theirs: unknown, mine: unknown, winner: Winner) => unknown;

function chosen(_: string, __: unknown, theirs: unknown, mine: unknown, winner: Winner): unknown {
  return winner === 'mine' ? mine : theirs;
}

function mergedRecord(base: Fields, theirs: Fields, mine: Fields, winner: Winner, both: Choose): Fields {
  const keys = new Set([...Object.keys(theirs), ...Object.keys(mine)]);
  const entries = [...keys].map((key): [string, unknown] => {
    const [was, there, here] = [base[key], theirs[key], mine[key]];
    if (isSame(here, was) || isSame(here, there)) return [key, there];
    return [key, isSame(there, was) ? here : both(key, was, there, here, winner)];
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** Puts two changes of what a scenario says about a line together: by period where that is possible. */
export function mergedOverlay(
  base: LineOverlay | null,
  theirs: LineOverlay | null,
  mine: LineOverlay | null,
  winner: Winner,
): LineOverlay | null {
  if (isSame(theirs, base) || isSame(theirs, mine)) return mine;
  if (isSame(mine, base)) return theirs;
  const sides = { base: base ?? {}, theirs: theirs ?? {}, mine: mine ?? {} };
  const actuals = mergedNumbers(sides, 'actuals', winner);
  if (isDrawnAndSet(sides)) return tidyOverlay({ ...sides[winner], actuals });
  const distribution = changedIn(sides, 'mine', 'distribution')
    ? sides.mine.distribution
    : sides.theirs.distribution;
  return tidyOverlay({
    values: mergedValues(sides, winner),
    changes: mergedChanges(sides, winner),
    actuals,
    ...(distribution && { distribution }),
  });
}

interface Sides {
  readonly base: LineOverlay;
  readonly theirs: LineOverlay;
  readonly mine: LineOverlay;
}

function changedIn({ base, ...sides }: Sides, side: Winner, part: keyof LineOverlay): boolean {
  return !isSame(sides[side][part], base[part]);
}

/** Where one side says what may be and the other what is, nothing can stand beside each other. */
function isDrawnAndSet(sides: Sides): boolean {
  const isDrawn = (side: Winner) => changedIn(sides, side, 'distribution');
  const isSet = (side: Winner) => changedIn(sides, side, 'values') || changedIn(sides, side, 'changes');
  return (isDrawn('mine') && (isDrawn('theirs') || isSet('theirs'))) || (isDrawn('theirs') && isSet('mine'));
}

function mergedNumbers(sides: Sides, part: 'values' | 'actuals', winner: Winner): Record<string, number> {
  const [base, theirs, mine] = [sides.base[part] ?? {}, sides.theirs[part] ?? {}, sides.mine[part] ?? {}];
  return mergedRecord(base, theirs, mine, winner, chosen) as Record<string, number>;
}

/** Values by period. One of a period for which the other side has set a level meanwhile stands only where it wins. */
function mergedValues(sides: Sides, winner: Winner): Record<string, number> {
  const merged = mergedNumbers(sides, 'values', winner);
  const loser = winner === 'mine' ? 'theirs' : 'mine';
  const { base } = sides;
  const levels = without(sides[winner].changes, base.changes).filter(
    (one) => !('add' in one) && !('scale' in one),
  );
  const kept = Object.entries(merged).filter(([period, value]) => {
    const isOthers = base.values?.[period] !== value && sides[loser].values?.[period] === value;
    const isCovered = levels.some((one) => isWithin(Number(period), one));
    return !isOthers || !isCovered || sides[winner].values?.[period] === value;
  });
  return Object.fromEntries(kept);
}

function isWithin(period: number, { from = -Infinity, to = Infinity }: Change): boolean {
  return period >= from && period <= to;
}

function mergedChanges(sides: Sides, winner: Winner): readonly Change[] {
  const { base, theirs, mine } = sides;
  if (!changedIn(sides, 'mine', 'changes')) return theirs.changes ?? [];
  if (!changedIn(sides, 'theirs', 'changes')) return mine.changes ?? [];
  const [added, removed] = [without(mine.changes, base.changes), without(base.changes, mine.changes)];
  const addedThere = without(theirs.changes, base.changes);
  const removedThere = without(base.changes, theirs.changes);
  const touched = [...added, ...without(removed, removedThere)];
  const touchedThere = [...addedThere, ...without(removedThere, removed)];
  const isBoth = touched.some((one) => touchedThere.some((other) => areOverlapping(one, other)));
  if (isBoth) return sides[winner].changes ?? [];
  return [...without(theirs.changes, removed), ...without(added, addedThere)];
}

function areOverlapping(a: Change, b: Change): boolean {
  return (a.from ?? -Infinity) <= (b.to ?? Infinity) && (b.from ?? -Infinity) <= (a.to ?? Infinity);
}

function without(changes: readonly Change[] = [], others: readonly Change[] = []): readonly Change[] {
  return changes.filter((one) => !others.some((other) => isSame(one, other)));
}
