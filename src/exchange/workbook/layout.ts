/** Where everything stands: the rows of lines and inputs, the columns of periods and scenarios, the names. */
import type { Plan } from '#plan';
import { NameRegister, type Place } from './address.ts';
import type { InputRow, LinePlan } from './input-rows.ts';
import type { WorkbookWords } from './workbook-words.ts';

/** A section’s heading or one of its rows. */
export type Entry<Row> =
  { readonly kind: 'section'; readonly id: string } | { readonly kind: 'row'; readonly row: Row };

/** The sheet of the model. */
export const MODEL = { head: 3, first: 4, firstPeriod: 4 } as const;

/** The sheet of drivers. */
export const DRIVERS = {
  selector: 2,
  head: 4,
  first: 5,
  what: 4,
  from: 5,
  to: 6,
  live: 7,
  firstScenario: 8,
} as const;

/** The cell that holds the name of the scenario in force. */
export const SELECTOR: Place = { row: DRIVERS.selector, column: 1 };

/** Its number. */
export const SELECTED: Place = { row: DRIVERS.selector, column: DRIVERS.live };

/** A cell that is always empty. */
export const BLANK: Place = { row: 3, column: 0 };

/** Widths of the two columns of names, the workbook’s own language first: English takes more room. */
export const NAME_WIDTHS = { zh: [44, 58], en: [58, 44] } as const;

/** Where everything stands. */
export interface Layout {
  readonly words: WorkbookWords;
  readonly lineEntries: readonly Entry<number>[];
  readonly inputEntries: readonly Entry<InputRow>[];
  /** Row of a line on the sheet of the model. */
  lineRow(line: number): number;
  /** Row of an input on the sheet of drivers. */
  inputRow(row: InputRow): number;
  /** The name of the number in force; undefined for rows without one. */
  inputName(row: InputRow): string | undefined;
  /** The name of the selected scenario’s number. */
  readonly selected: string;
  /** The name of a cell that is always empty. */
  readonly blank: string;
}

/** Lays out the sheets. */
export function buildLayout(plan: Plan, lines: readonly LinePlan[], words: WorkbookWords): Layout {
  const register = new NameRegister();
  const [selected, blank] = [register.take('scenario'), register.take('no_value')];
  const ofSection = (id: string) =>
    plan.lines.flatMap((line, number) => (line.section === id ? [number] : []));

  const lineEntries = plan.sections.flatMap(({ id }): Entry<number>[] => {
    const rows = ofSection(id).map((row) => ({ kind: 'row' as const, row }));
    return rows.length === 0 ? [] : [{ kind: 'section', id }, ...rows];
  });
  const inputEntries = plan.sections.flatMap(({ id }): Entry<InputRow>[] => {
    const rows = ofSection(id).flatMap((line) => lines[line]?.rows ?? []);
    return rows.length === 0
      ? []
      : [{ kind: 'section', id }, ...rows.map((row) => ({ kind: 'row' as const, row }))];
  });

  const lineRows = new Map<number, number>();
  lineEntries.forEach((entry, position) => {
    if (entry.kind === 'row') lineRows.set(entry.row, MODEL.first + position);
  });
  const inputRows = new Map<InputRow, number>();
  const names = new Map<InputRow, string>();
  inputEntries.forEach((entry, position) => {
    if (entry.kind !== 'row') return;
    inputRows.set(entry.row, DRIVERS.first + position);
    if (entry.row.slot === 'level') names.set(entry.row, register.take(levelName(plan, entry.row)));
  });
  return {
    words,
    lineEntries,
    inputEntries,
    lineRow: (line) => lineRows.get(line) as number,
    inputRow: (row) => inputRows.get(row) as number,
    inputName: (row) => names.get(row),
    selected,
    blank,
  };
}

/** Whether the row holds for all periods after the base. */
export function isForAllPeriods({ periods }: Plan, { from, to }: InputRow): boolean {
  return from === periods.base + 1 - periods.first && to === periods.last - periods.first;
}

function levelName(plan: Plan, row: InputRow): string {
  const id = plan.lines[row.line]?.id ?? '';
  if (isForAllPeriods(plan, row)) return id;
  const [from, to] = [plan.periods.first + row.from, plan.periods.first + row.to];
  return from === to ? `${id}_${from}` : `${id}_${from}_${to}`;
}
