/** A difference as a reader goes through it: what is the same in neighbouring periods is one row. */
import type { DifferenceItem, MergeItem } from './merge.ts';
import type { ScenarioItem } from './scenario-items.ts';

/** assumption: values and changes · formula: changes with a formula · actual · chance: distributions · about: all that names no line. */
export type DifferenceGroup = 'assumption' | 'formula' | 'actual' | 'chance' | 'about';

/** One row; `keys` names the items that it stands for. */
export interface DifferenceRow {
  readonly keys: readonly string[];
  readonly group: DifferenceGroup;
  /** First and last period; absent where the item has none. */
  readonly span?: { readonly from: number; readonly to: number };
  readonly before: ScenarioItem | null;
  readonly after: ScenarioItem | null;
}

/** A row of a merge: before is mine, after is theirs. */
export interface MergeRow extends DifferenceRow {
  readonly differs: 'mine' | 'theirs' | 'both';
}

/** Lays the items of a difference out as rows. */
export function differenceRows(items: readonly DifferenceItem[]): DifferenceRow[] {
  return folded(items.map(rowOf), () => true);
}

/** Lays out the items of a merge in which the two sides differ. */
export function mergeRows(items: readonly MergeItem[]): MergeRow[] {
  const rows = items.flatMap(({ key, mine, theirs, differs }): MergeRow[] =>
    differs === 'same' ? [] : [{ ...rowOf({ key, before: mine, after: theirs }), differs }],
  );
  return folded(rows, (a, b) => a.differs === b.differs);
}

function rowOf({ key, before, after }: DifferenceItem): DifferenceRow {
  const item = after ?? before;
  const span = item && spanOf(item);
  return { keys: [key], group: groupOf(before, after), ...(span && { span }), before, after };
}

function spanOf(item: ScenarioItem): DifferenceRow['span'] {
  if ('period' in item) return { from: item.period, to: item.period };
  return 'from' in item ? { from: item.from, to: item.to } : undefined;
}

function groupOf(before: ScenarioItem | null, after: ScenarioItem | null): DifferenceGroup {
  const kind = (after ?? before)?.kind;
  switch (kind) {
    case 'value':
      return 'assumption';
    case 'changes': {
      const hasFormula = (item: ScenarioItem | null) =>
        item?.kind === 'changes' && item.changes.some((change) => 'formula' in change);
      return hasFormula(before) || hasFormula(after) ? 'formula' : 'assumption';
    }
    case 'actual':
      return 'actual';
    case 'distribution':
    case 'correlation':
      return 'chance';
    default:
      return 'about';
  }
}

function folded<Row extends DifferenceRow>(
  rows: readonly Row[],
  isAlike: (a: Row, b: Row) => boolean,
): Row[] {
  const result: Row[] = [];
  for (const row of rows) {
    const last = result.at(-1);
    if (
      last?.span &&
      row.span &&
      last.span.to === row.span.from - 1 &&
      isSame(last, row) &&
      isAlike(last, row)
    )
      result[result.length - 1] = {
        ...last,
        keys: [...last.keys, ...row.keys],
        span: { from: last.span.from, to: row.span.to },
      };
    else result.push(row);
  }
  return result;
}

/** Whether two rows say the same of a line, each of its period. */
function isSame(a: DifferenceRow, b: DifferenceRow): boolean {
  return isSameCell(a.before, b.before) && isSameCell(a.after, b.after);
}

function isSameCell(a: ScenarioItem | null, b: ScenarioItem | null): boolean {
  if (a === null || b === null) return a === b;
  if (a.kind !== 'value' && a.kind !== 'actual') return false;
  return a.kind === b.kind && a.line === b.line && a.value === b.value;
}
